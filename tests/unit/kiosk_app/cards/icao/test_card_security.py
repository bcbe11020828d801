"""EF.CardSecurity: what it signs, or nothing."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards import tlv
from kiosk_app.cards.icao.card_security import parse_card_security
from kiosk_app.cards.icao.security_infos import SecurityInfoError

SIGNED_DATA = tlv.encode(0x06, bytes.fromhex("2A864886F70D010702"))
SECURITY_OBJECT = tlv.encode(0x06, bytes.fromhex("04007F0007030201"))


def wrapped(kind: bytes, content_kind: bytes, infos: bytes) -> bytes:
    content = content_kind + tlv.encode(0xA0, tlv.encode(0x04, infos))
    signed = b"\x02\x01\x03\x31\x00" + tlv.encode(0x30, content)
    return tlv.encode(0x30, kind + tlv.encode(0xA0, tlv.encode(0x30, signed)))


def test_the_signed_infos_are_read() -> None:
    assert parse_card_security(wrapped(SIGNED_DATA, SECURITY_OBJECT, b"\x31\x00")) == ()


@pytest.mark.parametrize(
    "data",
    [
        wrapped(SECURITY_OBJECT, SECURITY_OBJECT, b"\x31\x00"),
        wrapped(SIGNED_DATA, SIGNED_DATA, b"\x31\x00"),
        wrapped(SIGNED_DATA, SECURITY_OBJECT, b"\x30\x00"),
        wrapped(SIGNED_DATA, SECURITY_OBJECT, b""),
        b"\x30\x00",
        b"",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(SecurityInfoError):
        parse_card_security(data)


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SecurityInfoError):
        parse_card_security(data)
