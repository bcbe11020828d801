"""Decodes what an ESC/POS printer says about itself; it asks nothing.

Source: Epson ESC/POS command reference, `DLE EOT n` (real-time status transmission) and `GS r n`
(status transmission in the order of the data).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PrinterCause(StrEnum):
    """Why nothing is on paper, or why nobody can say; each is something a person can repair."""

    UNREACHABLE = "unreachable"
    """Nothing answers at the printer's address."""
    SILENT = "silent"
    """It takes the connection but does not answer in time, or answers nonsense."""
    OFFLINE = "offline"
    COVER_OPEN = "cover-open"
    PAPER_OUT = "paper-out"
    CUTTER = "cutter"
    HARDWARE = "hardware"
    """An error that needs service or a cooling print head."""
    NOT_CONFIRMED = "not-confirmed"
    """The job was sent, but its end was not confirmed: it may be on paper in part."""


class PrinterWarning(StrEnum):
    """What IT should know while printing still works."""

    PAPER_NEAR_END = "paper-near-end"


@dataclass(frozen=True)
class PrinterStatus:
    """What hinders printing now and what soon will; an empty `causes` means ready."""

    causes: tuple[PrinterCause, ...] = ()
    warnings: tuple[PrinterWarning, ...] = ()

    @property
    def ready(self) -> bool:
        """True when a job may be sent."""
        return not self.causes


class StatusRefused(ValueError):  # noqa: N818 - the sentence reads "status refused: …"
    """A byte is not a status byte; the message names which answer and why."""


QUESTIONS: Final = (1, 2, 3, 4)
"""The n of `DLE EOT n`: printer, offline cause, error cause, paper sensors."""

_FIXED_MASK: Final = 0x93
_FIXED_BITS: Final = 0x12
_OFFLINE: Final = 0x08
_COVER_OPEN: Final = 0x04
_STOPPED_FOR_PAPER: Final = 0x20
_ERROR: Final = 0x40
_CUTTER: Final = 0x08
_UNRECOVERABLE: Final = 0x20
_RECOVERABLE: Final = 0x44
_NEAR_END: Final = 0x0C
_PAPER_OUT: Final = 0x60
_IN_ORDER_MASK: Final = 0x90


def is_real_time(byte: int) -> bool:
    """True for the byte of a `DLE EOT` answer: bits 0 and 7 are off, bits 1 and 4 on."""
    return byte & _FIXED_MASK == _FIXED_BITS


def is_in_order(byte: int) -> bool:
    """True for the byte of a `GS r` answer: bits 4 and 7 are off, so the two never mix."""
    return byte & _IN_ORDER_MASK == 0


def decode(answers: tuple[int, int, int, int]) -> PrinterStatus:
    """The status from the answers to `DLE EOT` 1 to 4, in this order.

    Raises:
        StatusRefused: A byte lacks the fixed bits of a status byte.
    """
    for question, byte in zip(QUESTIONS, answers, strict=True):
        if not is_real_time(byte):
            raise StatusRefused(f"DLE EOT {question}: 0x{byte:02x} is no status byte.")
    causes = _named_causes(answers)
    if answers[0] & _OFFLINE and not causes:
        causes = (PrinterCause.OFFLINE,)
    near_end = bool(answers[3] & _NEAR_END)
    return PrinterStatus(causes, (PrinterWarning.PAPER_NEAR_END,) if near_end else ())


def _named_causes(answers: tuple[int, int, int, int]) -> tuple[PrinterCause, ...]:
    _, offline, error, paper = answers
    hardware = error & (_UNRECOVERABLE | _RECOVERABLE) or (offline & _ERROR and not error & _CUTTER)
    found = (
        (PrinterCause.COVER_OPEN, offline & _COVER_OPEN),
        (PrinterCause.PAPER_OUT, paper & _PAPER_OUT or offline & _STOPPED_FOR_PAPER),
        (PrinterCause.CUTTER, error & _CUTTER),
        (PrinterCause.HARDWARE, hardware),
    )
    return tuple(cause for cause, present in found if present)
