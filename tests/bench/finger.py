"""A finger on an X display: presses by XTEST over one kept connection."""

import ctypes
import ctypes.util
from types import TracebackType
from typing import Self

_FIRST_BUTTON = 1
_SAME_SCREEN = -1
_AT_ONCE = ctypes.c_ulong(0)


class Finger:
    """Touches places of one X display (X Test Extension Library, XTestFakeButtonEvent)."""

    def __init__(self, display: str) -> None:
        """ConnectionError when no X server answers."""
        self._xlib = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._xtest = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self._xlib.XOpenDisplay.restype = ctypes.c_void_p
        self._x = ctypes.c_void_p(self._xlib.XOpenDisplay(display.encode()))
        if not self._x.value:
            raise ConnectionError(f"no X server answers on {display}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._xlib.XCloseDisplay(self._x)

    def move(self, x: int, y: int) -> None:
        """Go to a place, as a finger above the glass; done when it returns."""
        self._xtest.XTestFakeMotionEvent(self._x, _SAME_SCREEN, x, y, _AT_ONCE)
        self._xlib.XSync(self._x, 0)

    def press(self) -> None:
        """Touch and let go; the events are with the X server when it returns."""
        for down in (1, 0):
            self._xtest.XTestFakeButtonEvent(self._x, _FIRST_BUTTON, down, _AT_ONCE)
        self._xlib.XSync(self._x, 0)
