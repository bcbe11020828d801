"""Finds the few pixels that tell one picture from another, so that a change is seen at once; pure.

A telltale is a place where the picture waited for is of one colour all around and the picture
before it is clearly another. Eight of them, spread out, cannot be met by chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from tests.demo.pixels import Pixels, Rgb, near

COUNT = 8
GRID = 18  # pixels between the candidates
AROUND = 4  # pixels that must be of the same colour on each side
CLEARLY = 40  # least difference of one channel
APART = 100  # least distance between two telltales
CLOCKS = 0.35  # the upper part of a screen is left out: clocks and dates stand there


@dataclass(frozen=True)
class Telltale:
    """Places and their colours in the picture waited for."""

    places: tuple[tuple[int, int, Rgb], ...]

    def seen(self, pixels: Pixels) -> bool:
        """True when every place has its colour now."""
        return all(near(pixels.rgb(x, y), colour) for x, y, colour in self.places)


def telltale(before: tuple[Image.Image, ...], after: Image.Image) -> Telltale:
    """The places that tell `after` from every picture of `before`; ValueError when too alike."""
    chosen: list[tuple[int, int, Rgb]] = []
    for x, y in _candidates(after):
        colour = _rgb(after, x, y)
        fresh = all(_differs(_rgb(picture, x, y), colour) for picture in before)
        far = all(abs(x - a) + abs(y - b) >= APART for a, b, _ in chosen)
        if fresh and far and _uniform(after, x, y, colour):
            chosen.append((x, y, colour))
    if len(chosen) < COUNT:
        raise ValueError(f"the pictures differ at {len(chosen)} places only")
    step = len(chosen) / COUNT
    return Telltale(tuple(chosen[int(index * step)] for index in range(COUNT)))


def _candidates(picture: Image.Image) -> Iterator[tuple[int, int]]:
    for y in range(round(picture.height * CLOCKS), picture.height - GRID, GRID):
        for x in range(GRID, picture.width - GRID, GRID):
            yield x, y


def _rgb(picture: Image.Image, x: int, y: int) -> Rgb:
    found = picture.getpixel((x, y))
    if not isinstance(found, tuple):
        raise TypeError("the picture is not in RGB")
    return int(found[0]), int(found[1]), int(found[2])


def _differs(one: Rgb, other: Rgb) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) >= CLEARLY


def _uniform(picture: Image.Image, x: int, y: int, colour: Rgb) -> bool:
    steps = (-AROUND, 0, AROUND)
    return all(near(_rgb(picture, x + i, y + j), colour, 3) for i in steps for j in steps)
