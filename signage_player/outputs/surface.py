"""The port of everything that can show an item: a native child window; decides nothing."""

from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Picture:
    """A decoded still."""

    image: QImage


@dataclass(frozen=True)
class Film:
    """A checked video file, held open, its container and the place to begin in milliseconds."""

    file: BinaryIO
    media_type: str
    offset_ms: int
    cover: bool


@dataclass(frozen=True)
class Page:
    """The checked bytes of a self-contained HTML page."""

    html: bytes


Media = Picture | Film | Page


class Surface(QWidget):
    """A native window that prepares a medium behind the front one and starts it when raised.

    `ready(token)` or `failed(token, reason)` answers each `prepare`; `lost(reason)` says that
    what stood on the surface is gone, `flawed(reason)` that it stands but not as it should.
    """

    ready = Signal(int)
    failed = Signal(int, str)
    lost = Signal(str)
    flawed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)

    def prepare(self, token: int, media: Media) -> None:
        """Make a medium ready behind the front one."""
        raise NotImplementedError

    def start(self) -> None:
        """The surface is in front now."""

    def release(self) -> None:
        """The surface left the front; what it shows is no longer needed."""

    def close_output(self) -> None:
        """End for good."""
