"""The demo's displays: an X server of its own for each device, or the display that is there."""

import io
import os
import re
import subprocess
from dataclasses import dataclass

from PIL import Image, ImageGrab

Box = tuple[int, int, int, int]
ANSWER_SECONDS = 10


@dataclass(frozen=True)
class Display:
    """Where a device's picture is: an X display name and a rectangle on it, in pixels.

    `virtual` says that it is an X server of ours, without a graphics card.
    """

    name: str
    x: int
    y: int
    width: int
    height: int
    virtual: bool = True

    def grab(self, box: Box | None = None) -> Image.Image:
        """The picture as it stands on the screen now; `box` is relative to the device's corner."""
        left, top, right, bottom = box or (0, 0, self.width, self.height)
        area = (self.x + left, self.y + top, self.x + right, self.y + bottom)
        return ImageGrab.grab(bbox=area, xdisplay=self.name)

    def tap(self, x: int, y: int) -> None:
        """A real touch as the X server sees it: pointer motion, press and release (XTEST)."""
        self._xdotool("mousemove", str(self.x + x), str(self.y + y), "click", "1")

    def type_key(self, key: str) -> None:
        """A real key press, by its X keysym name."""
        self._xdotool("key", key)

    def is_up(self) -> bool:
        """True when the X server answers."""
        return size_of(self.name) is not None

    def _xdotool(self, *arguments: str) -> None:
        environment = {**os.environ, "DISPLAY": self.name}
        subprocess.run(["xdotool", *arguments], env=environment, check=True, capture_output=True)


def beside_each_other(name: str, width: int, height: int) -> tuple[Display, Display]:
    """An infobox (9:16) and a lobby screen (16:9) on one display of that many pixels."""
    kiosk_height = min(height, 1920)
    kiosk_width = kiosk_height * 9 // 16
    lobby_width = min(width - kiosk_width, 1920)
    if lobby_width < 320:
        raise RuntimeError(f"the display {name} ({width}x{height}) is too narrow for the demo")
    lobby = Display(name, kiosk_width, 0, lobby_width, lobby_width * 9 // 16, virtual=False)
    return Display(name, 0, 0, kiosk_width, kiosk_height, virtual=False), lobby


def size_of(name: str) -> tuple[int, int] | None:
    """Width and height of a display's screen in pixels, None when no X server answers."""
    question = ["xdpyinfo", "-display", name]
    try:
        asked = subprocess.run(
            question, capture_output=True, text=True, check=False, timeout=ANSWER_SECONDS
        )
    except subprocess.TimeoutExpired:
        return None
    found = re.search(r"dimensions:\s+(\d+)x(\d+)", asked.stdout)
    return (int(found[1]), int(found[2])) if found else None


def x_server_command(number: int, width: int, height: int) -> list[str]:
    """A virtual X server without a network door."""
    screen = f"{width}x{height}x24"
    return ["Xvfb", f":{number}", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean absolute difference of two pictures of one size, 0 (same) to 255."""
    from PIL import ImageChops, ImageStat  # noqa: PLC0415 - only the tour needs it

    stat = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB")))
    return sum(stat.mean) / len(stat.mean)


def png(picture: Image.Image, width: int | None = None) -> bytes:
    """The picture as PNG, scaled down to `width` pixels when it is wider."""
    if width and picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
