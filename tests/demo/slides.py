"""Still slides of the sample city, drawn at 1920x1080 from data; writes no file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi, sin, sqrt

from PIL import Image, ImageDraw

from tests.demo.palette import (
    CORAL,
    GREY,
    INK,
    LEAF,
    MIST,
    NIGHT,
    PAPER,
    SUN,
    WHITE,
    Colour,
    font,
    gradient,
    mix,
    sample_mark,
    smooth,
    wordmark,
)

SIZE = (1920, 1080)
SORTED_KG = {"2021": 61, "2022": 68, "2023": 74, "2024": 83, "2025": 92}


def waste_fee(headline: str = "Poplatek za komunální odpad 2026") -> Image.Image:
    """When the waste fee is due and what sorting brings, with a plot of `SORTED_KG`."""
    slide = Image.new("RGB", SIZE, PAPER)
    panel = smooth(SIZE, _waste_panel, 2)
    slide.paste(panel, (0, 0), panel)
    draw = ImageDraw.Draw(slide)
    wordmark(draw, 110, 84, 46, INK)
    _headline(draw, headline)
    draw.text((112, 486), "Municipal waste fee 2026: when it is due", GREY, font(36), "lm")
    _due_date(draw)
    _plot(slide, (1120, 250, 1800, 830))
    sample_mark(draw, 1810, 1010, 24, mix(MIST, NIGHT, 0.25))
    return slide


def _waste_panel(draw: ImageDraw.ImageDraw, k: float) -> None:
    draw.rounded_rectangle((1010 * k, -80 * k, 2000 * k, 1160 * k), 90 * k, fill=NIGHT)
    draw.rounded_rectangle((110 * k, 560 * k, 900 * k, 830 * k), 36 * k, fill=WHITE)
    draw.rounded_rectangle((110 * k, 560 * k, 134 * k, 830 * k), 12 * k, fill=LEAF)


def _headline(draw: ImageDraw.ImageDraw, text: str) -> None:
    face, lines = font(80, "Bold"), [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if draw.textlength(joined, face) > 860:
            lines.append(word)
        else:
            lines[-1] = joined
    for index, line in enumerate(lines):
        draw.text((108, 430 - 92 * (len(lines) - index)), line, INK, face, "ls")
    draw.text((108, 430), "splatnost", LEAF, face, "ls")


def _due_date(draw: ImageDraw.ImageDraw) -> None:
    draw.text((190, 612), "SPLATNÉ DO  ·  DUE BY", GREY, font(28, "SemiBold"), "lm")
    draw.text((186, 694), "31. května 2026", INK, font(86, "Bold"), "lm")
    draw.text((190, 776), "850 Kč na osobu a rok  ·  CZK 850 a person", INK, font(33), "lm")
    draw.text(
        (112, 905), "Zaplatíte QR kódem v každém infoboxu, i s účtenkou.", INK, font(32), "lm"
    )
    draw.text(
        (112, 957), "Pay by QR code at any infobox and take the receipt.", GREY, font(30), "lm"
    )


def _plot(slide: Image.Image, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw = ImageDraw.Draw(slide)
    draw.text((left, top - 98), "Třídíme víc každý rok", WHITE, font(50, "SemiBold"), "lm")
    caption = "vytříděno, kg na obyvatele  ·  sorted, kg a person"
    draw.text((left, top - 44), caption, MIST, font(27), "lm")
    step = (right - left) / len(SORTED_KG)
    for level in range(0, 101, 25):
        y = bottom - (bottom - top) * level / 100
        draw.line((left, y, right, y), mix(NIGHT, MIST, 0.22), 2)
    for index, (year, value) in enumerate(SORTED_KG.items()):
        last = index == len(SORTED_KG) - 1
        x, y = left + step * (index + 0.18), bottom - (bottom - top) * value / 100
        bar = smooth((round(step * 0.64), round(bottom - y)), _bar(SUN if last else LEAF))
        slide.paste(bar, (round(x), round(y)), bar)
        centre = x + step * 0.32
        draw.text((centre, y - 34), str(value), WHITE, font(40, "Bold"), "mm")
        draw.text((centre, bottom + 44), year, MIST, font(32, "Medium"), "mm")


def _bar(colour: Colour) -> Callable[[ImageDraw.ImageDraw, float], None]:
    def paint(draw: ImageDraw.ImageDraw, _k: float) -> None:
        wide, high = draw.im.size
        draw.rounded_rectangle((0, 0, wide, high + 60), 36, fill=colour)

    return paint


def sights(headline: str = "Kam dnes v Liberci") -> Image.Image:
    """Ještěd at dusk and three places to go."""
    sky = [
        (0.0, (24, 34, 78)),
        (0.34, (92, 62, 112)),
        (0.56, (232, 128, 92)),
        (0.7, (250, 196, 120)),
    ]
    slide = gradient(SIZE, sky)
    for layer in (_sun, _far_hills, _jested, _near_hills):
        picture = smooth(SIZE, layer, 2)
        slide.paste(picture, (0, 0), picture)
    draw = ImageDraw.Draw(slide)
    wordmark(draw, 110, 84, 46, WHITE)
    draw.text((106, 268), headline, WHITE, font(116, "Bold"), "lm")
    draw.text((112, 362), "Where to go in Liberec today", (248, 226, 214), font(42), "lm")
    for index, place in enumerate(_PLACES):
        _card(slide, 110 + index * 580, place)
    sample_mark(draw, 1810, 1040, 24, (236, 226, 220))
    return slide


def _sun(draw: ImageDraw.ImageDraw, k: float) -> None:
    for ring in range(40):
        radius = (330 - ring * 6) * k
        box = (1130 * k - radius, 560 * k - radius, 1130 * k + radius, 560 * k + radius)
        draw.ellipse(box, fill=(255, 214, 150, 3 + ring // 4))
    draw.ellipse((1040 * k, 470 * k, 1220 * k, 650 * k), fill=(255, 232, 190))


def _ridge(points: Sequence[tuple[float, float]], k: float) -> list[tuple[float, float]]:
    return [(x * k, y * k) for x, y in [(-50, 1200), *points, (1970, 1200)]]


def _far_hills(draw: ImageDraw.ImageDraw, k: float) -> None:
    shape = [(-50, 610), (180, 560), (420, 600), (700, 540), (940, 590), (1200, 560), (1970, 640)]
    draw.polygon(_ridge(shape, k), fill=(126, 76, 104))


def _jested(draw: ImageDraw.ImageDraw, k: float) -> None:
    slope = [(x, 392 + 0.52 * abs(x - 1440) ** 0.94 + (14 if x % 90 else 0)) for x in _STEPS]
    draw.polygon(_ridge(slope, k), fill=(64, 44, 84))
    sides = [(1440 + side * _tower_width(y), y) for side, y in _TOWER]
    draw.polygon([(x * k, y * k) for x, y in sides], fill=(38, 28, 62))
    draw.rectangle((1438 * k, 108 * k, 1442 * k, 200 * k), fill=(38, 28, 62))
    for y in (376, 390):
        half = _tower_width(y) - 3
        draw.line(
            ((1440 - half) * k, y * k, (1440 + half) * k, y * k), (250, 206, 130), round(3 * k)
        )


def _tower_width(y: float) -> float:
    """Half the width of the hyperboloid at a height: a waist near the top, a wide foot."""
    return 7 * sqrt(1 + ((y - 205) / 20) ** 2) if y > 205 else 7 - (205 - y) * 0.05


_STEPS = range(500, 1971, 45)
_HEIGHTS = range(180, 424, 4)
_TOWER = [(-1, y) for y in _HEIGHTS] + [(1, y) for y in reversed(_HEIGHTS)]


def _near_hills(draw: ImageDraw.ImageDraw, k: float) -> None:
    shape = [(-50, 700), (260, 640), (620, 730), (1000, 690), (1400, 760), (1970, 700)]
    draw.polygon(_ridge(shape, k), fill=(34, 28, 58))


@dataclass(frozen=True)
class _Place:
    name: str
    czech: str
    english: str
    colour: Colour
    sign: str


_PLACES = (
    _Place(
        "ZOO Liberec", "bílí tygři a zoologická škola", "white tigers, open all year", SUN, "zoo"
    ),
    _Place("iQLANDIA", "vědecké centrum, planetárium", "science centre, planetarium", CORAL, "iq"),
    _Place(
        "Botanická zahrada", "devět skleníků pod střechou", "nine greenhouses to walk", LEAF, "leaf"
    ),
)


def _card(slide: Image.Image, x: int, place: _Place) -> None:
    def paint(draw: ImageDraw.ImageDraw, k: float) -> None:
        draw.rounded_rectangle((0, 0, 540 * k, 236 * k), 34 * k, fill=(*WHITE, 244))
        draw.ellipse((34 * k, 58 * k, 154 * k, 178 * k), fill=place.colour)
        _SIGNS[place.sign](draw, k)

    card = smooth((540, 236), paint, 3)
    slide.paste(card, (x, 762), card)
    draw = ImageDraw.Draw(slide)
    draw.text((x + 184, 830), place.name, INK, font(36, "Bold"), "lm")
    draw.text((x + 184, 882), place.czech, INK, font(22, "Medium"), "lm")
    draw.text((x + 184, 922), place.english, GREY, font(22), "lm")


def _paw(draw: ImageDraw.ImageDraw, k: float) -> None:
    for x, y, r in ((94, 134, 22), (60, 112, 10), (80, 90, 11), (108, 90, 11), (128, 112, 10)):
        draw.ellipse(((x - r) * k, (y - r) * k, (x + r) * k, (y + r) * k), fill=WHITE)


def _atom(draw: ImageDraw.ImageDraw, k: float) -> None:
    draw.ellipse((84 * k, 108 * k, 104 * k, 128 * k), fill=WHITE)
    draw.ellipse((52 * k, 98 * k, 136 * k, 138 * k), outline=WHITE, width=round(5 * k))
    draw.ellipse((74 * k, 76 * k, 114 * k, 160 * k), outline=WHITE, width=round(5 * k))


def _leaf(draw: ImageDraw.ImageDraw, k: float) -> None:
    blade = [(94 + side * 30 * sin(pi * t / 20), 82 + 3.4 * t) for side, t in _BLADE]
    draw.polygon([(x * k, y * k) for x, y in blade], fill=WHITE)
    draw.line((94 * k, 162 * k, 94 * k, 104 * k), LEAF, round(5 * k))
    for y in (114, 128):
        draw.line((94 * k, (y + 10) * k, 108 * k, (y - 4) * k), LEAF, round(4 * k))
        draw.line((94 * k, (y + 10) * k, 80 * k, (y - 4) * k), LEAF, round(4 * k))


_BLADE = [(-1, t) for t in range(21)] + [(1, t) for t in reversed(range(21))]
_SIGNS = {"zoo": _paw, "iq": _atom, "leaf": _leaf}
