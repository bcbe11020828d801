"""The talk with a printer around one job: ask, send, wait for the end; it makes no job.

A job is on paper when the printer answered `GS r`, which it reads after everything before it, and
reports no fault afterwards. Whatever else happens is reported, and the printer is told to forget
the rest, so that it does not come out in front of the next citizen.
Source: Epson ESC/POS command reference, `DLE EOT`, `GS r`, `GS a`, `DLE DC4 fn=8`.
"""

import time
from dataclasses import dataclass
from typing import Final, NewType, Protocol

from kiosk_app.receipt.elements import ReceiptNumber
from kiosk_app.receipt.status import (
    QUESTIONS,
    PrinterCause,
    PrinterStatus,
    StatusRefused,
    decode,
    is_in_order,
    is_real_time,
)

Seconds = NewType("Seconds", float)

_ASK: Final = b"\x10\x04"
_NO_AUTOMATIC_STATUS: Final = b"\x1d\x61\x00"
_REPORT_END: Final = b"\x1d\x72\x01"
_FORGET_ALL: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_POLL: Final = Seconds(0.25)
_ANSWERS_KEPT: Final = 64


class PrinterProblem(Exception):  # noqa: N818 - the sentence reads "printer problem: …"
    """A receipt was not printed, or nobody can say that it was.

    Attributes:
        cause: What a person can repair.
        number: The job, if there was one.
        partly: True when some of it may be on paper.
    """

    def __init__(
        self, cause: PrinterCause, number: ReceiptNumber | None = None, *, partly: bool = False
    ) -> None:
        job = f"Receipt {number}" if number else "Printer"
        outcome = "may be on paper in part" if partly else "not printed"
        super().__init__(f"{job}: {cause.value}, {outcome}." if number else f"{job}: {cause}.")
        self.cause = cause
        self.number = number
        self.partly = partly


class Wire(Protocol):
    """A two-way line to a printer."""

    def send(self, data: bytes, limit: Seconds) -> None:
        """Send all of it; OSError (also TimeoutError) if that fails."""

    def receive(self, limit: Seconds) -> bytes:
        """Some bytes, none when the line was closed; TimeoutError when none came in time."""


@dataclass(frozen=True)
class Limits:
    """How long a printer may take: to answer a question, and to print a whole job."""

    answer: Seconds = Seconds(2.0)
    job: Seconds = Seconds(30.0)


class Conversation:
    """One talk over one open line."""

    def __init__(self, wire: Wire, limits: Limits) -> None:
        self._wire = wire
        self._limits = limits
        self._real_time: list[int] = []
        self._in_order: list[int] = []

    def status(self) -> PrinterStatus:
        """What the printer says of itself; a mute or confused one is SILENT."""
        try:
            first, second, third, fourth = (self._ask(question) for question in QUESTIONS)
            return decode((first, second, third, fourth))
        except (OSError, StatusRefused):
            return PrinterStatus((PrinterCause.SILENT,))

    def deliver(self, job: bytes, number: ReceiptNumber) -> PrinterStatus:
        """Print the job once and wait for its end.

        Returns:
            The status afterwards: no causes, perhaps warnings.

        Raises:
            PrinterProblem: It was not sent, or its end was not confirmed.
        """
        before = self.status()
        if not before.ready:
            raise PrinterProblem(before.causes[0], number)
        try:
            self._wire.send(_NO_AUTOMATIC_STATUS + job + _REPORT_END, self._limits.job)
            after = self._wait_for_end()
        except OSError as error:
            self._forget()
            raise PrinterProblem(PrinterCause.NOT_CONFIRMED, number, partly=True) from error
        if not after.ready:
            self._forget()
            raise PrinterProblem(after.causes[0], number, partly=True)
        return after

    def _wait_for_end(self) -> PrinterStatus:
        """The status at the end of the job, or as soon as a fault stops it."""
        deadline = time.monotonic() + self._limits.job
        self._in_order.clear()
        while time.monotonic() < deadline:
            try:
                self._listen(_POLL)
            except TimeoutError:
                status = self.status()
                if not status.ready and not self._in_order:
                    return self._named(status)
            if self._in_order:
                return self._named(self.status())
        return PrinterStatus((PrinterCause.NOT_CONFIRMED,))

    @staticmethod
    def _named(status: PrinterStatus) -> PrinterStatus:
        """In mid-job silence means that nobody knows what is on paper."""
        if PrinterCause.SILENT in status.causes:
            return PrinterStatus((PrinterCause.NOT_CONFIRMED,))
        return status

    def _ask(self, question: int) -> int:
        self._real_time.clear()
        deadline = time.monotonic() + self._limits.answer
        self._wire.send(_ASK + bytes([question]), self._limits.answer)
        while not self._real_time:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._listen(Seconds(left))
        return self._real_time[0]

    def _listen(self, limit: Seconds) -> None:
        """Sort what arrives; anything that is neither answer is dropped."""
        data = self._wire.receive(limit)
        if not data:
            raise ConnectionResetError
        self._real_time += [byte for byte in data if is_real_time(byte)]
        self._in_order += [byte for byte in data if is_in_order(byte)]
        del self._real_time[_ANSWERS_KEPT:], self._in_order[_ANSWERS_KEPT:]

    def _forget(self) -> None:
        try:
            self._wire.send(_FORGET_ALL, self._limits.answer)
        except OSError:
            return  # it is off or gone; ESC @ before the next job empties what it kept
