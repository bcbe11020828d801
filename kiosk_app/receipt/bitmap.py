"""Pictures for the raster mode: QR codes, and text that no code page carries; it sends nothing."""

from functools import cache
from typing import Final, NewType

import segno
from PIL import Image, ImageDraw, ImageFont

from kiosk_app.receipt.elements import Align, Size
from kiosk_app.receipt.typeset import Paper, TextLine

Dots = NewType("Dots", int)

QR_LARGEST: Final = Dots(416)
"""Side of a QR code with its quiet zone: 52 mm at 203 dpi."""
_QUIET: Final = 4
_LARGEST_SCALE: Final = 8
_FONT_FILES: Final = (
    "DejaVuSansMono.ttf",
    "DejaVuSansMono-Bold.ttf",
)
_LINE_HEIGHT: Final = {Size.NORMAL: 24, Size.DOUBLE: 48, Size.SMALL: 17}


class FontMissing(RuntimeError):  # noqa: N818 - the sentence reads "font missing: …"
    """The font for text pictures is not installed (Debian: fonts-dejavu-core)."""


def qr_picture(content: str, paper: Paper) -> Image.Image:
    """A 1-bit QR code (ISO/IEC 18004, level M as QR Platba asks) with its quiet zone, centred.

    Raises:
        ValueError: The content is too long for a QR code of this paper.
    """
    code = segno.make_qr(content, error="M")
    modules = int(code.symbol_size(border=_QUIET)[0])
    scale = min(_LARGEST_SCALE, min(QR_LARGEST, paper.dots) // modules)
    if scale < 2:  # noqa: PLR2004 - a single dot a module is not scanned reliably
        raise ValueError("The QR code has more modules than the paper has room for.")
    side = modules * scale
    small = Image.new("1", (modules, modules), 1)
    for row, cells in enumerate(code.matrix_iter(border=_QUIET)):
        for column, dark in enumerate(cells):
            small.putpixel((column, row), 0 if dark else 1)
    return _centred(small.resize((side, side), Image.Resampling.NEAREST), paper)


def text_picture(line: TextLine, paper: Paper) -> Image.Image:
    """One line of text as a 1-bit picture, each letter on its column of the paper.

    Raises:
        FontMissing: The font is not installed.
    """
    height = _LINE_HEIGHT[line.style.size]
    advance = paper.dots // paper.width(line.style.size)
    picture = Image.new("1", (max(1, len(line.text)) * advance, height), 1)
    draw = ImageDraw.Draw(picture)
    font = _font(height, bold=line.style.bold)
    for index, letter in enumerate(line.text):
        if not letter.isprintable():
            continue
        draw.text((index * advance + advance / 2, height * 0.8), letter, 0, font, anchor="ms")
    return _centred(picture, paper) if line.style.align is Align.CENTER else picture


def require_font() -> None:
    """Find out at start-up, not in front of a citizen, that the font is there.

    Raises:
        FontMissing: The font is not installed.
    """
    for bold in (False, True):
        _font(_LINE_HEIGHT[Size.NORMAL], bold=bold)


@cache
def _font(height: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = _FONT_FILES[bold]
    try:
        size = round(height * 0.8)
        return ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise FontMissing(f"The font {name} is not installed (fonts-dejavu-core).") from error


def _centred(picture: Image.Image, paper: Paper) -> Image.Image:
    canvas = Image.new("1", (paper.dots, picture.height), 1)
    canvas.paste(picture, ((paper.dots - picture.width) // 2, 0))
    return canvas
