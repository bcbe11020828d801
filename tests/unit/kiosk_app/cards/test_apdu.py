"""Command and response APDUs."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards.apdu import (
    ApduError,
    Command,
    Response,
    exchange,
    parse_command,
    parse_response,
)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Command(0, 0xA4, 0, 0), "00A40000"),
        (Command(0, 0xB0, 0, 0, le=256), "00B0000000"),
        (Command(0, 0xB0, 0, 0, le=4), "00B0000004"),
        (Command(0, 0xA4, 2, 0x0C, b"\x01\x1c"), "00A4020C02011C"),
        (Command(0, 0x86, 0, 0, b"\x7c\x00", 256), "00860000027C0000"),
        (Command(0, 0xB0, 0, 0, le=257), "00B00000000101"),
        (Command(0, 0xB0, 0, 0, le=65536), "00B00000000000"),
        (Command(0, 0xB0, 0, 0, b"\x01", 65536, extended=True), "00B00000000001010000"),
        (Command(0, 0xB0, 0, 0, b"\x01", extended=True), "00B0000000000101"),
    ],
)
def test_encoding_by_case(command: Command, expected: str) -> None:
    assert command.encode().hex().upper() == expected


def test_long_data_is_encoded_extended() -> None:
    assert Command(0, 0x86, 0, 0, bytes(256)).encode()[4:7] == b"\x00\x01\x00"


@pytest.mark.parametrize("le", [0, 65537])
def test_an_impossible_le_is_refused(le: int) -> None:
    with pytest.raises(ApduError, match="expected length"):
        Command(0, 0, 0, 0, le=le)


def test_too_much_data_is_refused() -> None:
    with pytest.raises(ApduError, match="65,535"):
        Command(0, 0, 0, 0, bytes(65536))


@given(
    st.binary(max_size=255),
    st.one_of(st.none(), st.integers(1, 256)),
    st.binary(min_size=4, max_size=4),
)
def test_a_short_command_reads_back(data: bytes, le: int | None, header: bytes) -> None:
    cla, ins, p1, p2 = header
    command = Command(cla, ins, p1, p2, data, le)
    assert parse_command(command.encode()) == command


@pytest.mark.parametrize("raw", ["00A400", "00A4000002AA", "00A4000002AABB0000", "00A400000001"])
def test_what_is_no_short_command_is_refused(raw: str) -> None:
    with pytest.raises(ApduError):
        parse_command(bytes.fromhex(raw))


@pytest.mark.parametrize("size", [0, 1, 65539])
def test_an_answer_of_impossible_length_is_refused(size: int) -> None:
    with pytest.raises(ApduError, match=f"{size} bytes"):
        parse_response(bytes(size))


def test_an_answer_is_split_and_joined() -> None:
    response = parse_response(b"\x01\x02\x90\x00")
    assert response == Response(b"\x01\x02", 0x9000)
    assert response.ok
    assert response.encode() == b"\x01\x02\x90\x00"


def _script(*answers: str) -> tuple[list[str], Iterator[bytes]]:
    return [], iter(bytes.fromhex(answer) for answer in answers)


def test_wrong_le_is_asked_again() -> None:
    sent, answers = _script("6C04", "010203049000")

    def transmit(command: bytes) -> bytes:
        sent.append(command.hex())
        return next(answers)

    assert exchange(transmit, Command(0, 0xB0, 0, 0, le=256)).data == b"\x01\x02\x03\x04"
    assert sent == ["00b0000000", "00b0000004"]


def test_more_data_is_fetched() -> None:
    sent, answers = _script("01026102", "03049000")

    def transmit(command: bytes) -> bytes:
        sent.append(command.hex())
        return next(answers)

    assert exchange(transmit, Command(0, 0xB0, 0, 0, le=256)).data == b"\x01\x02\x03\x04"
    assert sent == ["00b0000000", "00c0000002"]
