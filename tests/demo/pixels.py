"""Reads a few pixels of an X display quickly, to see the moment of a change; draws nothing.

A whole screenshot takes tens of milliseconds and much of a core; one pixel by XGetImage takes
some tens of microseconds, so that a watcher does not disturb what it measures.
"""

import ctypes
import ctypes.util
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.demo.display import Display

Rgb = tuple[int, int, int]
_ALL_PLANES = ctypes.c_ulong(0xFFFFFFFF)
_Z_PIXMAP = 2
POLL_SECONDS = 0.002


class _XImage(ctypes.Structure):
    """The head of Xlib's XImage, as far as we read it (Xlib.h)."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.POINTER(ctypes.c_ubyte)),
    )


def _library() -> ctypes.CDLL:
    lib = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    lib.XOpenDisplay.restype = ctypes.c_void_p
    lib.XGetImage.restype = ctypes.POINTER(_XImage)
    lib.XDefaultRootWindow.restype = ctypes.c_ulong
    for function in (lib.XCloseDisplay, lib.XDefaultRootWindow, lib.XDestroyImage):
        function.argtypes = [ctypes.c_void_p]
    return lib


class Pixels:
    """A connection to a device's display that reads single pixels of 24-bit screens."""

    def __init__(self, display: Display) -> None:
        """ConnectionError when no X server answers."""
        self._lib = _library()
        self._corner = (display.x, display.y)
        self._x = self._lib.XOpenDisplay(display.name.encode())
        if not self._x:
            raise ConnectionError(f"no X server answers on {display.name}")
        self._root = self._lib.XDefaultRootWindow(self._x)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lib.XCloseDisplay(self._x)

    def rgb(self, x: int, y: int) -> Rgb:
        """Red, green and blue at a place relative to the device's corner."""
        left, top = self._corner[0] + x, self._corner[1] + y
        image = self._lib.XGetImage(
            ctypes.c_void_p(self._x),
            ctypes.c_ulong(self._root),
            left,
            top,
            1,
            1,
            _ALL_PLANES,
            _Z_PIXMAP,
        )
        if not image:
            raise ConnectionError("the X server gave no picture")
        blue, green, red = (image.contents.data[index] for index in range(3))
        self._lib.XDestroyImage(ctypes.cast(image, ctypes.c_void_p))
        return red, green, blue

    def wait(self, holds: Callable[["Pixels"], bool], seconds: float) -> float:
        """Polls until `holds(self)`; returns the monotonic time it was seen, or TimeoutError."""
        deadline = time.monotonic() + seconds
        while not holds(self):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the screen did not change within {seconds:g} s")
            time.sleep(POLL_SECONDS)
        return time.monotonic()


def near(one: Rgb, other: Rgb, tolerance: int = 12) -> bool:
    """True when no channel differs by more than the tolerance."""
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))
