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
    Mapping,
    PaceInfo,
    SecurityInfoError,
    UnknownPaceInfo,
    count_pace_infos,
    parse_security_infos,
)

PACE = bytes.fromhex("04007F0007020204")
CA = bytes.fromhex("04007F000702020302")
PK = bytes.fromhex("04007F000702020102")
VERSION = b"\x02\x01\x02"
CAM_WITH_3DES = (Mapping.CHIP_AUTHENTICATION, Cipher.TRIPLE_DES)


def infos(*items: bytes) -> bytes:
    return tlv.encode(0x31, b"".join(tlv.encode(0x30, item) for item in items))


def oid(arcs: bytes) -> bytes:
    return tlv.encode(0x06, arcs)


@pytest.mark.parametrize("mapping", Mapping)
def test_pace_with_each_mapping_and_cipher_is_read(mapping: Mapping) -> None:
    ciphers = [c for c in Cipher if (mapping, c) != CAM_WITH_3DES]
    oids = [PACE + bytes((mapping.value, cipher.value)) for cipher in ciphers]
    data = infos(*(oid(arcs) + VERSION + b"\x02\x01\x0d" for arcs in oids))
    assert parse_security_infos(data) == tuple(
        PaceInfo(arcs, mapping, cipher, 13) for arcs, cipher in zip(oids, ciphers, strict=True)
    )
    assert count_pace_infos(parse_security_infos(data)) == len(oids)


@pytest.mark.parametrize(
    ("arcs", "version", "finite_field"),
    [
        (b"\x01\x02", VERSION, True),
        (b"\x03\x04", VERSION, True),
        (b"\x06\x01", VERSION, False),
        (b"\x02\x05", VERSION, False),
        (b"\x09\x02", VERSION, False),
        (b"\x02\x02", b"\x02\x01\x01", False),
        (b"\x02\x02", b"", False),
    ],
)
def test_pace_that_is_not_spoken_is_counted(
    arcs: bytes, version: bytes, *, finite_field: bool
) -> None:
    data = infos(oid(PACE + arcs) + version, oid(PACE + b"\x02"), oid(b"\x2a") + VERSION)
    assert parse_security_infos(data) == (UnknownPaceInfo(PACE + arcs, finite_field),)
    assert count_pace_infos(parse_security_infos(data)) == 1


def test_pace_without_parameters_is_proprietary() -> None:
    arcs = PACE + b"\x02\x02"
    found = parse_security_infos(infos(oid(arcs) + VERSION))
    assert found == (PaceInfo(arcs, Mapping.GENERIC, Cipher.AES_128, None),)


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
        infos(oid(PACE + b"\x02\x02") + VERSION + b"\x04\x01\x0d"),
        infos(oid(PACE + b"\x02\x02") + VERSION + b"\x02\x15" + b"\x01" * 21),
        infos(oid(PK)),
        infos(oid(PK) + tlv.encode(0x30, b"\x30\x00")),
        infos(oid(PK) + tlv.encode(0x30, b"\x30\x00\x03\x01\x00")),
        infos(oid(PK) + tlv.encode(0x30, b"\x30\x04\x06\x00\x06\x00\x03\x01\x01")),
        infos(b""),
        b"\x31\x02\x30\x05",
        b"\x31\x02\x30\x00",
        b"\x31\x03\x30\x01\x30",
    ],
)
def test_malformed_infos_are_refused(data: bytes) -> None:
    with pytest.raises(SecurityInfoError):
        parse_security_infos(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SecurityInfoError):
        parse_security_infos(tlv.encode(0x31, data))
