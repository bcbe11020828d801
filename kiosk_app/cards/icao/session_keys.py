"""Key derivation and CMAC of ICAO Doc 9303 part 11 section 9.7; agrees on no secret."""

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher as Encryption
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from kiosk_app.cards.icao.security_infos import Cipher

BLOCK = 16
MAC_SIZE = 8
_ENCRYPTION, _MAC, _PASSWORD = 1, 2, 3


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """The two keys of a secure channel."""

    encryption: bytes = field(repr=False)
    mac: bytes = field(repr=False)


def derive_session_keys(secret: bytes, cipher: Cipher) -> SessionKeys:
    """Derive both keys of a channel from an agreed secret."""
    return SessionKeys(_derive(secret, _ENCRYPTION, cipher), _derive(secret, _MAC, cipher))


def derive_password_key(password: bytes, cipher: Cipher) -> bytes:
    """Derive the key that hides PACE's nonce."""
    return _derive(password, _PASSWORD, cipher)


def _derive(secret: bytes, counter: int, cipher: Cipher) -> bytes:
    data = secret + counter.to_bytes(4, "big")
    if cipher is Cipher.AES_128:
        return hashlib.sha1(data, usedforsecurity=False).digest()[: cipher.value]
    return hashlib.sha256(data).digest()[: cipher.value]


def mac(key: bytes, data: bytes) -> bytes:
    """Give the AES-CMAC cut to eight bytes."""
    code = CMAC(algorithms.AES(key))
    code.update(data)
    return code.finalize()[:MAC_SIZE]


def encrypt(key: bytes, iv: bytes, data: bytes) -> bytes:
    """Encrypt whole blocks with AES-CBC."""
    encryptor = Encryption(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def decrypt(key: bytes, iv: bytes, data: bytes) -> bytes:
    """Decrypt whole blocks with AES-CBC."""
    decryptor = Encryption(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(data) + decryptor.finalize()
