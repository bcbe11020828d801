"""Block ciphers and codes of Doc 9303 part 11 sections 4.4.3.4, 9.7 and 9.8; derives no key."""

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import (
    BlockCipherAlgorithm,
    CipherContext,
    algorithms,
    modes,
)
from cryptography.hazmat.primitives.ciphers import Cipher as Encryption
from cryptography.hazmat.primitives.cmac import CMAC

from kiosk_app.cards.icao.security_infos import Cipher

CODE_SIZE = 8
_PAD = 0x80
_DES_KEY = 8


def encrypt(cipher: Cipher, key: bytes, iv: bytes, data: bytes) -> bytes:
    """Encrypt whole blocks in CBC mode."""
    return _run(Encryption(_algorithm(cipher, key), modes.CBC(iv)).encryptor(), data)


def decrypt(cipher: Cipher, key: bytes, iv: bytes, data: bytes) -> bytes:
    """Decrypt whole blocks in CBC mode."""
    return _run(Encryption(_algorithm(cipher, key), modes.CBC(iv)).decryptor(), data)


def pad(cipher: Cipher, data: bytes) -> bytes:
    """Pad to whole blocks (ISO/IEC 9797-1, padding method 2)."""
    return data + bytes((_PAD,)) + bytes(-(len(data) + 1) % cipher.block_size)


def unpad(data: bytes) -> bytes | None:
    """Take the padding off; None when there is none."""
    bare = data.rstrip(b"\x00")
    return bare[:-1] if bare[-1:] == bytes((_PAD,)) else None


def code_of_padded(cipher: Cipher, key: bytes, padded: bytes) -> bytes:
    """Authenticate padded data with eight bytes: AES-CMAC, or the retail MAC of DES."""
    if cipher is Cipher.TRIPLE_DES:
        return _retail_code(key, padded)
    code = CMAC(algorithms.AES(key))
    code.update(padded)
    return code.finalize()[:CODE_SIZE]


def code_of(cipher: Cipher, key: bytes, data: bytes) -> bytes:
    """Authenticate data that the code pads itself: CMAC as it always does, DES by method 2."""
    triple = cipher is Cipher.TRIPLE_DES
    return code_of_padded(cipher, key, pad(cipher, data) if triple else data)


def _retail_code(key: bytes, padded: bytes) -> bytes:
    """ISO/IEC 9797-1 MAC algorithm 3: DES in CBC mode, the last block with all of 3DES."""
    first, last = padded[:-CODE_SIZE], padded[-CODE_SIZE:]
    chained = bytes(CODE_SIZE)
    if first:
        single = TripleDES(key[:_DES_KEY] * 3)
        chained = _run(Encryption(single, modes.CBC(chained)).encryptor(), first)[-CODE_SIZE:]
    return encrypt(Cipher.TRIPLE_DES, key, chained, last)


def _algorithm(cipher: Cipher, key: bytes) -> BlockCipherAlgorithm:
    if cipher is Cipher.TRIPLE_DES:
        return TripleDES(key + key[:_DES_KEY])
    return algorithms.AES(key)


def _run(context: CipherContext, data: bytes) -> bytes:
    return context.update(data) + context.finalize()
