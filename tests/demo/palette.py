"""The sample city's look: colours, typeface and drawing aids for generated media; no content."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

NIGHT = (11, 31, 58)
INK = (16, 42, 76)
PAPER = (246, 244, 238)
LEAF = (31, 143, 109)
SUN = (245, 178, 61)
CORAL = (226, 88, 62)
MIST = (201, 212, 224)
GREY = (96, 112, 134)
WHITE = (255, 255, 255)

Colour = tuple[int, int, int]
_FONTS = Path("/usr/share/fonts/opentype/inter")


def font(size: float, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Inter in one of its weights; display cuts from 60 pixels up."""
    cut = "InterDisplay" if size >= 60 else "Inter"
    return ImageFont.truetype(_FONTS / f"{cut}-{weight}.otf", round(size))


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two, `share` of the second."""
    low, high = first, second
    return (
        round(low[0] + (high[0] - low[0]) * share),
        round(low[1] + (high[1] - low[1]) * share),
        round(low[2] + (high[2] - low[2]) * share),
    )


def gradient(size: tuple[int, int], stops: list[tuple[float, Colour]]) -> Image.Image:
    """A vertical gradient through colour stops at heights from 0 to 1."""
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        column.putpixel((0, y), _at(stops, y / size[1]))
    return column.resize(size)


def _at(stops: list[tuple[float, Colour]], height: float) -> Colour:
    for (low, first), (high, second) in pairwise(stops):
        if height <= high:
            return mix(first, second, (height - low) / (high - low))
    return stops[-1][1]


def smooth(
    size: tuple[int, int], paint: Callable[[ImageDraw.ImageDraw, float], None], scale: int = 3
) -> Image.Image:
    """A transparent picture painted `scale` times larger and reduced, for clean edges."""
    large = Image.new("RGBA", (size[0] * scale, size[1] * scale))
    paint(ImageDraw.Draw(large), scale)
    return large.resize(size, Image.Resampling.LANCZOS)


def wordmark(draw: ImageDraw.ImageDraw, x: float, y: float, unit: float, colour: Colour) -> None:
    """The city's line: a bar, the name and the project."""
    draw.rounded_rectangle((x, y, x + unit * 0.22, y + unit), unit * 0.11, fill=SUN)
    draw.text((x + unit * 0.5, y + unit * 0.5), "Liberec", colour, font(unit * 0.92, "Bold"), "lm")
    shift = draw.textlength("Liberec", font(unit * 0.92, "Bold"))
    place = (x + unit * 0.8 + shift, y + unit * 0.52)
    draw.text(place, "Otevřené město", mix(colour, GREY, 0.35), font(unit * 0.62, "Medium"), "lm")


def sample_mark(draw: ImageDraw.ImageDraw, right: float, y: float, unit: float, c: Colour) -> None:
    """Every generated picture says that its data are a sample."""
    draw.text((right, y), "ukázková data / sample data", c, font(unit, "Medium"), "rm")
