"""The drawn icons of the screens as pictures for QML, by name, colour and weight; all our own.

They are pictures and not QML shapes because Qt's software renderer does not clip shapes.
"""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" fill="none"'
    ' stroke="#{colour}" stroke-width="{weight}" stroke-linecap="round" stroke-linejoin="round"/>'
    "</svg>"
)
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'
    '<path fill="#f5b23d" d="M0 62C12 58 22 52 29 46L43 46C50 52 60 58 72 62L72 68L0 68Z"/>'
    '<path fill="#{colour}" d="M22 46C29 42 32.5 34 33.8 24L34.9 8L36 2L37.1 8L38.2 24'
    'C39.5 34 43 42 50 46Z"/></svg>'
)
_PATHS = {
    "person": (
        "M12 12.2a4.3 4.3 0 1 0 0-8.6 4.3 4.3 0 0 0 0 8.6Z M3.8 20.4c1.1-3.7 4.4-5.2 "
        "8.2-5.2s7.1 1.5 8.2 5.2"
    ),
    "board": "M5 3.5h14v17H5Z M8.5 8h7 M8.5 12h7 M8.5 16h4",
    "guide": "M12 3v18 M8.5 21h7 M12 4.5h6l2.4 2.4L18 9.3h-6 M12 11.3H6L3.6 13.7 6 16.1h6",
    "todo": (
        "M3.8 6l1.6 1.6 3-3.2 M12 6h8.2 M3.8 12l1.6 1.6 3-3.2 M12 12h8.2 M3.8 18l1.6 1.6 "
        "3-3.2 M12 18h8.2"
    ),
    "pay": (
        "M2.8 6.2h18.4v11.6H2.8Z M12 14.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z M6 9.6v4.8 "
        "M18 9.6v4.8"
    ),
    "case": (
        "M3.2 6.6c0-.9.7-1.6 1.6-1.6h4.4l2 2.4h8c.9 0 1.6.7 1.6 1.6v8.6c0 .9-.7 1.6-1.6 "
        "1.6H4.8c-.9 0-1.6-.7-1.6-1.6Z"
    ),
    "contract": (
        "M6 3.3h8l4.2 4.2v13.2H6Z M14 3.3v4.2h4.2 M9 11.2h6 M8.8 17.2c1-2.2 2-2.2 2.4-.7s1.4 "
        "1.2 3.6-.6"
    ),
    "document": "M6 3.3h8l4.2 4.2v13.2H6Z M14 3.3v4.2h4.2 M9 12h6 M9 16h6",
    "message": "M3.2 5.6h17.6v12.8H3.2Z M3.2 6.6l8.8 6.6 8.8-6.6",
    "card": "M2.8 5.8h18.4v12.4H2.8Z M6 9.6h5v4.8H6Z M14 10.4h4.2 M14 13.8h4.2",
    "passport": (
        "M5.5 2.8h13v18.4h-13Z M12 13a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z M8.8 9.8h6.4 "
        "M9 17.2h6"
    ),
    "phone": "M7 2.8h10v18.4H7Z M10.8 18.4h2.4",
    "lock": "M5.2 10.8h13.6v9.6H5.2Z M8 10.8V7.4a4 4 0 0 1 8 0v3.4 M12 14.4v2.6",
    "people": (
        "M8.6 11.4a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8Z M2.6 19.4c.8-3.2 3.2-4.6 6-4.6s5.2 "
        "1.4 6 4.6 M15.4 4.9a3.4 3.4 0 0 1 0 6.4 M17.4 15.2c2 .6 3.4 2 4 4.2"
    ),
    "company": (
        "M4 20.6V6.2l8-3v17.4 M12 9.4h8v11.2H4 M7.4 9.4h1.2 M7.4 13h1.2 M7.4 16.6h1.2 "
        "M15.4 13h1.2 M15.4 16.6h1.2"
    ),
    "question": "M8.4 8.6a3.7 3.7 0 1 1 5.4 3.3c-1.2.6-1.8 1.4-1.8 2.8 M12 18.6v.2",
    "cross": "M6 6l12 12 M18 6L6 18",
    "flip": (
        "M5 9.2a7.6 7.6 0 0 1 13.2-1.6L20 10 M20 4.6V10h-5.4 M19 14.8a7.6 7.6 0 0 1-13.2 1.6L4 14 "
        "M4 19.4V14h5.4"
    ),
    "up": "M12 20V5 M5.6 11.2L12 5l6.4 6.2",
    "crack": "M13.4 0.8L10.2 7.4l3.6 3.2-4.4 4.6 3.4 3-2.4 5",
    "down": "M12 4v15 M5.6 12.8L12 19l6.4-6.2",
    "print": "M7 8.8V3.4h10v5.4 M7 17H3.8V8.8h16.4V17H17 M7 13.8h10v6.8H7Z",
    "check": "M4.2 12.6l5.2 5.2L20 7",
    "warning": "M12 3.6l9.4 16.4H2.6Z M12 9.8v4.9 M12 17.3v.2",
    "alert-octagon": "M8 2.6h8l5.4 5.4v8L16 21.4H8L2.6 16V8Z M12 7.2v6 M12 16.6v.2",
    "alert-triangle": "M12 3.6l9.4 16.4H2.6Z M12 9.8v4.9 M12 17.3v.2",
    "alert-diamond": "M12 1.8L22.2 12L12 22.2L1.8 12Z M12 7.2v6 M12 16.4v.2",
    "alert-circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 11v5.6 M12 7.4v.2",
    "wave": "M12.6 4H5.4v16h7.2 M10 12h10.4 M16.6 8l4 4-4 4",
    "back": "M19.6 12H4.8 M11 5.6L4.6 12l6.4 6.4",
    "erase": "M8.2 5.4h12.4v13.2H8.2L3 12Z M11.6 9.4l5.2 5.2 M16.8 9.4l-5.2 5.2",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 7v5.2l3.4 2.2",
    "chevron": "M9 5l7 7-7 7",
    "offline": (
        "M3 3l18 18 M8.4 15.2a5.2 5.2 0 0 1 7.2 0 M5 11.6a10 10 0 0 1 4.6-2.5 M14.4 9.1a10 10 "
        "0 0 1 4.6 2.5 M12 18.8v.2"
    ),
}
_SMALLEST = 8  # pixels


class IconProvider(QQuickImageProvider):
    """Answers `image://icon/NAME/RRGGBB/WEIGHT`; an unknown name is an empty picture."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803 - Qt's names
        """The icon as a square of the requested width."""
        name, colour, weight = id.split("/")
        side = max(_SMALLEST, requestedSize.width())
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        svg = _svg(name, colour, weight)
        if svg:
            painter = QPainter(image)
            QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
            painter.end()
        return image


def _svg(name: str, colour: str, weight: str) -> str:
    if name == "mark":
        return _MARK.format(colour=colour)
    path = _PATHS.get(name, "")
    return _ICON.format(path=path, colour=colour, weight=weight) if path else ""
