"""The player's one thread of decision: events in, scenes to the stage, reports to the agent."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from device_agent.link import watchdog
from device_agent.link.socket_client import AgentLink
from device_agent.wire.alert import Alert
from device_agent.wire.local import (
    AgentMessage,
    Alerts,
    AlertShown,
    Beat,
    Connection,
    Hello,
    ProgrammeReady,
    ProofOfPlay,
)
from device_agent.wire.parts import Part
from playlists import Programme, Sha256, Web
from signage_player.cache import BadProgramme, Cache
from signage_player.chromium_watch import ChromiumWatch
from signage_player.director import Cue, direct
from signage_player.proof import Ledger
from signage_player.stage import Stage

logger = logging.getLogger(__name__)

VERSION = "0.1.0"
_MAX_PROBLEMS = 8
_SHORTEST_WAIT_MS = 5
_RETRY = timedelta(minutes=5)
_FIRST_PICTURE_MS = 1500
"""The agent is listened to at the latest this long after the start."""
_SETTLED_MS = 200
"""From the first picture's swap until the X server surely shows it."""
_HURT_BEATS = 5
"""Seconds for which a repaired fault is still told to the agent."""


def _now() -> datetime:
    return datetime.now(UTC)


class Player(QObject):
    """Holds what the player knows; everything reaches it in Qt's thread."""

    ended = Signal()
    """From any thread: the program was asked to end."""
    broken = Signal(int)
    """The program cannot go on and must be started anew; its exit code."""
    _message = Signal(object)

    def __init__(self, stage: Stage, cache: Cache, agent: Path | None) -> None:
        super().__init__()
        self._stage = stage
        self._cache = cache
        self._programme: Programme | None = None
        self._stamp: tuple[int, int] | None = None
        self._refused = ""
        self._unusable: dict[Sha256, tuple[datetime, str]] = {}
        self._told: set[str] = set()
        self._alerts: tuple[Alert, ...] = ()
        self._hurts: list[tuple[datetime, str]] = []
        self._ledger = Ledger()
        self._chromium = ChromiumWatch()
        self._wake = _timer(self, self.refresh, single=True)
        self._second = _timer(self, self._on_second, single=False)
        self._first = _timer(self, self._listen, single=True)
        stage.shown.connect(self._on_shown)
        stage.bad.connect(self._on_bad)
        stage.hurt.connect(self._on_hurt)
        stage.alert_painted.connect(self._on_alert_painted)
        self._message.connect(self._on_message, Qt.ConnectionType.QueuedConnection)
        hello = Hello("player", os.getpid(), VERSION)
        self._link = AgentLink(agent, hello, self._message.emit) if agent else None

    def start(self) -> None:
        """Show the programme in force, then listen to the agent."""
        self._read_current()
        self.refresh()
        self._second.start(1000)
        self._first.start(_FIRST_PICTURE_MS)
        watchdog.ready()

    def _listen(self) -> None:
        """Start what blocks Qt's thread for a moment before alerts can come, not while they do."""
        self._first.stop()
        if self._programme is None or any(isinstance(i, Web) for i in self._programme.items()):
            self._stage.start_chromium()
        if self._link:
            self._link.start()

    def stop(self) -> None:
        """Hand over the last proofs and end the line."""
        watchdog.stopping()
        self._ledger, proofs = self._ledger.close(_now())
        self._send_proofs(proofs)
        if self._link:
            self._link.close()

    def refresh(self) -> None:
        """Ask the director, tell the stage, and sleep until something changes."""
        now = _now()
        scene = direct(self._programme, frozenset(self._unusable), now, self._alerts)
        if scene.alerts:
            self._ledger, proofs = self._ledger.cover(now)
            self._send_proofs(proofs)
        else:
            self._ledger = self._ledger.uncover(now)
        self._stage.direct(self._programme, scene)
        wait = round((scene.wake - _now()).total_seconds() * 1000)
        self._wake.start(max(_SHORTEST_WAIT_MS, wait))

    def _on_message(self, message: AgentMessage) -> None:
        match message:
            case Alerts(alerts):
                self._alerts = alerts
                self.refresh()
            case ProgrammeReady(path, sha256):
                self._read(lambda: self._cache.read_programme(Path(path), sha256))
            case Connection(online):
                logger.info("The agent is %s.", "online" if online else "offline")

    def _read_current(self) -> None:
        self._stamp = self._cache.stamp()
        if self._stamp is not None:
            self._read(self._cache.read_programme)

    def _read(self, read: Callable[[], Programme]) -> None:
        try:
            programme = read()
        except BadProgramme as error:
            self._refused = str(error)[:500]
            logger.warning("The programme was refused: %s", error)
            return
        self._refused = ""
        if programme != self._programme:
            logger.info("Programme %s version %d.", programme.channel, programme.version)
            self._programme = programme
            self._unusable, self._told = {}, set()
            self.refresh()

    def _on_shown(self, zone: str, cue: Cue) -> None:
        logger.info("Zone %s shows %s.", zone, cue.item.id)
        self._ledger, proofs = self._ledger.show(zone, cue.item.id, _now(), cue.playlist)
        self._send_proofs(proofs)
        if self._first.isActive():
            self._first.start(_SETTLED_MS)
        self.refresh()

    def _on_bad(self, sha256: str, reason: str) -> None:
        if sha256 in self._unusable:
            return
        if reason not in self._told:
            logger.warning("Skipped: %s", reason)
            self._told.add(reason)
        self._unusable[Sha256(sha256)] = (_now(), reason)
        self.refresh()

    def _retry(self) -> None:
        """Give skipped items another chance: the fault may have been ours."""
        now = _now()
        kept = {sha: bad for sha, bad in self._unusable.items() if now - bad[0] < _RETRY}
        if kept != self._unusable:
            self._unusable = kept
            self.refresh()

    def _on_hurt(self, reason: str) -> None:
        logger.warning("Fault: %s", reason)
        self._hurts = [*self._hurts[-3:], (_now(), reason)]

    def _on_alert_painted(self, identifiers: tuple[str, ...]) -> None:
        if self._link:
            self._link.send(AlertShown("player", identifiers[0], _now()))

    def _on_second(self) -> None:
        watchdog.alive()
        self._stage.tick()
        self._retry()
        if not self._wake.isActive():
            self.refresh()
        self._end_without_chromium()
        if self._cache.stamp() not in (None, self._stamp):
            self._read_current()
        if self._link:
            # Bad content is the city hall's to mend: the player itself is well and says so.
            well = not self._chromium.is_broken()
            self._link.send(Beat("player", well, self._showing(), self._problems()))

    def _end_without_chromium(self) -> None:
        """Only a new process brings Chromium back; an alert on the screen is not interrupted."""
        if self._chromium.is_broken() and not self._standing():
            logger.error("Chromium's zygote ended: the player must be started anew.")
            self._second.stop()
            self.broken.emit(1)

    def _standing(self) -> list[Alert]:
        now = _now()
        return [alert for alert in self._alerts if alert.expires > now]

    def _problems(self) -> tuple[str, ...]:
        now = _now()
        self._hurts = [h for h in self._hurts if (now - h[0]).total_seconds() < _HURT_BEATS]
        found = [self._refused, *(text for _, text in self._hurts), *self._reasons()]
        return tuple(f"{Part.CONTENT}: {text}"[:500] for text in found if text)[:_MAX_PROBLEMS]

    def _reasons(self) -> tuple[str, ...]:
        return tuple(reason for _, reason in self._unusable.values())

    def _showing(self) -> str:
        standing = self._standing()
        if standing:
            return f"alert {standing[0].identifier}"[:500]
        items = self._stage.showing()
        if self._programme is None or not items:
            return "idle"
        return f"{items} ({self._programme.channel} version {self._programme.version})"[:500]

    def _send_proofs(self, proofs: tuple[ProofOfPlay, ...]) -> None:
        if self._link:
            for proof in proofs:
                self._link.send(proof)


def _timer(parent: QObject, call: Callable[[], None], *, single: bool) -> QTimer:
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setSingleShot(single)
    timer.timeout.connect(call)
    return timer
