"""The chip's side of active authentication (ICAO Doc 9303 part 11 section 6.1)."""

import hashlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.fakes.virtual_card.cryptography_of_chip import Chance
from tests.fakes.virtual_card.document import Document

_TRAILERS = {"sha1": b"\xbc", "sha224": b"\x38\xcc", "sha256": b"\x34\xcc", "sha512": b"\x35\xcc"}
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def sign(document: Document, challenge: bytes, chance: Chance) -> bytes:
    """Sign a terminal's challenge with the key of DG15."""
    key = serialization.load_der_private_key(document.active_key, None)
    if isinstance(key, rsa.RSAPrivateKey):
        return _recoverable(key, document.active_hash, challenge, chance)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return _plain(key, document.active_hash, challenge)
    raise TypeError("A key of active authentication is RSA or ECDSA.")


def _recoverable(key: rsa.RSAPrivateKey, name: str, challenge: bytes, chance: Chance) -> bytes:
    """Sign by ISO/IEC 9796-2 scheme 1: the chip's own part of the message is recovered."""
    size, trailer = key.key_size // 8, _TRAILERS[name]
    own = chance(size - hashlib.new(name).digest_size - len(trailer) - 1)
    message = b"\x6a" + own + hashlib.new(name, own + challenge).digest() + trailer
    numbers = key.private_numbers()
    raised = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    return raised.to_bytes(size, "big")


def _plain(key: ec.EllipticCurvePrivateKey, name: str, challenge: bytes) -> bytes:
    """Sign in the plain form of BSI TR-03111: r and s side by side."""
    algorithm = ec.ECDSA(_HASHES[name], deterministic_signing=True)
    r, s = decode_dss_signature(key.sign(challenge, algorithm))
    size = (key.key_size + 7) // 8
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")
