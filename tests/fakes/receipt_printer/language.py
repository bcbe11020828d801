"""ESC/POS read command by command, from the Epson command reference; it draws nothing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letters:
    """Bytes to be printed in the code page in force."""

    data: bytes


@dataclass(frozen=True)
class LineFeed:
    """Print the line and go on."""


@dataclass(frozen=True)
class Setting:
    """A setting: the two-byte name of its command and its argument."""

    name: bytes
    value: int


@dataclass(frozen=True)
class FeedDots:
    """Move the paper by dots."""

    dots: int


@dataclass(frozen=True)
class FeedLines:
    """Move the paper by lines."""

    lines: int


@dataclass(frozen=True)
class Raster:
    """A 1-bit picture, rows of `width_bytes` bytes, most significant bit left, 1 is black."""

    width_bytes: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """Cut the paper after feeding some dots."""

    feed: int


@dataclass(frozen=True)
class AskNow:
    """`DLE EOT n`."""

    question: int


@dataclass(frozen=True)
class AskInOrder:
    """`GS r n`."""


@dataclass(frozen=True)
class Reset:
    """`ESC @`."""


@dataclass(frozen=True)
class Forget:
    """`DLE DC4 8 …`: clear the buffers."""


@dataclass(frozen=True)
class Skipped:
    """Something this printer does not do, or garbage."""


Command = (
    Letters
    | LineFeed
    | Setting
    | FeedDots
    | FeedLines
    | Raster
    | Cut
    | AskNow
    | AskInOrder
    | Reset
    | Forget
    | Skipped
)

DLE, ESC, FS, GS, LF = 0x10, 0x1B, 0x1C, 0x1D, 0x0A
FORGET = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
LARGEST_PICTURE = 400_000

_NO_ARGUMENT = {b"\x1b2", b"\x1bL", b"\x1bS", b"\x1b<", b"\x1bi", b"\x1bm", b"\x1c.", b"\x1c&"}
_TWO_ARGUMENTS = {b"\x1b$", b"\x1b\\", b"\x1dL", b"\x1dW", b"\x1d$", b"\x1d\\", b"\x1bc"}
_SETTINGS = {b"\x1b!", b"\x1bE", b"\x1bG", b"\x1b-", b"\x1ba", b"\x1bM", b"\x1bt", b"\x1b3"}
_SETTINGS |= {b"\x1d!", b"\x1dB"}


def next_command(data: bytes) -> tuple[Command, int] | None:
    """The first command of the data and its length; None while it is not complete."""
    first = data[0]
    if first in (ESC, GS, FS):
        return _escape(data) if len(data) > 1 else None
    if first == DLE:
        return _real_time(data)
    if first == LF:
        return LineFeed(), 1
    if first < 0x20:
        return Skipped(), 1
    end = next((at for at, byte in enumerate(data) if byte < 0x20), len(data))
    return Letters(data[:end]), end


def _real_time(data: bytes) -> tuple[Command, int] | None:
    if len(data) < 3 and not (len(data) == 2 and data[1] not in (0x04, 0x05, 0x14)):
        return None
    match data[1]:
        case 0x04:
            return AskNow(data[2]), 3
        case 0x14 if data[2] == 8:
            return (Forget(), len(FORGET)) if len(data) >= len(FORGET) else None
        case 0x14:
            return (Skipped(), 5) if len(data) >= 5 else None
        case 0x05:
            return Skipped(), 3
        case _:
            return Skipped(), 1


def _escape(data: bytes) -> tuple[Command, int] | None:  # noqa: PLR0911 - one return a form
    name = data[:2]
    if name == b"\x1b@":
        return Reset(), 2
    if name in _NO_ARGUMENT:
        return Skipped(), 2
    if name in _TWO_ARGUMENTS:
        return (Skipped(), 4) if len(data) >= 4 else None
    if name == b"\x1dv":
        return _raster(data)
    if name in (b"\x1d(", b"\x1c("):
        return _sized(data)
    if name == b"\x1dV":
        return _cut(data)
    if name == b"\x1bp":
        return (Skipped(), 5) if len(data) >= 5 else None
    return (_one_argument(name, data[2]), 3) if len(data) >= 3 else None


def _one_argument(name: bytes, value: int) -> Command:
    if name in _SETTINGS:
        return Setting(name, value)
    if name == b"\x1bd":
        return FeedLines(value)
    if name == b"\x1bJ":
        return FeedDots(value)
    if name == b"\x1dr":
        return AskInOrder()
    return Skipped()


def _cut(data: bytes) -> tuple[Command, int] | None:
    if len(data) < 3:
        return None
    if data[2] in (65, 66, 97, 98, 103, 104):
        return (Cut(data[3]), 4) if len(data) >= 4 else None
    return Cut(0), 3


def _raster(data: bytes) -> tuple[Command, int] | None:
    if len(data) < 8:
        return None
    width = data[4] | data[5] << 8
    height = data[6] | data[7] << 8
    if data[2] != 0x30 or not 0 < width * height <= LARGEST_PICTURE:
        return Skipped(), 2
    end = 8 + width * height
    return (Raster(width, height, data[8:end]), end) if len(data) >= end else None


def _sized(data: bytes) -> tuple[Command, int] | None:
    if len(data) < 5:
        return None
    end = 5 + (data[3] | data[4] << 8)
    return (Skipped(), end) if len(data) >= end else None
