"""A SPAYD string as a picture for QML, whole pixels for each module; it knows no payment."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider

_QUIET = 4  # modules of white around the code (ISO/IEC 18004, section 9.1)
_DOTS = 376
_ASKED_WITHOUT_SIZE = 600  # pixels


class QrImageProvider(QQuickImageProvider):
    """Answers `image://qr/<the text in hexadecimal>`."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002, N802, N803 - Qt's names
        """The code, as large as whole modules allow, centred on white."""
        asked = requestedSize.width() if requestedSize.width() > 0 else _ASKED_WITHOUT_SIZE
        return qr_image(bytes.fromhex(id).decode(), asked)


def qr_image(text: str, side: int) -> QImage:
    """A QR code of a text on a white square of `side` pixels."""
    modules = _modules(text)
    scale = max(1, side // modules.width())
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    code = modules.scaled(
        modules.width() * scale,
        modules.height() * scale,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.FastTransformation,
    )
    painter.drawImage((side - code.width()) // 2, (side - code.height()) // 2, code)
    painter.end()
    return image


def _modules(text: str) -> QImage:
    """The receipt's own code, reduced to one pixel for each module, with its quiet zone."""
    from kiosk_app.receipt.bitmap import qr_picture  # noqa: PLC0415 - 0.1 s of every start
    from kiosk_app.receipt.typeset import Paper  # noqa: PLC0415 - the same

    picture = qr_picture(text, Paper(_DOTS // 12, _DOTS // 12, _DOTS)).convert("L")
    dark = picture.point([255] * 128 + [0] * 128).getbbox()
    if dark is None:
        raise ValueError("The QR code is empty.")
    scale = dark[1] // _QUIET
    side = picture.height // scale
    left = (picture.width - picture.height) // 2
    square = picture.crop((left, 0, left + picture.height, picture.height)).resize((side, side), 0)
    data = square.tobytes()
    return QImage(data, side, side, side, QImage.Format.Format_Grayscale8).copy()
