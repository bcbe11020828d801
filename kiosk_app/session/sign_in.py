"""The ways into an account: CAN, passport, contact card, phone; answers are another matter."""

from dataclasses import replace

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.session.effects import OpenGateway, PollPhone, RevokeToken, SignIn, SignInByPhone
from kiosk_app.session.ending import Step
from kiosk_app.session.model import Device, Session, touched
from kiosk_app.session.password import CAN_LENGTH, CardCode, Password
from kiosk_app.session.screen.public import Home
from kiosk_app.session.screen.signing_in import (
    EnterCan,
    EnterPassport,
    PhoneAsking,
    PhoneWaiting,
    PutCard,
    Reading,
)
from kiosk_app.session.screen.trouble import Problem
from kiosk_app.session.seconds import Seconds

LONGEST_INTERVAL = Seconds(30)


def account_asked(session: Session) -> Step:
    """The pad for the CAN, or the cause why there is none; the line is opened meanwhile.

    A contact card that lies there already is read at once.
    """
    if Device.READER in session.missing:
        return replace(session, screen=Problem(CardCause.READER_MISSING)), ()
    if session.card is not None and session.card in session.contact:
        return reading(session, session.card, None)
    return replace(session, screen=EnterCan()), (OpenGateway(),)


def passport_asked(session: Session) -> Session:
    """The form for a passport, from the pad for the CAN."""
    if isinstance(session.screen, EnterCan) and session.ways.passport:
        return replace(session, screen=EnterPassport())
    return session


def card_asked(session: Session) -> Session:
    """The pad for the CAN, from the form for a passport."""
    return replace(session, screen=EnterCan()) if _types_passport(session) else session


def _types_passport(session: Session) -> bool:
    return isinstance(session.screen, EnterPassport)


def confirmed_can(session: Session, can: str) -> Step:
    """Go on with the CAN, once it is complete."""
    if len(can) != CAN_LENGTH:
        return session, ()
    return with_password(session, CardCode(can))


def with_password(session: Session, password: Password) -> Step:
    """Read the card that lies there, or ask for it."""
    if session.card is not None:
        return reading(session, session.card, password)
    return replace(session, screen=PutCard(password)), ()


def reading(session: Session, reader: str, password: Password | None) -> Step:
    """The chip is being read; one with contacts without a password."""
    needed = None if reader in session.contact else password
    attempt = session.attempt + 1
    after = replace(session, card=reader, screen=Reading(needed), attempt=attempt)
    return touched(after), (SignIn(attempt, reader, needed),)


def phone_asked(session: Session) -> Step:
    """Ask for a code, where somebody has not signed in yet."""
    if not session.ways.by_phone or session.account is not None or session.chip_read:
        return session, ()
    match session.screen:
        case Home() | EnterCan() | EnterPassport() | PutCard() | Problem():
            attempt = session.attempt + 1
            return replace(session, screen=PhoneAsking(), attempt=attempt), (
                SignInByPhone(attempt),
            )
        case _:
            return session, ()


def phone_left(session: Session) -> Step:
    """Back to the card; a phone that confirms now is too late."""
    screen = Home() if Device.READER in session.missing else EnterCan()
    return replace(session, screen=screen, attempt=session.attempt + 1), (RevokeToken(),)


def phone_time(session: Session, screen: PhoneWaiting) -> Step:
    """What time does to a code: it runs out, or the city hall is asked again."""
    if session.now >= screen.until:
        expired = Problem(AccountCause.DEVICE_LOGIN_EXPIRED)
        late = replace(session, screen=expired, attempt=session.attempt + 1)
        return touched(late), (RevokeToken(),)
    if session.now < screen.poll_at:
        return session, ()
    asked = replace(screen, poll_at=screen.until)  # until the answer says when again
    return replace(session, screen=asked), (PollPhone(session.attempt),)


def phone_again(session: Session, screen: PhoneWaiting, interval: Seconds) -> Session:
    """Nobody has confirmed yet: ask again after a while."""
    at = Seconds(session.now + interval)
    waits = replace(screen, poll_at=at, interval=interval, unreachable=False)
    return replace(session, screen=waits)


def phone_unheard(session: Session, screen: PhoneWaiting) -> Session:
    """The city hall did not answer: ask again after twice as long (RFC 8628 section 3.5)."""
    interval = Seconds(min(2 * screen.interval, LONGEST_INTERVAL))
    at = Seconds(session.now + interval)
    return replace(session, screen=replace(screen, poll_at=at, interval=interval, unreachable=True))
