"""Integrated mapping of PACE (ICAO Doc 9303 part 11 section 4.4.3.3.2, appendix B); no protocol."""

from kiosk_app.cards.icao import curves
from kiosk_app.cards.icao.ciphers import encrypt
from kiosk_app.cards.icao.security_infos import Cipher

_SHORT = (
    bytes.fromhex("A668892A7C41E3CA739F40B057D85904"),
    bytes.fromhex("A4E136AC725F738B01C1F60217C188AD"),
)
_LONG = (
    bytes.fromhex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676"),
    bytes.fromhex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517"),
)
_MARGIN_BITS = 64


def nonce_size(cipher: Cipher) -> int:
    """Bytes of the chip's nonce: whole blocks, enough for a key."""
    return -(-cipher.key_size // cipher.block_size) * cipher.block_size


def map_nonce(curve: curves.Curve, cipher: Cipher, nonce: bytes, terminal_nonce: bytes) -> bytes:
    """Make the generator out of both nonces.

    Args:
        curve: the domain parameters; their prime is 3 modulo 4.
        cipher: of the pseudo-random function.
        nonce: the chip's, decrypted, of ``nonce_size`` bytes.
        terminal_nonce: as long as a key.

    Raises:
        CurveError: the curve or the nonce does not allow the mapping, or its result is infinity.
    """
    if len(nonce) != nonce_size(cipher):
        raise curves.CurveError("The chip's nonce has not the length of the integrated mapping.")
    chance = pseudo_random(cipher, curve, nonce, terminal_nonce)
    return encode_point(curve, int.from_bytes(chance, "big") % curve.prime)


def pseudo_random(cipher: Cipher, curve: curves.Curve, nonce: bytes, key: bytes) -> bytes:
    """Compute R(s, t): at least 64 bits longer than the curve's prime."""
    stir, give = _SHORT if len(nonce) == len(_SHORT[0]) else _LONG
    iv = bytes(cipher.block_size)
    key = encrypt(cipher, key, iv, nonce)[: cipher.key_size]
    parts: list[bytes] = []
    while 8 * sum(map(len, parts)) < curve.prime.bit_length() + _MARGIN_BITS:
        parts.append(encrypt(cipher, key, iv, give))
        key = encrypt(cipher, key, iv, stir)[: cipher.key_size]
    return b"".join(parts)


def encode_point(curve: curves.Curve, number: int) -> bytes:
    """Map a number of the field to a point (appendix B.2), uncompressed.

    Raises:
        CurveError: the prime is not 3 modulo 4, or the number has no point.
    """
    p, a, b = curve.prime, curve.equation.a, curve.equation.b
    alpha = -number * number % p
    divisor = (alpha + alpha * alpha) * a % p
    if not (curve.encodes and divisor):
        raise curves.CurveError("The curve or the nonces do not allow the integrated mapping.")
    x2 = -b * (1 + alpha + alpha * alpha) * pow(divisor, -1, p) % p
    h2 = _right_side(curve, x2)
    root = pow(h2, p - 1 - (p + 1) // 4, p)
    if root * root * h2 % p == 1:
        return curves.point_at(curve, x2, root * h2 % p)
    return curves.point_at(curve, alpha * x2 % p, root * pow(number, 3, p) * h2 % p)


def _right_side(curve: curves.Curve, x: int) -> int:
    equation = curve.equation
    return (x * x * x + equation.a * x + equation.b) % equation.prime
