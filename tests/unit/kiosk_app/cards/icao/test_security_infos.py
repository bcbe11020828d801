"""SecurityInfos of EF.CardAccess and DG14."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards import tlv
from kiosk_app.cards.icao.security_infos import (
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKey,
    Cipher,
    PaceInfo,
    SecurityInfoError,
    count_pace_infos,
    parse_security_infos,
)

PACE = bytes.fromhex("04007F000702020402")
CA = bytes.fromhex("04007F000702020302")
PK = bytes.fromhex("04007F000702020102")
VERSION = b"\x02\x01\x02"


def infos(*items: bytes) -> bytes:
    return tlv.encode(0x31, b"".join(tlv.encode(0x30, item) for item in items))


def oid(arcs: bytes) -> bytes:
    return tlv.encode(0x06, arcs)


def test_pace_with_each_cipher_is_read() -> None:
    data = infos(*(oid(PACE + bytes((n,))) + VERSION + b"\x02\x01\x0d" for n in (2, 3, 4)))
    found = parse_security_infos(data)
    assert [info.cipher for info in found if isinstance(info, PaceInfo)] == list(Cipher)
    assert count_pace_infos(data) == 3


def test_other_mappings_and_3des_are_passed_over_but_counted() -> None:
    integrated = bytes.fromhex("04007F00070202040402")
    data = infos(oid(integrated) + VERSION, oid(PACE + b"\x01") + VERSION, oid(b"\x2a") + VERSION)
    assert parse_security_infos(data) == ()
    assert count_pace_infos(data) == 2


def test_pace_without_parameters_is_proprietary() -> None:
    assert parse_security_infos(infos(oid(PACE + b"\x02") + VERSION)) == (
        PaceInfo(PACE + b"\x02", Cipher.AES_128, None),
    )


def test_chip_authentication_and_its_key() -> None:
    named = oid(bytes.fromhex("2A8648CE3D030107"))
    algorithm = tlv.encode(0x30, oid(bytes.fromhex("2A8648CE3D0201")) + named)
    key = tlv.encode(0x30, algorithm + tlv.encode(0x03, b"\x00\x04point"))
    found = parse_security_infos(
        infos(oid(CA + b"\x04") + b"\x02\x01\x01\x02\x01\x07", oid(PK) + key + b"\x02\x01\x07")
    )
    assert found == (
        ChipAuthenticationInfo(CA + b"\x04", Cipher.AES_256, 7),
        ChipAuthenticationPublicKey(named, b"\x04point", 7),
    )


@pytest.mark.parametrize(
    "data",
    [
        tlv.encode(0x30, b""),
        tlv.encode(0x31, bytes(10))[:-1],
        infos(VERSION),
        tlv.encode(0x31, tlv.encode(0x31, oid(PK))),
        infos(oid(PACE + b"\x02") + VERSION + b"\x04\x01\x0d"),
        infos(oid(PACE + b"\x02") + VERSION + b"\x02\x05\x01\x01\x01\x01\x01"),
        infos(oid(PK)),
        infos(oid(PK) + tlv.encode(0x30, b"\x30\x00")),
        infos(oid(PK) + tlv.encode(0x30, b"\x30\x00\x03\x01\x00")),
        infos(oid(PK) + tlv.encode(0x30, b"\x30\x04\x06\x00\x06\x00\x03\x01\x01")),
        infos(b""),
        b"\x31\x02\x30\x05",
    ],
)
def test_malformed_infos_are_refused(data: bytes) -> None:
    with pytest.raises(SecurityInfoError):
        parse_security_infos(data)


def test_counting_refuses_what_is_malformed() -> None:
    with pytest.raises(SecurityInfoError):
        count_pace_infos(b"\x31\x03\x30\x01\x30")
    assert count_pace_infos(b"\x31\x02\x30\x00") == 0


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SecurityInfoError):
        parse_security_infos(tlv.encode(0x31, data))
