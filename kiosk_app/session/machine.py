"""The session machine: `step(session, event)` gives the next session and what to do.

Each sort of event has a module of its own; here they meet, with what holds for all of them:
a touch is a sign of life, an ended session only waits, and a shown alert is reported once.
"""

from dataclasses import replace
from typing import assert_never

from kiosk_app.cards.events import CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.session import answers, cards, citizen, in_account, sign_in
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import Effect, OpenGateway, ReportAlertShown, WatchCards
from kiosk_app.session.ending import Step, ended
from kiosk_app.session.events import Event
from kiosk_app.session.events.answers import Answer
from kiosk_app.session.events.surroundings import (
    AlertsChanged,
    BroughtToFront,
    ConnectionChanged,
    DeviceFound,
    DeviceLost,
    PhoneServed,
    Tick,
)
from kiosk_app.session.events.touches import Touch
from kiosk_app.session.model import Session, touched
from kiosk_app.session.screen.in_account import CheckingPin, EnterPin, Printing, Switching
from kiosk_app.session.screen.public import Attract, Ended
from kiosk_app.session.screen.signing_in import PhoneAsking, PhoneWaiting, Reading
from kiosk_app.session.screen.trouble import TakeCard

__all__ = ["step"]


def step(session: Session, event: Event) -> Step:
    """What the session becomes by one event, and what has to be done for it, in order."""
    over = isinstance(session.screen, Ended)
    if isinstance(event, Touch):
        after, effects = (session, ()) if over else citizen.step(touched(session), event)
    elif isinstance(event, Answer):
        after, effects = answers.step(session, event)
    elif isinstance(event, CardInserted | CardRemoved | ReaderMissing | ReaderReady):
        after, effects = cards.step(session, event)
    else:
        after, effects = _surroundings(session, event)
    return _report_alert(after, effects)


def _surroundings(  # noqa: PLR0911 - one line for each event
    session: Session,
    event: BroughtToFront
    | Tick
    | AlertsChanged
    | ConnectionChanged
    | DeviceFound
    | DeviceLost
    | PhoneServed,
) -> Step:
    match event:
        case BroughtToFront():
            return replace(session, front=True), (WatchCards(), OpenGateway())
        case Tick(now):
            return _time(replace(session, now=now))
        case AlertsChanged(alerts):
            known = {alert.identifier for alert in alerts}
            understood = session.understood & known
            return replace(session, alerts=alerts, understood=understood), ()
        case ConnectionChanged(online):
            return replace(session, online=online), ()
        case DeviceFound(device):
            return replace(session, missing=session.missing - {device}), ()
        case DeviceLost(device):
            return replace(session, missing=session.missing | {device}), ()
        case PhoneServed(served):
            return replace(session, ways=replace(session.ways, phone_served=served)), ()
        case _ as unreachable:
            assert_never(unreachable)


def _time(session: Session) -> Step:
    match session.screen:
        case Attract() | Ended() | TakeCard():
            return touched(session), ()
        case Reading() | Printing() | PhoneAsking() | CheckingPin() | Switching():
            waited = session.now - session.touched
            return answers.gave_up(session) if waited > session.limits.busy else (session, ())
        case _ if session.remaining is not None and session.remaining <= 0:
            return ended(session, EndReason.TIMED_OUT)
        case PhoneWaiting() as screen:
            return sign_in.phone_time(session, screen)
        case EnterPin() as screen:
            return in_account.pin_time(session, screen), ()
        case _:
            return session, ()


def _report_alert(session: Session, effects: tuple[Effect, ...]) -> Step:
    alert = session.alert
    if not session.front or alert is None or alert.identifier in session.reported:
        return session, effects
    reported = session.reported | {alert.identifier}
    return replace(session, reported=reported), (*effects, ReportAlertShown(alert.identifier))
