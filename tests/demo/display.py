"""The demo's displays: an X server of its own for each device, or the display that is there."""

import io
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Display:
    """Where a device's picture is: an X display name and a rectangle on it, in pixels."""

    name: str
    x: int
    y: int
    width: int
    height: int

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
        asked = subprocess.run(
            ["xdpyinfo", "-display", self.name], capture_output=True, check=False
        )
        return asked.returncode == 0

    def _xdotool(self, *arguments: str) -> None:
        environment = {**os.environ, "DISPLAY": self.name}
        subprocess.run(["xdotool", *arguments], env=environment, check=True, capture_output=True)


def free_display_number(taken: set[int]) -> int:
    """The first X display number that no server's lock file or socket holds."""
    for number in range(90, 600):
        marks = (Path(f"/tmp/.X{number}-lock"), Path(f"/tmp/.X11-unix/X{number}"))  # noqa: S108 - X's own fixed places
        if number not in taken and not any(mark.exists() for mark in marks):
            return number
    raise RuntimeError("no free X display number between 90 and 599")


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
