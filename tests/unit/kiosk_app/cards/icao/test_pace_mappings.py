"""Mappings of PACE where a chip breaks the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.icao import curves, pace_cam, pace_im
from kiosk_app.cards.icao.ciphers import encrypt, pad
from kiosk_app.cards.icao.security_infos import ChipAuthenticationPublicKey, Cipher
from kiosk_app.cards.icao.session_keys import derive_session_keys

P256 = curves.CURVES[0]
P224 = curves.CURVES[-1]
KEYS = derive_session_keys(b"secret", Cipher.AES_256)
STATIC = curves.public_point(P256, 3)
MAPPING = curves.public_point(P256, 15)


def hidden(data: bytes) -> bytes:
    iv = encrypt(KEYS.cipher, KEYS.encryption, bytes(16), b"\xff" * 16)
    return encrypt(KEYS.cipher, KEYS.encryption, iv, data)


def proof(number: int) -> bytes:
    return hidden(pad(KEYS.cipher, number.to_bytes(32, "big")))


def test_a_right_proof() -> None:
    pace_cam.check(P256, KEYS, proof(5), STATIC, MAPPING)


@pytest.mark.parametrize(
    ("data", "static", "sentence"),
    [
        (proof(6), STATIC, "not made"),
        (proof(0), STATIC, "infinity"),
        (proof(P256.order), STATIC, "infinity"),
        (proof(5), bytes(65), "form"),
        (b"", STATIC, "whole blocks"),
        (proof(5)[:-1], STATIC, "whole blocks"),
        (hidden(bytes(48)), STATIC, "length"),
        (hidden(pad(KEYS.cipher, bytes(31) + b"\x05")), STATIC, "not made"),
        (hidden(pad(KEYS.cipher, bytes(31))), STATIC, "length"),
    ],
)
def test_a_wrong_proof(data: bytes, static: bytes, sentence: str) -> None:
    mapping = MAPPING if sentence != "not made" else STATIC
    with pytest.raises(pace_cam.ChipDataError, match=sentence):
        pace_cam.check(P256, KEYS, data, static, mapping)


def test_the_static_key_is_that_on_the_curve_of_pace() -> None:
    named = [b"\x06" + bytes((len(curve.oid),)) + curve.oid for curve in curves.CURVES]
    keys = tuple(
        ChipAuthenticationPublicKey(parameters, bytes((index,)), None)
        for index, parameters in enumerate(named)
    )
    assert pace_cam.static_point(curves.CURVES[3], keys) == b"\x03"
    with pytest.raises(pace_cam.ChipDataError, match="no key"):
        pace_cam.static_point(curves.CURVES[3], keys[:3])


@given(st.integers(0, 5), st.integers(2, 2**256))
def test_an_encoded_number_is_a_point_of_the_curve(index: int, number: int) -> None:
    curve = curves.CURVES[index]
    point = pace_im.encode_point(curve, number % curve.prime)
    assert curves.multiply(curve, point, 1) == point


@pytest.mark.parametrize(("curve", "number"), [(P224, 5), (P256, 0), (P256, 1)])
def test_a_number_that_has_no_point(curve: curves.Curve, number: int) -> None:
    with pytest.raises(curves.CurveError, match="integrated mapping"):
        pace_im.encode_point(curve, number)


@pytest.mark.parametrize(
    ("cipher", "size"),
    [(Cipher.TRIPLE_DES, 16), (Cipher.AES_128, 16), (Cipher.AES_192, 32), (Cipher.AES_256, 32)],
)
def test_the_pseudo_random_bits_are_enough(cipher: Cipher, size: int) -> None:
    assert pace_im.nonce_size(cipher) == size
    for curve in curves.CURVES:
        drawn = pace_im.pseudo_random(cipher, curve, bytes(size), bytes(cipher.key_size))
        assert curve.prime.bit_length() + 64 <= 8 * len(drawn)
        assert 8 * (len(drawn) - size) < curve.prime.bit_length() + 64
