"""What passes through the relay, command by command."""

import pytest

from kiosk_app.cards.icao.relaying import (
    RelayError,
    pace_command,
    plain_command,
    protected_command,
)


@pytest.mark.parametrize(
    "raw",
    [
        "002241A4028000",
        "002241A6028000",
        "10860000027C0000",
        "00860000027C0000",
        "0088000008010203040506070800",
        "00880000000008010203040506070800 00",
    ],
)
def test_plain_commands_that_pass(raw: str) -> None:
    assert plain_command(bytes.fromhex(raw)).encode() == bytes.fromhex(raw)


@pytest.mark.parametrize(
    "raw", ["00A4020C020102", "00B000000A", "0022C1A4028000", "0C860000027C0000", "0088", ""]
)
def test_plain_commands_that_do_not_pass(raw: str) -> None:
    with pytest.raises(RelayError):
        plain_command(bytes.fromhex(raw))


@pytest.mark.parametrize("place", ["8100", "8E00", "8F00", "9D00", "0000", "7FFF"])
def test_protected_reads_that_pass(place: str) -> None:
    protected_command(bytes.fromhex(f"0CB0{place}0D9701088E08000000000000000000"))


@pytest.mark.parametrize(
    "head", ["0CB08200", "0CB08300", "0CB0A100", "0CA4020C", "0CA4040C", "00B08100", "0CB1810"]
)
def test_protected_commands_that_do_not_pass(head: str) -> None:
    raw = bytes.fromhex(f"{head.ljust(8, '0')}0D9701088E08000000000000000000")
    with pytest.raises(RelayError):
        protected_command(raw)


@pytest.mark.parametrize(
    "raw", ["00B08100", "0022C1A4028000", "0C860000027C0000", "00A4040C020102", "0CA4020C0101", ""]
)
def test_commands_that_are_no_step_of_pace(raw: str) -> None:
    with pytest.raises(RelayError):
        pace_command(bytes.fromhex(raw))


@pytest.mark.parametrize("raw", ["10860000027C0000", "00860000027C0000"])
def test_steps_of_pace(raw: str) -> None:
    assert pace_command(bytes.fromhex(raw)).encode() == bytes.fromhex(raw)
