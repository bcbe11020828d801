"""What a receipt consists of, before any printer is known; it neither wraps nor prints."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

ReceiptNumber = NewType("ReceiptNumber", str)
"""Names one print job for good, e.g. `infobox-001/000042`; printed on the receipt itself."""


class Size(StrEnum):
    """Size of letters: the printer's font A, font A doubled both ways, or its narrow font B."""

    NORMAL = "normal"
    DOUBLE = "double"
    SMALL = "small"


class Align(StrEnum):
    """Horizontal place of a line."""

    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True)
class Style:
    """How a text looks on paper."""

    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Paragraph:
    """A text that is wrapped at words to the width of the paper."""

    text: str
    style: Style = Style()


@dataclass(frozen=True)
class Row:
    """A label on the left and a value flush right, which is never broken."""

    label: str
    value: str
    style: Style = Style()


@dataclass(frozen=True)
class Rule:
    """A horizontal line over the whole width."""

    double: bool = False


@dataclass(frozen=True)
class QrCode:
    """A QR code in the middle of the paper."""

    content: str


@dataclass(frozen=True)
class Feed:
    """Empty lines."""

    lines: int = 1


Element = Paragraph | Row | Rule | QrCode | Feed


@dataclass(frozen=True)
class Receipt:
    """One job for the printer: its number and what stands on it; the paper is cut at the end."""

    number: ReceiptNumber
    elements: tuple[Element, ...]

    def __post_init__(self) -> None:
        """A job without a name could not be reported as not printed."""
        if not self.number:
            raise ValueError("A receipt needs a number.")
