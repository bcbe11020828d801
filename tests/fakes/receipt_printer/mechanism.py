"""The inside of the virtual printer: buffer, sensors, paper; it opens no socket and no file."""

from collections.abc import Callable
from enum import StrEnum

from tests.fakes.receipt_printer import language
from tests.fakes.receipt_printer.paper import LONGEST, Paper

LARGEST_BUFFER = 1_000_000
_WINDOW = 4096
DROP_IN_JOB_AFTER = 400
"""Dots of a job after which the faults "in-job" strike."""


class Fault(StrEnum):
    """What can be wrong with the printer; the words of its standard input."""

    PAPER_OUT = "paper-out"
    PAPER_OUT_IN_JOB = "paper-out-in-job"
    PAPER_NEAR_END = "paper-near-end"
    COVER_OPEN = "cover-open"
    OFFLINE = "offline"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    DIES_IN_JOB = "dies-in-job"
    MUTE = "mute"
    GARBAGE = "garbage"
    NEVER_CONFIRMS = "never-confirms"


class PowerLost(Exception):  # noqa: N818 - it is what happened, not a mistake
    """The printer died in the middle of a job."""


_STOPS = {Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.OFFLINE, Fault.CUTTER, Fault.OVERHEATED}


class Mechanism:
    """Takes bytes, answers bytes, hands each cut receipt over.

    Args:
        dots: Width of the head: 576 for 80 mm paper at 203 dpi.
        on_cut: Called with each receipt that has something on it.
    """

    def __init__(self, dots: int, on_cut: Callable[[Paper], None]) -> None:
        self._dots = dots
        self._on_cut = on_cut
        self._buffer = bytearray()
        self._paper = Paper(dots)
        self.faults: set[Fault] = set()

    def take(self, data: bytes) -> bytes:
        """Process what can be processed; the answer to whatever was asked.

        Raises:
            PowerLost: The fault "dies-in-job" struck.
        """
        blocked = self._stopped
        answer = self._real_time_only(data) if blocked else b""
        self._buffer += data
        if len(self._buffer) > LARGEST_BUFFER:
            self._buffer.clear()
        if blocked and language.FORGET in data:
            self._forget()
        return answer if blocked else self._work()

    def _work(self) -> bytes:
        answer = b""
        while self._buffer and not self._stopped:
            found = language.next_command(bytes(self._buffer[:_WINDOW]))
            if found is None:
                found = language.next_command(bytes(self._buffer))
            if found is None:
                break
            command, length = found
            del self._buffer[:length]
            answer += self._do(command)
            self._strike()
        return b"" if Fault.MUTE in self.faults else answer

    @property
    def _stopped(self) -> bool:
        return bool(self.faults & _STOPS)

    def _strike(self) -> None:
        if self._paper.height < DROP_IN_JOB_AFTER:
            return
        if Fault.PAPER_OUT_IN_JOB in self.faults:
            self.faults = self.faults - {Fault.PAPER_OUT_IN_JOB} | {Fault.PAPER_OUT}
        if Fault.DIES_IN_JOB in self.faults:
            self.faults -= {Fault.DIES_IN_JOB}
            self._forget()
            self._paper = Paper(self._dots)
            raise PowerLost

    def _do(self, command: language.Command) -> bytes:
        match command:
            case language.Letters(data):
                self._paper.letters(data)
            case language.LineFeed():
                self._paper.line_feed()
            case language.Setting(b"\x1b3", value):
                self._paper.spacing = value
            case language.Setting(name, value):
                self._paper.look = self._paper.look.after(name, value)
            case language.FeedDots(dots):
                self._paper.feed(dots)
            case language.FeedLines(lines):
                self._paper.feed(lines * self._paper.spacing)
            case language.Raster(width_bytes, height, data):
                self._paper.picture(width_bytes, height, data)
            case _:
                return self._control(command)
        if self._paper.height > LONGEST:
            self._cut(0)
        return b""

    def _control(self, command: language.Command) -> bytes:
        match command:
            case language.Cut(feed):
                self._cut(feed)
            case language.AskNow(question):
                return self._status(question)
            case language.AskInOrder() if Fault.NEVER_CONFIRMS in self.faults:
                pass
            case language.AskInOrder():
                return b"\x03" if Fault.PAPER_NEAR_END in self.faults else b"\x00"
            case language.Reset():
                self._paper.look, self._paper.spacing = type(self._paper.look)(), 30
            case language.Forget():
                self._forget()
            case _:
                pass
        return b""

    def _cut(self, feed: int) -> None:
        self._paper.feed(feed)
        paper, self._paper = self._paper, Paper(self._dots)
        self._paper.look = paper.look
        if not paper.empty:
            self._on_cut(paper)

    def _forget(self) -> None:
        self._buffer.clear()

    def _real_time_only(self, data: bytes) -> bytes:
        """A stopped printer still answers `DLE EOT`."""
        answer = b""
        at = data.find(b"\x10\x04")
        while 0 <= at < len(data) - 2:
            answer += self._status(data[at + 2])
            at = data.find(b"\x10\x04", at + 3)
        return b"" if Fault.MUTE in self.faults else answer

    def _status(self, question: int) -> bytes:
        if Fault.GARBAGE in self.faults:
            return b"\xff\x00\xfe"
        faults = self.faults
        bits = {
            1: 0x08 if self._stopped else 0,
            2: (0x04 if Fault.COVER_OPEN in faults else 0)
            | (0x20 if Fault.PAPER_OUT in faults else 0)
            | (0x40 if faults & {Fault.CUTTER, Fault.OVERHEATED} else 0),
            3: (0x08 if Fault.CUTTER in faults else 0)
            | (0x40 if Fault.OVERHEATED in faults else 0),
            4: (0x0C if faults & {Fault.PAPER_NEAR_END, Fault.PAPER_OUT} else 0)
            | (0x60 if Fault.PAPER_OUT in faults else 0),
        }
        return bytes([0x12 | bits[question]]) if question in bits else b""
