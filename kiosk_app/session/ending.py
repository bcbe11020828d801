"""How a session ends: nothing of the citizen stays in the value, and the world is told."""

from dataclasses import replace

from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import Effect, EndSession, RevokeToken
from kiosk_app.session.model import Session
from kiosk_app.session.screen.public import Ended

Step = tuple[Session, tuple[Effect, ...]]


def ended(session: Session, reason: EndReason) -> Step:
    """The end: a farewell on the screen, the process to be replaced, the token given back."""
    after = replace(
        session,
        screen=Ended(reason),
        account=None,
        assurance=None,
        by_phone=False,
        pin_locked=False,
        chip_read=False,
        attempt=session.attempt + 1,
    )
    return after, (EndSession(reason), RevokeToken())
