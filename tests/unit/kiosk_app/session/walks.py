"""Short ways to a session in some state, for the tables of the machine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from kiosk_app.account.model import Assurance
from kiosk_app.session.effects import Effect
from kiosk_app.session.events import Event
from kiosk_app.session.machine import step
from kiosk_app.session.model import Offer, Session
from kiosk_app.session.password import CardCode
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import AccountView
from tests.unit.kiosk_app.account.accounts import account

READER = "Reader 0"
CAN = "123456"
CODE = CardCode(CAN)
CHIP = Assurance.CHIP
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def at(screen: Screen, **changes: object) -> Session:
    """A front session at a screen, without an account."""
    session = Session(front=True, offers=frozenset(Offer))
    return replace(session, screen=screen, **changes)  # type: ignore[arg-type] # the test names real fields


def signed_in(screen: Screen | None = None, **changes: object) -> Session:
    """A front session with a card and an account."""
    known: dict[str, object] = {"account": account(), "assurance": CHIP, "attempt": 1}
    return at(screen or AccountView(), **{**known, "card": READER, "lying": (READER,), **changes})


def after(session: Session, *events: Event) -> Session:
    """The session after these events."""
    for event in events:
        session, _ = step(session, event)
    return session


def effects(session: Session, event: Event) -> tuple[Effect, ...]:
    """What one event asks for."""
    return step(session, event)[1]


def alert(severity: Severity, identifier: str = "A-1") -> Alert:
    info = AlertInfo("cs", "Povodeň", "Nisa stoupá", "", "", "")
    later = NOW + timedelta(hours=1)
    observed, immediate = Certainty.OBSERVED, Urgency.IMMEDIATE
    return Alert(identifier, NOW, severity, immediate, observed, later, (info,))
