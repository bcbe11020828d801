"""BER-TLV with limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards import tlv


@given(st.sampled_from([0x31, 0x7C, 0x5F1F, 0x7F49]), st.binary(max_size=70_00))
def test_what_is_encoded_reads_back(tag: int, value: bytes) -> None:
    assert tlv.parse(tlv.encode(tag, value)) == (tlv.Tlv(tag, value),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("31", "before its length"),
        ("3180", "indefinite"),
        ("318400000001", "indefinite, cut off"),
        ("3182", "cut off"),
        ("3105AA", "cut off"),
        ("5F", "cut off"),
        ("5FFFFFFF0100", "longer than three"),
        ("3183FFFFFF", "limit"),
        ("30003083FFFFFF", "limit"),
    ],
)
def test_malformed_objects_are_refused(data: str, sentence: str) -> None:
    with pytest.raises(tlv.TlvError, match=sentence):
        tlv.parse(bytes.fromhex(data))


def test_nothing_has_no_header() -> None:
    with pytest.raises(tlv.TlvError, match="nothing"):
        tlv.parse_header(b"")


def test_a_crowd_of_objects_is_refused() -> None:
    with pytest.raises(tlv.TlvError, match="256"):
        tlv.parse(b"\x30\x00" * 257)


def test_a_path_is_followed_and_a_missing_tag_is_named() -> None:
    data = tlv.encode(0x7C, tlv.encode(0x80, b"x") + tlv.encode(0x81, b"y"))
    assert tlv.value_of(data, 0x7C, 0x81) == b"y"
    with pytest.raises(tlv.TlvError, match="82 is missing"):
        tlv.value_of(data, 0x7C, 0x82)
