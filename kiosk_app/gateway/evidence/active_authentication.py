"""Active authentication (ICAO Doc 9303 part 11 section 6.1) by the gateway; checks no data group.

The chip signs the gateway's nonce. RSA: ISO/IEC 9796-2 scheme 1 with a part of the message to be
recovered; ECDSA: r and s side by side (BSI TR-03111).
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kiosk_app.cards.apdu import (
    CLA_PLAIN,
    INS_INTERNAL_AUTHENTICATE,
    ApduError,
    Command,
    parse_response,
)
from kiosk_app.gateway.evidence.active_key import ActiveKey
from kiosk_app.gateway.evidence.algorithms import hash_named
from kiosk_app.gateway.evidence.protected_read import not_genuine

NONCE_SIZE: Final = 8
_HEADER: Final = 0x6A
_SHORT_TRAILER: Final = 0xBC
_LONG_TRAILER: Final = 0xCC
_HASH_OF_TRAILER: Final = {
    0x33: "sha1",
    0x34: "sha256",
    0x35: "sha512",
    0x36: "sha384",
    0x38: "sha224",
}
_SHORT_LE, _EXTENDED_LE = 256, 65_536


@dataclass(frozen=True, slots=True)
class ActiveChallenge:
    """What the kiosk relays to the chip, and what the gateway keeps to judge the answer.

    Attributes:
        plain: the command APDU that the kiosk protects with its own session.
    """

    plain: tuple[bytes, ...]
    _key: ActiveKey = field(repr=False)
    _nonce: bytes = field(repr=False)

    def check(self, responses: Sequence[bytes]) -> None:
        """Judge the chip's signature.

        Raises:
            EvidenceRefused: CHIP_NOT_GENUINE.
        """
        if len(responses) != 1:
            raise not_genuine("The chip did not answer the one command.")
        try:
            answer = parse_response(responses[0])
        except ApduError as error:
            raise not_genuine("The chip's answer is none.") from error
        if not answer.ok:
            raise not_genuine("The chip refuses to sign.")
        check_active_signature(self._key, self._nonce, answer.data)


def begin(key: ActiveKey) -> ActiveChallenge:
    """Make a fresh challenge."""
    nonce = secrets.token_bytes(NONCE_SIZE)
    le = _SHORT_LE if key.key.key_size <= 8 * _SHORT_LE else _EXTENDED_LE
    command = Command(CLA_PLAIN, INS_INTERNAL_AUTHENTICATE, 0, 0, nonce, le)
    return ActiveChallenge((command.encode(),), key, nonce)


def check_active_signature(key: ActiveKey, nonce: bytes, signature: bytes) -> None:
    """Check a signature over the nonce.

    Raises:
        EvidenceRefused: CHIP_NOT_GENUINE.
    """
    if isinstance(key.key, rsa.RSAPublicKey):
        _check_recoverable(key.key, nonce, signature)
    else:
        _check_plain(key.key, key.hash or "", nonce, signature)


def _check_recoverable(key: rsa.RSAPublicKey, nonce: bytes, signature: bytes) -> None:
    """Recover header, M1, hash and trailer; the hash must be over M1 and the nonce."""
    numbers = key.public_numbers()
    size = (key.key_size + 7) // 8
    value = int.from_bytes(signature, "big")
    if len(signature) != size or value >= numbers.n:
        raise not_genuine("The chip's signature is not as long as its key.")
    message = pow(value, numbers.e, numbers.n).to_bytes(size, "big")
    name, body = _without_trailer(message)
    length = hashlib.new(name, usedforsecurity=False).digest_size
    if len(body) < 1 + length or body[0] != _HEADER:
        raise not_genuine("The chip's signature recovers no message.")
    recovered, found = body[1:-length], body[-length:]
    expected = hashlib.new(name, recovered + nonce, usedforsecurity=False).digest()
    if not hmac.compare_digest(expected, found):
        raise not_genuine("The chip signed another nonce.")


def _without_trailer(message: bytes) -> tuple[str, bytes]:
    """The hash that the trailer names, and what stands before it."""
    if message[-1] == _SHORT_TRAILER:
        return "sha1", message[:-1]
    name = _HASH_OF_TRAILER.get(message[-2])
    if message[-1] != _LONG_TRAILER or name is None:
        raise not_genuine("The chip's signature ends with no known trailer.")
    return name, message[:-2]


def _check_plain(key: ec.EllipticCurvePublicKey, name: str, nonce: bytes, signature: bytes) -> None:
    half, odd = divmod(len(signature), 2)
    if odd or half != (key.key_size + 7) // 8:
        raise not_genuine("The chip's signature is not as long as its key.")
    r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
    try:
        key.verify(encode_dss_signature(r, s), nonce, ec.ECDSA(hash_named(name)))
    except InvalidSignature as error:
        raise not_genuine("The chip signed another nonce.") from error
