"""Secure messaging, against the independent chip's end of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.apdu import Command, Response, parse_response
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import derive_session_keys
from tests.fakes.virtual_card.channel import Channel

SECRET = b"a secret both sides agreed on"


def ends(cipher: Cipher = Cipher.AES_128) -> tuple[SecureChannel, Channel]:
    return SecureChannel(derive_session_keys(SECRET, cipher)), Channel(SECRET, cipher.strength)


@given(
    st.sampled_from(Cipher),
    st.binary(max_size=500),
    st.one_of(st.none(), st.integers(1, 65536)),
    st.binary(max_size=300),
)
def test_both_ends_understand_each_other(
    cipher: Cipher, data: bytes, le: int | None, answer: bytes
) -> None:
    ours, theirs = ends(cipher)
    for _ in range(2):
        ours, protected = ours.protect(Command(0, 0xB0, 1, 2, data, le))
        header, seen, _expected = theirs.open(protected.encode())
        assert (header, seen) == (b"\x00\xb0\x01\x02", data)
        ours, response = ours.open(parse_response(theirs.protect(answer, 0x9000)))
        assert response == Response(answer, 0x9000)


def test_the_expected_length_arrives() -> None:
    for le in (1, 255, 256, 257, 65536):
        ours, theirs = ends()
        assert theirs.open(ours.protect(Command(0, 0xB0, 0, 0, le=le))[1].encode())[2] == le


def answer(data: bytes = b"data", sw: int = 0x9000) -> tuple[SecureChannel, bytes]:
    ours, theirs = ends()
    ours, protected = ours.protect(Command(0, 0xB0, 0, 0, le=4))
    theirs.open(protected.encode())
    return ours, theirs.protect(data, sw)


def test_every_changed_byte_of_an_answer_is_noticed() -> None:
    channel, raw = answer()
    for at in range(len(raw)):
        changed = raw[:at] + bytes((raw[at] ^ 1,)) + raw[at + 1 :]
        with pytest.raises(SecureMessagingError):
            channel.open(parse_response(changed))


def test_an_answer_played_back_is_refused() -> None:
    channel, raw = answer()
    after, _response = channel.open(parse_response(raw))
    with pytest.raises(SecureMessagingError, match="code"):
        after.open(parse_response(raw))


@pytest.mark.parametrize("raw", ["9000", "6988", "990290009000", "8E009000", "FF9000"])
def test_an_unprotected_answer_is_refused(raw: str) -> None:
    with pytest.raises(SecureMessagingError):
        answer()[0].open(parse_response(bytes.fromhex(raw)))


@pytest.mark.parametrize(
    ("cryptogram", "sentence"),
    [
        (b"", "whole blocks"),
        (b"\x01", "whole blocks"),
        (b"\x02" + bytes(16), "whole blocks"),
        (b"\x01" + bytes(15), "whole blocks"),
        (b"\x01" + bytes(16), "padding"),
    ],
)
def test_a_rightly_signed_but_wrong_cryptogram_is_refused(cryptogram: bytes, sentence: str) -> None:
    ours, theirs = ends()
    ours, protected = ours.protect(Command(0, 0xB0, 0, 0, le=4))
    theirs.open(protected.encode())
    body = bytes((0x87, len(cryptogram))) + cryptogram + b"\x99\x02\x90\x00"
    signer, _ = ours.protect(Command(0, 0, 0, 0))
    padded = body + b"\x80" + bytes(-(len(body) + 1) % 16)
    raw = body + b"\x8e\x08" + signer.code_of(padded) + b"\x90\x00"
    with pytest.raises(SecureMessagingError, match=sentence):
        ours.open(parse_response(raw))


def test_keys_are_not_in_the_representation() -> None:
    channel, _ = ends()
    assert channel.keys.mac.hex() not in repr(channel)
    assert repr(channel.keys.mac) not in repr(channel)
