"""Decodes and shows still pictures on a native Qt window; mpv is not needed for them."""

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from signage_player.outputs.surface import Media, Picture, Surface

BACKDROP = QColor(11, 31, 58)
MAX_SIDE = 8192
"""Pixels; an 8K picture fits."""
_FORMATS = {"image/png": b"png", "image/jpeg": b"jpeg", "image/webp": b"webp"}


class BadPicture(Exception):  # noqa: N818 - it names the thing, as the log does
    """Bytes that are no picture we show; one sentence says why."""


def decode(data: bytes, media_type: str, size: QSize, *, cover: bool) -> QImage:
    """A picture scaled to fit or cover `size` (pixels); works in any thread.

    Raises:
        BadPicture: another format than announced, damaged, or larger than MAX_SIDE.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    if media_type not in _FORMATS:
        raise BadPicture(f"is {media_type}, no picture that can be shown")
    reader = QImageReader(buffer, QByteArray(_FORMATS[media_type]))
    reader.setAutoDetectImageFormat(False)
    natural = reader.size()
    if not natural.isValid() or natural.isEmpty():
        raise BadPicture(f"is no {media_type} that can be read")
    if max(natural.width(), natural.height()) > MAX_SIDE:
        raise BadPicture(f"has {natural.width()}x{natural.height()} pixels; {MAX_SIDE} is the most")
    if cover:
        reader.setClipRect(_middle(natural, size))
        reader.setScaledSize(size)
    else:
        fitted = natural.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitted.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise BadPicture(f"is a damaged {media_type}: {reader.errorString()}")
    return image


def _middle(natural: QSize, size: QSize) -> QRect:
    """The part of a picture that is seen when it covers `size`.

    Nothing else is scaled: a strip of 8192x1 pixels would become as high as the screen and
    thousands of screens wide.
    """
    seen = size.scaled(natural, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    part = QRect(0, 0, seen.width(), seen.height())
    part.moveCenter(QRect(0, 0, natural.width(), natural.height()).center())
    return part


class ImageSurface(Surface):
    """A still picture, centred, on the city's dark blue."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()

    def prepare(self, token: int, media: Media) -> None:
        """Take a decoded picture; it is ready at once."""
        if not isinstance(media, Picture):
            self.failed.emit(token, "is no picture")
            return
        self._pixmap = QPixmap.fromImage(media.image)
        self.update()
        self.ready.emit(token)

    def start(self) -> None:
        """Paint in the same breath as the window comes up."""
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture over the backdrop."""
        painter = QPainter(self)
        place = QRect(self._pixmap.rect())
        place.moveCenter(self.rect().center())
        if not place.contains(self.rect()):
            painter.fillRect(event.rect(), BACKDROP)
        painter.drawPixmap(place.topLeft(), self._pixmap)
        painter.end()
