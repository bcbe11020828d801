"""Paints the alert over everything, to be read from 8 m; decides neither which nor when."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from device_agent.wire.alert import Alert, AlertInfo
from device_agent.wire.severity_signs import SeveritySign, Sign
from signage_player.alert_words import Words, words
from signage_player.idle import typeface

_SITE = ZoneInfo("Europe/Prague")
_WRAP = Qt.TextFlag.TextWordWrap
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class AlertOverlay(QWidget):
    """A native window over all others; `painted(identifiers)` once per set of alerts."""

    painted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.hide()
        self._alerts: tuple[Alert, ...] = ()
        self._told: tuple[str, ...] = ()

    def set_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """Show these alerts at once, the first one large; hide when there are none."""
        if alerts == self._alerts:
            return
        self._alerts = alerts
        if not alerts:
            self._told = ()
            self.hide()
            return
        self.show()
        self.raise_()
        self.repaint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name and argument
        """Draw the worst alert."""
        if not self._alerts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_alert(painter, QRectF(self.rect()), words(self._alerts, _SITE))
        painter.end()
        names = tuple(alert.identifier for alert in self._alerts)
        if names != self._told:
            self._told = names
            self.painted.emit(names)


def draw_alert(painter: QPainter, area: QRectF, said: Words) -> None:
    """Band with sign and severity, first language large, second in a panel, foot."""
    unit = min(area.width(), area.height()) / 100
    look = said.look
    ink = QColor(*look.ink)
    painter.fillRect(area, QColor(*look.ground))
    band = QRectF(0, 0, area.width(), unit * 19)
    _draw_band(painter, band, look, unit)
    foot = QRectF(0, area.height() - unit * 9, area.width(), unit * 9)
    painter.fillRect(foot, QColor(*look.band))
    _fit(
        painter,
        foot.adjusted(unit * 6, unit * 2.2, -unit * 6, -unit),
        said.foot,
        unit * 3.6,
        unit * 2,
        ink,
    )
    body = QRectF(0, band.bottom(), area.width(), foot.top() - band.bottom())
    left, right = _columns(body, unit)
    _draw_info(painter, left if said.second else left.united(right), said.first, unit, ink)
    if said.second:
        panel = QColor(*look.band)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(panel)
        painter.drawRoundedRect(right, unit * 3, unit * 3)
        inner = right.adjusted(unit * 4, unit * 4, -unit * 4, -unit * 3)
        _draw_info(painter, inner, said.second, unit * 0.66, ink)


def _columns(body: QRectF, unit: float) -> tuple[QRectF, QRectF]:
    inner = body.adjusted(unit * 6, unit * 4, -unit * 6, -unit * 4)
    if body.width() > body.height():
        wide = inner.width() * 0.61
        left = QRectF(inner.left(), inner.top(), wide, inner.height())
        return left, inner.adjusted(wide + unit * 4, 0, 0, 0)
    high = inner.height() * 0.58
    top = QRectF(inner.left(), inner.top(), inner.width(), high)
    return top, inner.adjusted(0, high + unit * 4, 0, 0)


def _draw_band(painter: QPainter, band: QRectF, look: SeveritySign, unit: float) -> None:
    painter.fillRect(band, QColor(*look.band))
    sign = QRectF(unit * 6, unit * 3, unit * 13, unit * 13)
    _draw_sign(painter, sign, look)
    ink = QColor(*look.ink)
    text = QRectF(sign.right() + unit * 4, unit * 2.6, band.width() - unit * 29, unit * 9)
    _fit(painter, text, look.czech.upper(), unit * 8.6, unit * 4, ink, QFont.Weight.Bold)
    below = text.translated(0, unit * 9).adjusted(0, 0, 0, -unit * 4)
    _fit(painter, below, look.english.upper(), unit * 4.2, unit * 2, ink, QFont.Weight.Medium)


def _draw_sign(painter: QPainter, box: QRectF, look: SeveritySign) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*look.ink))
    match look.sign:
        case Sign.CIRCLE:
            painter.drawEllipse(box)
        case _:
            painter.drawPolygon(QPolygonF([_at(box, x, y) for x, y in _SHAPES[look.sign]]))
    painter.setPen(QColor(*look.band))
    painter.setFont(typeface(box.height() * 0.66, QFont.Weight.Black))
    mark = "i" if look.sign is Sign.CIRCLE else "!"
    shift = box.height() * (0.1 if look.sign is Sign.TRIANGLE else 0)
    painter.drawText(box.translated(0, shift), Qt.AlignmentFlag.AlignCenter, mark)


_SHAPES = {
    Sign.OCTAGON: (
        (0.29, 0), (0.71, 0), (1, 0.29), (1, 0.71), (0.71, 1), (0.29, 1), (0, 0.71), (0, 0.29),
    ),
    Sign.TRIANGLE: ((0.5, 0.02), (1.05, 0.98), (-0.05, 0.98)),
    Sign.DIAMOND: ((0.5, -0.04), (1.04, 0.5), (0.5, 1.04), (-0.04, 0.5)),
}  # fmt: skip


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)


def _draw_info(
    painter: QPainter, area: QRectF, info: AlertInfo | None, unit: float, ink: QColor
) -> None:
    """Headline, instruction, then description and area, each as large as it may be."""
    if info is None:
        return
    place, rest = area, area.height()
    for text, share, most, least, weight in (
        (info.headline or info.event, 0.44, unit * 10.4, unit * 5, QFont.Weight.Bold),
        (info.instruction, 0.56, unit * 6.2, unit * 3.4, QFont.Weight.DemiBold),
        (info.description, 0.66, unit * 4.2, unit * 2.8, QFont.Weight.Normal),
        (info.area, 1.0, unit * 4.0, unit * 2.6, QFont.Weight.Medium),
    ):
        if text and rest > least:
            box = QRectF(place.left(), area.bottom() - rest, place.width(), rest * share)
            used = _fit(painter, box, text, most, least, ink, weight)
            rest -= used + unit * 2.1


def _fit(
    painter: QPainter,
    box: QRectF,
    text: str,
    most: float,
    least: float,
    ink: QColor,
    weight: QFont.Weight = QFont.Weight.Medium,
) -> float:
    """Write a text as large as the box allows and cut it off below; the height it took."""
    size = most
    while True:
        face = typeface(size, weight)
        needed = QFontMetricsF(face).boundingRect(box, int(_TOP | _WRAP), text)
        if size <= least or (needed.height() <= box.height() and needed.width() <= box.width()):
            break
        size = max(least, size * 0.94)
    painter.setFont(face)
    painter.setPen(ink)
    painter.save()
    painter.setClipRect(box.adjusted(-1, 0, 1, size * 0.3))
    painter.drawText(box, int(_TOP | _WRAP), text)
    painter.restore()
    return min(needed.height(), box.height())
