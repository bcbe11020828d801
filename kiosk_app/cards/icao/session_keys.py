"""Key derivation of ICAO Doc 9303 part 11 section 9.7.1; agrees on no secret."""

import hashlib
from dataclasses import dataclass, field

from kiosk_app.cards.icao.security_infos import Cipher

_ENCRYPTION, _MAC, _PASSWORD = 1, 2, 3
_SHA1_CIPHERS = {Cipher.TRIPLE_DES, Cipher.AES_128}


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """The two keys of a secure channel and their cipher."""

    cipher: Cipher
    encryption: bytes = field(repr=False)
    mac: bytes = field(repr=False)


def derive_session_keys(secret: bytes, cipher: Cipher) -> SessionKeys:
    """Derive both keys of a channel from an agreed secret."""
    encryption, mac = (_derive(secret, counter, cipher) for counter in (_ENCRYPTION, _MAC))
    return SessionKeys(cipher, encryption, mac)


def derive_password_key(password: bytes, cipher: Cipher) -> bytes:
    """Derive the key that hides PACE's nonce."""
    return _derive(password, _PASSWORD, cipher)


def _derive(secret: bytes, counter: int, cipher: Cipher) -> bytes:
    """Hash with SHA-1 for keys of up to 128 bits, with SHA-256 for longer ones."""
    data = secret + counter.to_bytes(4, "big")
    if cipher not in _SHA1_CIPHERS:
        return hashlib.sha256(data).digest()[: cipher.key_size]
    key = hashlib.sha1(data, usedforsecurity=False).digest()[: cipher.key_size]
    return _with_parity(key) if cipher is Cipher.TRIPLE_DES else key


def _with_parity(key: bytes) -> bytes:
    """Make the ones of each byte odd by its lowest bit, as DES keys are written."""
    return bytes(byte & 0xFE | (byte >> 1).bit_count() + 1 & 1 for byte in key)
