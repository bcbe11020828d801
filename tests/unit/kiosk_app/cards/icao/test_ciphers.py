"""Codes and ciphers by the examples of their own standards."""

import pytest

from kiosk_app.cards.icao.ciphers import code_of, code_of_padded, decrypt, encrypt, pad, unpad
from kiosk_app.cards.icao.security_infos import Cipher

RETAIL_KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")


@pytest.mark.parametrize(
    ("text", "by_zeros", "by_method_2"),
    [
        (b"Now is the time for all ", "A1C72E74EA3FA9B6", "E9086230CA3BE796"),
        (b"Now is the time for it", "2E2B1428CC78254F", "5A692CE64F404145"),
    ],
)
def test_retail_code_of_iso_9797_1_annex_b(text: bytes, by_zeros: str, by_method_2: str) -> None:
    padded = text + bytes(-len(text) % 8)
    assert code_of_padded(Cipher.TRIPLE_DES, RETAIL_KEY, padded).hex().upper() == by_zeros
    assert code_of(Cipher.TRIPLE_DES, RETAIL_KEY, text).hex().upper() == by_method_2


def test_retail_code_of_a_single_block() -> None:
    alone = encrypt(Cipher.TRIPLE_DES, RETAIL_KEY, bytes(8), b"one bloc")
    assert code_of_padded(Cipher.TRIPLE_DES, RETAIL_KEY, b"one bloc") == alone


@pytest.mark.parametrize(
    ("cipher", "key", "code"),
    [
        (Cipher.AES_128, "2B7E151628AED2A6ABF7158809CF4F3C", "070A16B46B4D4144"),
        (Cipher.AES_192, "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B", "9E99A7BF31E71090"),
        (
            Cipher.AES_256,
            "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4",
            "28A7023F452E8F82",
        ),
    ],
)
def test_cmac_of_sp_800_38b(cipher: Cipher, key: str, code: str) -> None:
    block = bytes.fromhex("6BC1BEE22E409F96E93D7E117393172A")
    assert code_of(cipher, bytes.fromhex(key), block).hex().upper() == code


@pytest.mark.parametrize("cipher", Cipher)
def test_what_is_encrypted_can_be_decrypted(cipher: Cipher) -> None:
    key, iv = bytes(range(cipher.key_size)), bytes(cipher.block_size)
    padded = pad(cipher, b"seventeen letters")
    assert len(padded) % cipher.block_size == 0
    assert unpad(decrypt(cipher, key, iv, encrypt(cipher, key, iv, padded))) == b"seventeen letters"


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b"data"])
def test_no_padding(data: bytes) -> None:
    assert unpad(data) is None
