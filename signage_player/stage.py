"""The full-screen window: idle screen below, zones in the middle, alert above; decides nothing."""

import logging
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from playlists import Programme, Zone
from signage_player.alert_overlay import AlertOverlay
from signage_player.config import Config
from signage_player.director import Scene
from signage_player.idle import IdleScreen
from signage_player.loader import Loader
from signage_player.zone_stage import SurfaceMaker, ZoneStage, make_surface

logger = logging.getLogger(__name__)

_OLD_ZONE_MS = 3000


class Stage(QWidget):
    """One frameless window without a cursor on the configured rectangle."""

    shown = Signal(str, object)
    bad = Signal(str, str)
    hurt = Signal(str)
    alert_painted = Signal(object)

    def __init__(self, config: Config, area: QRect, loader: Loader) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("signage-player")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setGeometry(area)
        self._loader = loader
        self._make: SurfaceMaker = partial(
            make_surface,
            video_output=config.video_output,
            decoding=config.hardware_decoding,
            sound=config.sound,
        )
        self._idle = IdleScreen(self)
        self._idle.setGeometry(self.rect())
        self._zones: dict[Zone, ZoneStage] = {}
        self._overlay = AlertOverlay(self)
        self._overlay.setGeometry(self.rect())
        self._overlay.painted.connect(self.alert_painted)

    def direct(self, programme: Programme | None, scene: Scene) -> None:
        """Follow the director; an alert comes first."""
        self._overlay.set_alerts(scene.alerts)
        wanted = {found.zone: found for found in scene.zones}
        if programme is not None:
            for zone, found in wanted.items():
                self._zone(zone).direct(programme, found)
        self._retire([zone for zone in self._zones if zone not in wanted])

    def showing(self) -> str:
        """The items in front, for the agent; empty while the idle screen shows."""
        cues = [stage.showing for stage in self._zones.values()]
        return ", ".join(cue.item.id for cue in cues if cue)

    def start_chromium(self) -> None:
        """Load what web pages need before the first one is due."""
        from signage_player.outputs import web_output  # noqa: PLC0415 - after the first picture

        web_output.start_chromium()

    def tick(self) -> None:
        """A second passed."""
        self._idle.tick()

    def close_outputs(self) -> None:
        """End every output."""
        for stage in self._zones.values():
            stage.close_outputs()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A lobby screen is not closed from the outside; only the program itself ends it."""
        event.setAccepted(not event.spontaneous())

    def _zone(self, zone: Zone) -> ZoneStage:
        found = self._zones.get(zone)
        if found is None:
            found = ZoneStage(self, zone.name, self._loader, self._make)
            found.setGeometry(zone_rectangle(zone, self.rect()))
            found.shown.connect(self._on_shown)
            found.bad.connect(self.bad)
            found.hurt.connect(self.hurt)
            self._zones[zone] = found
        return found

    def _on_shown(self, name: str, cue: object) -> None:
        self._restack()
        self.shown.emit(name, cue)

    def _restack(self) -> None:
        for stage in self._zones.values():
            if stage.isVisible():
                stage.raise_()
        if self._overlay.isVisible():
            self._overlay.raise_()

    def _retire(self, zones: list[Zone]) -> None:
        """Old zones stand a little longer, until those of the new layout have a picture."""
        for zone in zones:
            stage = self._zones.pop(zone)
            QTimer.singleShot(_OLD_ZONE_MS, stage, partial(_end, stage))


def _end(stage: ZoneStage) -> None:
    stage.close_outputs()
    stage.deleteLater()


def zone_rectangle(zone: Zone, screen: QRect) -> QRect:
    """Pixels of a zone; neighbours that touch in per cent touch in pixels."""
    left = round(screen.width() * zone.x / 100)
    top = round(screen.height() * zone.y / 100)
    right = round(screen.width() * (zone.x + zone.width) / 100)
    bottom = round(screen.height() * (zone.y + zone.height) / 100)
    return QRect(left, top, right - left, bottom - top)
