"""The sample film about a school crossing: motion graphics by Pillow, H.264 by ffmpeg."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from tests.demo.palette import (
    CORAL,
    INK,
    LEAF,
    MIST,
    NIGHT,
    SUN,
    WHITE,
    font,
    gradient,
    mix,
    sample_mark,
    smooth,
    wordmark,
)

SIZE = (1280, 720)
RATE = 25
SECONDS = 8
_ROAD = 520
_STRIPES = (800, 1010)


def write_clip(path: Path) -> None:
    """Render the film; ffmpeg's own complaint is the error when it fails."""
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(RATE), "-i", "-", "-c:v", "libx264"]
    command += ["-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", str(RATE)]
    command += ["-threads", "2", "-movflags", "+faststart", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        if encoder.stdin is None:
            raise RuntimeError("ffmpeg has no input")
        for frame in frames():
            encoder.stdin.write(frame.tobytes())
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise RuntimeError("ffmpeg could not encode the sample film")


def frames() -> Iterator[Image.Image]:
    """Every frame of the film in order."""
    scene, car, child = _scene(), smooth((300, 120), _car), smooth((70, 150), _child)
    words = [_words("Zpomalte.", "Slow down."), _words("Děti mají přednost.", "Children go first.")]
    for number in range(RATE * SECONDS):
        t = number / RATE
        frame = scene.copy()
        walker = round(_STRIPES[0] + 70), round(340 + 300 * _ease((t - 3.2) / 3.6))
        if walker[1] < 470:
            frame.paste(child, walker, child)
        frame.paste(car, (round(-320 + 740 * _slowing(t / 3.2) + _away(t)), 520), car)
        if walker[1] >= 470:
            frame.paste(child, walker, child)
        _caption(frame, words[0], t, 0.3, 3.3)
        _caption(frame, words[1], t, 3.75, 7.6)
        _speed(frame, t)
        yield frame


def _ease(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def _slowing(t: float) -> float:
    return 1 - (1 - min(max(t, 0.0), 1.0)) ** 2


def _away(t: float) -> float:
    return 1300 * min(max((t - 6.7) / 1.3, 0.0), 1.0) ** 2


def _scene() -> Image.Image:
    night, dawn = (15, 36, 70), (246, 196, 138)
    picture = gradient(SIZE, [(0.0, night), (0.36, (70, 92, 140)), (0.66, dawn), (1.0, dawn)])
    layer = smooth(SIZE, _town, 2)
    picture.paste(layer, (0, 0), layer)
    draw = ImageDraw.Draw(picture)
    wordmark(draw, 70, 52, 32, WHITE)
    sample_mark(draw, 1230, 694, 17, MIST)
    return picture


def _town(draw: ImageDraw.ImageDraw, k: float) -> None:
    hills = [(0, 400), (240, 330), (520, 390), (760, 300), (1000, 250), (1280, 350)]
    draw.polygon([(x * k, y * k) for x, y in [*hills, (1280, 720), (0, 720)]], fill=(104, 98, 138))
    tower = [(994, 160), (1006, 160), (1010, 190), (1032, 254), (968, 254), (990, 190)]
    draw.polygon([(x * k, y * k) for x, y in tower], fill=(78, 72, 116))
    draw.line((1000 * k, 116 * k, 1000 * k, 170 * k), (78, 72, 116), round(4 * k))
    for house in _HOUSES:
        _house(draw, k, *house)
    _street(draw, k)
    _crossing_sign(draw, k)


_HOUSES = ((40, 150, 120), (210, 110, 160), (340, 190, 100), (560, 130, 140), (1100, 150, 130))


def _house(draw: ImageDraw.ImageDraw, k: float, x: int, wide: int, high: int) -> None:
    box = (x * k, (470 - high) * k, (x + wide) * k, 480 * k)
    draw.rectangle(box, fill=(46, 54, 94))
    peak = [(x - 8, 471 - high), (x + wide / 2, 430 - high), (x + wide + 8, 471 - high)]
    draw.polygon([(px * k, py * k) for px, py in peak], fill=(120, 66, 72))
    for step in range(wide // 36):
        for row in range(high // 46):
            left, top = x + 14 + step * 36, 486 - high + row * 44
            lit = (step + row + x) % 3 != 0
            light = (255, 222, 150) if lit else (64, 74, 118)
            draw.rectangle((left * k, top * k, (left + 16) * k, (top + 22) * k), fill=light)


def _street(draw: ImageDraw.ImageDraw, k: float) -> None:
    draw.rectangle((0, 470 * k, 1280 * k, 520 * k), fill=(168, 160, 150))
    draw.rectangle((0, _ROAD * k, 1280 * k, 670 * k), fill=(52, 60, 76))
    draw.rectangle((0, 664 * k, 1280 * k, 720 * k), fill=(30, 40, 62))
    for step in range(5):
        y = 530 + step * 27
        box = (_STRIPES[0] * k, y * k, _STRIPES[1] * k, (y + 14) * k)
        draw.rectangle(box, fill=(244, 242, 234))
    for x in (*range(20, 760, 120), *range(1060, 1280, 120)):
        draw.rectangle((x * k, 592 * k, (x + 60) * k, 598 * k), fill=(212, 208, 196))


def _crossing_sign(draw: ImageDraw.ImageDraw, k: float) -> None:
    draw.rectangle((1046 * k, 330 * k, 1054 * k, 500 * k), fill=(120, 126, 136))
    draw.rounded_rectangle((1006 * k, 290 * k, 1094 * k, 378 * k), 10 * k, fill=(28, 96, 180))
    draw.polygon([(x * k, y * k) for x, y in ((1050, 302), (1084, 366), (1016, 366))], fill=WHITE)
    draw.ellipse((1045 * k, 324 * k, 1055 * k, 334 * k), fill=INK)
    draw.line((1050 * k, 334 * k, 1050 * k, 348 * k), INK, round(5 * k))
    draw.line((1050 * k, 347 * k, 1042 * k, 361 * k), INK, round(4 * k))
    draw.line((1050 * k, 347 * k, 1058 * k, 361 * k), INK, round(4 * k))


def _car(draw: ImageDraw.ImageDraw, k: float) -> None:
    cabin = [(66, 46), (102, 8), (196, 8), (240, 46)]
    draw.polygon([(x * k, y * k) for x, y in cabin], fill=CORAL)
    glass = (
        [(80, 46), (106, 17), (144, 17), (144, 46)],
        [(152, 46), (152, 17), (190, 17), (222, 46)],
    )
    for pane in glass:
        draw.polygon([(x * k, y * k) for x, y in pane], fill=(206, 226, 238))
    draw.rounded_rectangle((12 * k, 44 * k, 288 * k, 94 * k), 22 * k, fill=CORAL)
    draw.rounded_rectangle((268 * k, 58 * k, 290 * k, 72 * k), 6 * k, fill=(255, 240, 190))
    draw.rounded_rectangle((10 * k, 58 * k, 26 * k, 72 * k), 6 * k, fill=(140, 28, 24))
    for x in (72, 226):
        draw.ellipse(((x - 27) * k, 64 * k, (x + 27) * k, 118 * k), fill=(24, 28, 38))
        draw.ellipse(((x - 11) * k, 80 * k, (x + 11) * k, 102 * k), fill=MIST)


def _child(draw: ImageDraw.ImageDraw, k: float) -> None:
    draw.line((30 * k, 100 * k, 24 * k, 146 * k), INK, round(11 * k))
    draw.line((42 * k, 100 * k, 48 * k, 146 * k), INK, round(11 * k))
    draw.rounded_rectangle((4 * k, 46 * k, 24 * k, 92 * k), 9 * k, fill=CORAL)
    draw.rounded_rectangle((16 * k, 42 * k, 56 * k, 108 * k), 15 * k, fill=SUN)
    draw.line((52 * k, 54 * k, 66 * k, 84 * k), SUN, round(10 * k))
    draw.ellipse((18 * k, 4 * k, 54 * k, 40 * k), fill=(240, 200, 168))
    draw.pieslice((16 * k, 1 * k, 56 * k, 41 * k), 180, 360, fill=LEAF)


def _words(czech: str, english: str) -> Image.Image:
    layer = Image.new("RGBA", (820, 170))
    draw = ImageDraw.Draw(layer)
    draw.text((0, 60), czech, WHITE, font(76, "Bold"), "lm")
    draw.text((3, 132), english, (226, 232, 242), font(34, "Medium"), "lm")
    return layer


def _caption(frame: Image.Image, words: Image.Image, t: float, start: float, end: float) -> None:
    shown = _ease((t - start) / 0.5) * (1 - _ease((t - end) / 0.4))
    if shown > 0:
        faded = words.getchannel("A").point([round(v * shown) for v in range(256)])
        frame.paste(words, (70, round(116 + 30 * (1 - shown))), faded)


def _speed(frame: Image.Image, t: float) -> None:
    speed = round(50 - 50 * _ease((t - 0.6) / 2.4) + 30 * _ease((t - 6.7) / 1.2))
    draw = ImageDraw.Draw(frame)
    draw.rounded_rectangle((1000, 36, 1234, 124), 24, fill=mix(NIGHT, INK, 0.4))
    draw.text((1100, 80), str(speed), SUN if speed <= 30 else CORAL, font(64, "Bold"), "rm")
    draw.text((1120, 80), "km/h", MIST, font(32, "Medium"), "lm")
