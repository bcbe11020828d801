"""One window's deciding thread: events in, step, props out, effects handed to others."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from device_agent.wire.local import Alerts, Connection, ProgrammeReady
from kiosk_app.cards.events import CardEvent, CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.cards.monitor import CardMonitor
from kiosk_app.config import KioskConfig
from kiosk_app.content.load import SAMPLE_DIRECTORY, load_content
from kiosk_app.screens.props import City, Props, Scene, derive
from kiosk_app.screens.surface import Surface
from kiosk_app.screens.view_model import ViewModel
from kiosk_app.session.effects import (
    Effect,
    EndSession,
    FetchAccount,
    OpenGateway,
    PollPhone,
    PrintOverview,
    PrintPayment,
    ProvePin,
    ReportAlertShown,
    RevokeToken,
    SignIn,
    SignInByPhone,
    WatchCards,
)
from kiosk_app.session.events import Event
from kiosk_app.session.events.surroundings import (
    AlertsChanged,
    BroughtToFront,
    ConnectionChanged,
    Tick,
)
from kiosk_app.session.events.touches import Touched
from kiosk_app.session.machine import step
from kiosk_app.session.model import Device, Limits, Offer, Session
from kiosk_app.session.screen.public import Ended
from kiosk_app.session.seconds import Seconds
from kiosk_app.usher_messages import (
    AlertSeen,
    Cleared,
    Front,
    Painted,
    Raised,
    SessionOver,
    Showing,
    ToWindow,
)
from kiosk_app.window_line import UsherLine
from kiosk_app.window_print import PrintDesk
from kiosk_app.window_sign_in import SignInDesk, sign_in_ways
from kiosk_app.window_worker import Worker

TICK_MS = 200
BEAT_MS = 1000
DEVICES_MS = 10_000
WARM_UP_MS = 100
_PROBLEMS = {
    Device.READER: "reader: no card reader is there",
    Device.PRINTER: "printer: it does not print",
    Device.GATEWAY: "gateway: it does not answer",
}


class Inbox(QObject):
    """The one crossing from the other threads to the deciding one."""

    arrived = Signal(object)

    def post(self, event: object) -> None:
        """Hand over an event from any thread; returns at once."""
        self.arrived.emit(event)


class KioskWindow(QObject):
    """One citizen's window, from warm behind the front to the end of its session."""

    _cleared = Signal()

    def __init__(self, config: KioskConfig, descriptor: int) -> None:
        super().__init__()
        self._cleared.connect(self._token_gone, Qt.ConnectionType.QueuedConnection)
        self._config = config
        self._content = load_content(config.content or SAMPLE_DIRECTORY)
        city = config.city
        self._city = City(city.name, city.project, ZoneInfo(city.timezone))
        self._session = _fresh(config, self._offers())
        self._inbox = Inbox()
        self._inbox.arrived.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._view_model = ViewModel(self._props(), self._inbox.post)
        self._surface = Surface(self._view_model, _geometry(config))
        self._surface.installEventFilter(self)
        self._surface.frameSwapped.connect(self._frame_shown)
        self._line = UsherLine(descriptor, self._usher_said)
        self._chip_worker, self._print_worker = Worker("chip"), Worker("printer")
        self._sign_in = SignInDesk(config.gateway, self._inbox.post, self._chip_worker)
        printer = (config.id, config.city, config.printer)
        self._print = PrintDesk(*printer, self._inbox.post, self._print_worker)
        self._monitor = CardMonitor(self._card_event)
        self._unseen_alerts: list[str] = []
        self._raising = False
        self._frames = 0
        self._timers = [
            self._every(TICK_MS, self._tick),
            self._every(BEAT_MS, self._beat),
            self._every(DEVICES_MS, self._ask_devices),
        ]

    def start(self) -> None:
        """Paint once behind everything and tell the usher."""
        self._surface.show_behind()
        self._surface.grabWindow()  # an obscured window gets no expose event: paint all the same
        self._line.say(Painted())
        QTimer.singleShot(WARM_UP_MS, self._warm_up)

    def _warm_up(self) -> None:
        """What the first picture did not wait for."""
        self._surface.compile_pages()
        self._sign_in.warm_up()

    # -------------------------------------------------------------- events in

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A press anywhere is a sign of life; under the countdown the keys speak for themselves."""
        if event.type() is QEvent.Type.MouseButtonPress and not self._view_model.counting_down:
            self._inbox.post(Touched())
        return False

    def _card_event(self, event: CardEvent) -> None:
        """In the monitor's thread: only the configured readers count."""
        mine = self._config.reader
        match event:
            case CardInserted(reader) | CardRemoved(reader):
                if mine in reader:
                    self._inbox.post(event)
            case ReaderReady(readers):
                known = tuple(reader for reader in readers if mine in reader)
                self._inbox.post(ReaderReady(known) if known else ReaderMissing())
            case ReaderMissing():
                self._inbox.post(event)
            case _ as unreachable:
                assert_never(unreachable)

    def _usher_said(self, message: ToWindow) -> None:
        match message:
            case Front():
                self._come_to_front()
            case Alerts(alerts):
                self._receive(AlertsChanged(alerts))
            case Connection(online):
                self._receive(ConnectionChanged(online))
            case ProgrammeReady():
                pass  # programmes are for players
            case _ as unreachable:
                assert_never(unreachable)

    def _come_to_front(self) -> None:
        self._raising = True
        self._view_model.come_to_front()
        self._tick()
        self._receive(BroughtToFront())
        self._surface.raise_()
        self._surface.update()
        QTimer.singleShot(0, self._ask_devices)

    def _tick(self) -> None:
        self._receive(Tick(Seconds(time.monotonic())))

    @Slot(object)
    def _receive(self, event: Event) -> None:
        self._session, effects = step(self._session, event)
        for effect in effects:  # before the picture: the usher and the card wait for it
            self._do(effect)
        self._view_model.show(self._props())

    # -------------------------------------------------------------- effects out

    def _do(self, effect: Effect) -> None:
        match effect:
            case WatchCards():
                self._monitor.start()
            case OpenGateway():
                self._sign_in.open_gateway()
            case SignIn() | SignInByPhone() | PollPhone() | ProvePin() | FetchAccount():
                self._sign_in.take(effect)
            case PrintPayment() | PrintOverview():
                self._print.print(effect)
            case RevokeToken():
                self._sign_in.revoke(self._cleared.emit)
            case EndSession(reason):
                self._line.say(SessionOver(reason))
            case ReportAlertShown(identifier):
                self._unseen_alerts.append(identifier)
                self._surface.update()
            case _ as unreachable:
                assert_never(unreachable)

    def _frame_shown(self) -> None:
        self._frames += 1
        if self._raising:
            self._raising = False
            self._line.say(Raised())
        for identifier in self._unseen_alerts:
            self._line.say(AlertSeen(identifier, datetime.now(UTC)))
        self._unseen_alerts.clear()

    def _beat(self) -> None:
        problems = tuple(_PROBLEMS[each] for each in Device if each in self._session.missing)
        painting = self._frames > 0 or not self._session.front
        self._line.say(Showing(self._props().showing, painting, problems))
        self._frames = 0
        self._surface.update()

    def _ask_devices(self) -> None:
        if self._session.front and not isinstance(self._session.screen, Ended):
            self._sign_in.open_gateway()
            self._print.ask()

    @Slot()
    def _token_gone(self) -> None:
        if isinstance(self._session.screen, Ended):
            self._line.say(Cleared())

    # -------------------------------------------------------------- derived

    def _props(self) -> Props:
        return derive(Scene(self._session, self._city, self._content, datetime.now(UTC)))

    def _offers(self) -> frozenset[Offer]:
        offers = set()
        if self._content.notices:
            offers.add(Offer.NOTICE_BOARD)
        if self._content.situations:
            offers.add(Offer.LIFE_SITUATIONS)
        return frozenset(offers)

    def _every(self, milliseconds: int, job: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(job)
        timer.start(milliseconds)
        return timer


def _fresh(config: KioskConfig, offers: frozenset[Offer]) -> Session:
    times = config.session
    spans = (times.idle, times.countdown, times.busy, times.phone, times.no_card)
    now = Seconds(time.monotonic())
    return Session(
        limits=Limits(*map(Seconds, spans)),
        offers=offers,
        ways=sign_in_ways(config.sign_in),
        now=now,
        touched=now,
    )


def _geometry(config: KioskConfig) -> QRect:
    wanted = config.geometry
    screen = QGuiApplication.primaryScreen().geometry()
    return QRect(
        wanted.x, wanted.y, wanted.width or screen.width(), wanted.height or screen.height()
    )
