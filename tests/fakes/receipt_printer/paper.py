"""The paper in the virtual printer: draws lines and pictures as a thermal head would."""

from dataclasses import dataclass, replace
from functools import cache

from PIL import Image, ImageDraw, ImageFont

INK = 28
LONGEST = 60_000
"""Dots after which a job without a cut is torn off, so that memory stays bounded."""

_PAGES = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    13: "cp857",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    33: "cp775",
    39: "iso8859_2",
    45: "cp1250",
    46: "cp1251",
    51: "cp1257",
}


@dataclass(frozen=True)
class Look:
    """The settings in force for letters."""

    page: int = 0
    font_b: bool = False
    bold: bool = False
    wide: int = 1
    tall: int = 1
    underline: bool = False
    inverse: bool = False
    align: int = 0

    def after(self, name: bytes, value: int) -> "Look":  # noqa: PLR0911 - one return a setting
        """The look after a setting."""
        match name:
            case b"\x1b!":
                return replace(
                    self,
                    font_b=bool(value & 1),
                    bold=bool(value & 8),
                    tall=2 if value & 16 else 1,
                    wide=2 if value & 32 else 1,
                    underline=bool(value & 128),
                )
            case b"\x1d!":
                return replace(self, wide=(value >> 4 & 7) + 1, tall=(value & 7) + 1)
            case b"\x1bE" | b"\x1bG":
                return replace(self, bold=bool(value & 1))
            case b"\x1b-":
                return replace(self, underline=value in (1, 2, 49, 50))
            case b"\x1bM":
                return replace(self, font_b=value in (1, 49))
            case b"\x1ba":
                return replace(self, align=value % 48 if value % 48 < 3 else 0)
            case b"\x1bt":
                return replace(self, page=value)
            case b"\x1dB":
                return replace(self, inverse=bool(value & 1))
            case _:
                return self

    @property
    def cell(self) -> tuple[int, int]:
        """Width and height of a letter in dots."""
        width, height = (9, 17) if self.font_b else (12, 24)
        return width * self.wide, height * self.tall


class Paper:
    """One receipt while it is printed."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.look = Look()
        self.spacing = 30
        self.text: list[str] = []
        self._line: list[tuple[str, Look]] = []
        self._strips: list[Image.Image] = []
        self.height = 0

    @property
    def empty(self) -> bool:
        """True when nothing was printed."""
        return not self._strips and not self._line

    def letters(self, data: bytes) -> None:
        """Put letters on the line, breaking it where the paper ends."""
        codec = _PAGES.get(self.look.page, "ascii")
        for letter in data.decode(codec, "replace"):
            if sum(look.cell[0] for _, look in self._line) + self.look.cell[0] > self.dots:
                self.line_feed()
            self._line.append((letter, self.look))

    def line_feed(self) -> None:
        """Print the line."""
        line, self._line = self._line, []
        self.text.append("".join(letter for letter, _ in line).rstrip())
        tallest = max((look.cell[1] for _, look in line), default=24)
        strip = Image.new("L", (self.dots, max(self.spacing, tallest + 4)), 255)
        room = self.dots - sum(look.cell[0] for _, look in line)
        align = line[0][1].align if line else 0
        at = (0, room // 2, room)[align]
        for letter, look in line:
            _draw(strip, letter, look, at, tallest)
            at += look.cell[0]
        self._add(strip)

    def feed(self, dots: int) -> None:
        """Move the paper."""
        if self._line:
            self.line_feed()
        if dots:
            self._add(Image.new("L", (self.dots, min(dots, LONGEST)), 255))

    def picture(self, width_bytes: int, height: int, data: bytes) -> None:
        """Print a raster picture, cut off at the paper's right edge."""
        if self._line:
            self.line_feed()
        mask = Image.frombytes("1", (width_bytes * 8, height), data)
        strip = Image.new("L", (self.dots, height), 255)
        room = max(0, self.dots - mask.width)
        strip.paste(INK, ((0, room // 2, room)[self.look.align], 0), mask)
        self.text.append(f"[picture {mask.width}x{height}]")
        self._add(strip)

    def finished(self) -> Image.Image:
        """All that was printed, white paper and dark ink, as wide as the head."""
        whole = Image.new("L", (self.dots, max(1, self.height)), 255)
        at = 0
        for strip in self._strips:
            whole.paste(strip, (0, at))
            at += strip.height
        return whole

    def _add(self, strip: Image.Image) -> None:
        self._strips.append(strip)
        self.height += strip.height


def _draw(strip: Image.Image, letter: str, look: Look, at: int, tallest: int) -> None:
    width, height = look.cell
    top = tallest - height + 2
    ink, ground = (255, INK) if look.inverse else (INK, 255)
    draw = ImageDraw.Draw(strip)
    if look.inverse:
        draw.rectangle((at, top, at + width - 1, top + height - 1), fill=ground)
    if letter in "─═":
        for offset in (0,) if letter == "─" else (-3, 3):
            y = top + height // 2 + offset
            draw.rectangle((at, y, at + width - 1, y + 1), fill=ink)
        return
    if look.wide != look.tall:
        _draw_stretched(strip, letter, look, at, top)
        return
    font = _font(height, bold=look.bold)
    draw.text((at + width / 2, top + height * 0.79), letter, ink, font, anchor="ms")
    if look.underline:
        draw.rectangle((at, top + height - 1, at + width - 1, top + height), fill=ink)


def _draw_stretched(strip: Image.Image, letter: str, look: Look, at: int, top: int) -> None:
    single = replace(look, wide=1, tall=1, underline=False, inverse=False)
    cell = Image.new("L", single.cell, 255)
    _draw(cell, letter, single, 0, single.cell[1] - 2)
    strip.paste(cell.resize(look.cell), (at, top))


@cache
def _font(height: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    return ImageFont.truetype(name, height * 20 / 24)
