"""The city's own screen, shown when there is nothing else; knows no programme."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

NIGHT, DEEP = QColor(11, 31, 58), QColor(20, 56, 98)
HILL, RIDGE = QColor(8, 22, 42), QColor(40, 82, 130)
SUN, WHITE, MIST = QColor(245, 178, 61), QColor(255, 255, 255), QColor(185, 198, 216)
_SITE = ZoneInfo("Europe/Prague")
_DAYS = ("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle")
_MONTHS = (
    "ledna", "února", "března", "dubna", "května", "června",
    "července", "srpna", "září", "října", "listopadu", "prosince",
)  # fmt: skip
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def typeface(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The suite's typeface at a size in pixels."""
    face = QFont(["Inter", "DejaVu Sans"])
    face.setPixelSize(max(1, round(pixels)))
    face.setWeight(weight)
    return face


class IdleScreen(QWidget):
    """Wordmark, clock and date over a quiet Ještěd; the lowest layer of the stage, never black."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._minute = ""

    def tick(self) -> None:
        """Paint again when the clock shows another minute."""
        minute = f"{datetime.now(_SITE):%H:%M}"
        if minute != self._minute:
            self._minute = minute
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name and argument
        """Draw everything in units of a hundredth of the smaller side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_hills(painter, QRectF(self.rect()))
        _draw_words(painter, QRectF(self.rect()), datetime.now(_SITE))
        painter.end()


def _draw_hills(painter: QPainter, area: QRectF) -> None:
    sky = QLinearGradient(area.topLeft(), area.bottomLeft())
    sky.setColorAt(0, NIGHT)
    sky.setColorAt(1, DEEP)
    painter.fillRect(area, sky)
    painter.fillPath(_path(area, _RIDGE), RIDGE)
    painter.fillPath(_path(area, _TOWER), RIDGE)
    painter.fillPath(_path(area, _HILL), HILL)


_RIDGE = ((0, 0.86), (0.3, 0.8), (0.52, 0.72), (0.7, 0.6), (0.75, 0.57), (0.8, 0.6), (1, 0.74))
_HILL = ((0, 0.9), (0.22, 0.87), (0.5, 0.92), (0.78, 0.86), (1, 0.9))
_TOWER = (
    (0.728, 0.585), (0.738, 0.52), (0.744, 0.46), (0.7475, 0.41), (0.7485, 0.33),
    (0.7515, 0.33), (0.7525, 0.41), (0.756, 0.46), (0.762, 0.52), (0.772, 0.585),
)  # fmt: skip


def _path(area: QRectF, points: tuple[tuple[float, float], ...]) -> QPainterPath:
    """A closed shape in shares of the area; a shape over its whole width goes down to the foot."""
    path = QPainterPath()
    corners = [QPointF(area.width() * x, area.height() * y) for x, y in points]
    if points[0][0] == 0:
        corners += [area.bottomRight(), area.bottomLeft()]
    path.moveTo(corners[0])
    for corner in corners[1:]:
        path.lineTo(corner)
    path.closeSubpath()
    return path


def _draw_words(painter: QPainter, area: QRectF, now: datetime) -> None:
    unit = min(area.width(), area.height()) / 100
    left, top = area.width() * 0.06, area.height() * 0.1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(SUN)
    painter.drawRoundedRect(QRectF(left, top, unit * 1.4, unit * 6.4), unit * 0.7, unit * 0.7)
    name = typeface(unit * 6, QFont.Weight.Bold)
    _write(painter, QPointF(left + unit * 3.2, top + unit * 5.2), "Liberec", name, WHITE)
    after = left + unit * 4.8 + QFontMetricsF(name).horizontalAdvance("Liberec")
    project = typeface(unit * 4, QFont.Weight.Medium)
    _write(painter, QPointF(after, top + unit * 5.1), "Otevřené město", project, MIST)
    clock = typeface(unit * 30, QFont.Weight.DemiBold)
    _write(painter, QPointF(left - unit, area.height() * 0.56), f"{now:%H:%M}", clock, WHITE)
    czech = f"{_DAYS[now.weekday()]} {now.day}. {_MONTHS[now.month - 1]} {now.year}"
    _write(painter, QPointF(left, area.height() * 0.65), czech, typeface(unit * 5), MIST)
    english = f"{_ENGLISH_DAYS[now.weekday()]} {now.day} {_ENGLISH_MONTHS[now.month - 1]}"
    _write(painter, QPointF(left, area.height() * 0.71), english, typeface(unit * 3.4), MIST)


def _write(painter: QPainter, at: QPointF, text: str, face: QFont, colour: QColor) -> None:
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(at, text)
