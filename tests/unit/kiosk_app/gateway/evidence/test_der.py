"""DER with limits."""

import pytest
from asn1crypto import parser
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk_app.cards import tlv
from kiosk_app.gateway.evidence import der


def test_nodes_one_after_the_other() -> None:
    assert [(n.tag, n.value, n.raw) for n in der.nodes(b"\x02\x01\x07\x04\x81\x01\xff")] == [
        (0x02, b"\x07", b"\x02\x01\x07"),
        (0x04, b"\xff", b"\x04\x81\x01\xff"),
    ]
    assert der.nodes(b"") == ()


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"\x30",
            b"\x30\x01",
            b"\x30\x80\x00\x00",
            b"\x30\x82\x01",
            b"\x30\x85\x00\x00\x00\x00\x00",
        ),
        *(b"\x1f\x81\x01\x00", b"\x30\x84\xff\xff\xff\xff", b"\x04\x00" * 65),
    ],
)
def test_what_is_no_der(data: bytes) -> None:
    with pytest.raises(der.DerError):
        der.nodes(data)


@pytest.mark.parametrize("data", [b"", b"\x04\x00", b"\x30\x00\x30\x00"])
def test_only_one_of_its_tag(data: bytes) -> None:
    with pytest.raises(der.DerError):
        der.only(data, der.SEQUENCE)


def test_fields_are_taken_in_their_order() -> None:
    parts = der.fields(b"\x30\x05\x02\x01\x07\x05\x00")
    assert parts.perhaps(der.NULL) is None
    assert der.number(parts.take(der.INTEGER)) == 7
    with pytest.raises(der.DerError):
        parts.end()
    assert parts.take(der.OID, der.NULL).value == b""
    parts.end()
    with pytest.raises(der.DerError):
        parts.take(der.NULL)


@pytest.mark.parametrize(
    "data", [b"\x02\x00", b"\x02\x01\x80", b"\x04\x01\x01", b"\x02\x16" + bytes(22)]
)
def test_what_is_no_number(data: bytes) -> None:
    with pytest.raises(der.DerError):
        der.number(der.nodes(data)[0])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = der.nodes(data)
    except der.DerError:
        return
    assert b"".join(node.raw for node in found) == data


LONG_TAG = 0x1F
ENCODED = st.builds(tlv.encode, st.integers(0, 0xFF), st.binary(max_size=400))


@given(st.binary(max_size=300) | ENCODED | st.tuples(ENCODED, st.binary(max_size=3)).map(b"".join))
@example(b"\x30\x82\x00\x01\x05")
@example(b"\x30\x80\x05\x00\x00\x00")
def test_another_reader_reads_the_same(data: bytes) -> None:
    """The reader of the fakes, made by others; only it knows long tags and indefinite lengths."""
    try:
        read = parser.parse(data, strict=True)
    except ValueError:
        read = None
    if not data or data[0] & LONG_TAG == LONG_TAG or data[1:2] == b"\x80":
        read = None
    if read is None:
        with pytest.raises(der.DerError):
            der.only(data, data[0] if data else 0)
        return
    kind, method, tag, header, value, trailer = read
    node = der.only(data, data[0])
    assert node == der.Node(kind << 6 | method << 5 | tag, value, header + value + trailer)
