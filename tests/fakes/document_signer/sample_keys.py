"""Key pairs out of a label: the same label gives the same key, quickly; for samples only."""

import functools
import hashlib
import itertools

import ecdsa
import gmpy2  # type: ignore[import-untyped] # used for its primes only
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.fakes.virtual_card.cryptography_of_chip import CURVES, OPENSSL_CURVES, Chance

_EXPONENT = 65_537


def chance_from(label: str) -> Chance:
    """Give a source of bytes that are the same for the same label."""
    blocks = (hashlib.sha512(f"{label}/{number}".encode()).digest() for number in itertools.count())
    stream = itertools.chain.from_iterable(blocks)
    return lambda size: bytes(itertools.islice(stream, size))


def scalar(label: str, curve: ecdsa.curves.Curve) -> int:
    """Give a private scalar."""
    drawn = int.from_bytes(chance_from(label)(80), "big")
    return int(drawn % (curve.order - 1) + 1)


def elliptic(label: str, parameter_id: int = 12) -> ec.EllipticCurvePrivateKey:
    """Give a key on a curve named by its standardised domain parameters."""
    private = scalar(label, CURVES[parameter_id])
    return ec.derive_private_key(private, OPENSSL_CURVES[parameter_id])


@functools.cache
def rsa_key(label: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Give an RSA key."""
    chance = chance_from(label)
    p, q = (_prime(chance, bits // 2) for _ in range(2))
    d = int(gmpy2.invert(_EXPONENT, (p - 1) * (q - 1)))
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    remainders = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *remainders, public).private_key()


def _prime(chance: Chance, bits: int) -> int:
    while True:
        drawn = int.from_bytes(chance(bits // 8), "big") | 3 << (bits - 2) | 1
        prime = int(gmpy2.next_prime(drawn))
        if (prime - 1) % _EXPONENT:
            return prime
