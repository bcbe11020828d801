"""Sets a receipt into lines of a paper's width; it knows columns, no printer and no code page."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from kiosk_app.receipt.elements import (
    Element,
    Feed,
    Paragraph,
    QrCode,
    Receipt,
    Row,
    Rule,
    Size,
    Style,
)

_HARD_SPACES: Final = {0x00A0: " ", 0x202F: " ", 0x2009: " "}
_SHORTEST_LABEL: Final = 8


@dataclass(frozen=True)
class Paper:
    """Width of the printable area.

    Attributes:
        columns: Letters of font A in a line.
        small_columns: Letters of font B in a line.
        dots: Printable dots in a line.
    """

    columns: int
    small_columns: int
    dots: int

    def __post_init__(self) -> None:
        """Refuse a width on which an amount of money would not fit."""
        if self.columns < 20 or self.small_columns < self.columns:  # noqa: PLR2004 - see above
            raise ValueError("The paper is under 20 columns wide or its small font is no smaller.")

    def width(self, size: Size) -> int:
        """Letters of this size in a line."""
        match size:
            case Size.NORMAL:
                return self.columns
            case Size.DOUBLE:
                return self.columns // 2
            case Size.SMALL:
                return self.small_columns
            case _ as never:
                assert_never(never)


@dataclass(frozen=True)
class TextLine:
    """One line that fits; alignment is left to the printer."""

    text: str
    style: Style


@dataclass(frozen=True)
class QrBlock:
    """A QR code to be drawn centred."""

    content: str


Block = TextLine | QrBlock


def typeset(receipt: Receipt, paper: Paper) -> tuple[Block, ...]:
    """All lines of the receipt in order; none is longer than its size allows."""
    return tuple(block for element in receipt.elements for block in _set(element, paper))


def _set(element: Element, paper: Paper) -> Iterator[Block]:
    match element:
        case Paragraph(text, style):
            yield from (TextLine(line, style) for line in _wrap(text, paper.width(style.size)))
        case Row(label, value, style):
            width = paper.width(style.size)
            yield from (TextLine(line, style) for line in _row(label, value, width))
        case Rule(double):
            yield TextLine(("═" if double else "─") * paper.columns, Style())
        case QrCode(content):
            yield QrBlock(content)
        case Feed(lines):
            yield from (TextLine("", Style()) for _ in range(lines))
        case _ as never:
            assert_never(never)


def _wrap(text: str, width: int) -> list[str]:
    wrapped = textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    return [line.translate(_HARD_SPACES) for line in wrapped]


def _row(label: str, value: str, width: int) -> list[str]:
    """The value stands on the label's last line, or below it where there is no room beside."""
    value = value.translate(_HARD_SPACES)
    room = width - len(value) - 1
    if room < _SHORTEST_LABEL:
        return [*_wrap(label, width), *(line.rjust(width) for line in _wrap(value, width))]
    *above, last = _wrap(label, room)
    return [*above, f"{last.ljust(room)} {value}"]
