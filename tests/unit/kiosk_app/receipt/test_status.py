"""The answers to DLE EOT, decoded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.receipt.status import (
    PrinterCause,
    PrinterStatus,
    PrinterWarning,
    StatusRefused,
    decode,
    is_in_order,
    is_real_time,
)

NEAR_END = (PrinterWarning.PAPER_NEAR_END,)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ((0x12, 0x12, 0x12, 0x12), PrinterStatus()),
        ((0x16, 0x12, 0x12, 0x12), PrinterStatus()),
        ((0x1A, 0x12, 0x12, 0x12), PrinterStatus((PrinterCause.OFFLINE,))),
        ((0x1A, 0x16, 0x12, 0x12), PrinterStatus((PrinterCause.COVER_OPEN,))),
        ((0x1A, 0x32, 0x12, 0x7E), PrinterStatus((PrinterCause.PAPER_OUT,), NEAR_END)),
        ((0x1A, 0x32, 0x12, 0x12), PrinterStatus((PrinterCause.PAPER_OUT,))),
        ((0x12, 0x12, 0x12, 0x72), PrinterStatus((PrinterCause.PAPER_OUT,))),
        ((0x12, 0x12, 0x12, 0x1E), PrinterStatus((), NEAR_END)),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterStatus((PrinterCause.CUTTER,))),
        ((0x1A, 0x52, 0x32, 0x12), PrinterStatus((PrinterCause.HARDWARE,))),
        ((0x1A, 0x52, 0x52, 0x12), PrinterStatus((PrinterCause.HARDWARE,))),
        ((0x1A, 0x52, 0x12, 0x12), PrinterStatus((PrinterCause.HARDWARE,))),
        (
            (0x1A, 0x36, 0x1A, 0x7E),
            PrinterStatus(
                (PrinterCause.COVER_OPEN, PrinterCause.PAPER_OUT, PrinterCause.CUTTER), NEAR_END
            ),
        ),
    ],
)
def test_answers_become_causes(answers: tuple[int, int, int, int], status: PrinterStatus) -> None:
    assert decode(answers) == status


@pytest.mark.parametrize("byte", [0x00, 0xFF, 0x10, 0x02, 0x13, 0x92])
def test_a_byte_without_the_fixed_bits_is_refused(byte: int) -> None:
    with pytest.raises(StatusRefused, match="DLE EOT 2"):
        decode((0x12, byte, 0x12, 0x12))


@given(st.integers(0, 255))
def test_the_two_kinds_of_answer_are_never_confused(byte: int) -> None:
    assert not (is_real_time(byte) and is_in_order(byte))
