"""What a card on the reader does to the session; taking it away ends whatever is personal."""

from dataclasses import replace
from typing import assert_never

from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.events import CardEvent, CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.session.causes import EndReason
from kiosk_app.session.citizen import account_asked, signing_in
from kiosk_app.session.effects import RevokeToken
from kiosk_app.session.ending import Step, ended
from kiosk_app.session.model import Device, Session, touched
from kiosk_app.session.screen import (
    Attract,
    EnterCan,
    Home,
    LifeSituationsView,
    NoticeBoardView,
    Problem,
    PutCard,
    Reading,
    Screen,
    TakeCard,
)


def step(session: Session, event: CardEvent) -> Step:
    """The session after something happened on the readers."""
    match event:
        case ReaderMissing():
            return _no_reader(session)
        case ReaderReady():
            return _reader(session), ()
        case CardInserted(reader, at_start):
            return _inserted(replace(session, card=reader), reader, at_start=at_start)
        case CardRemoved(reader):
            return _removed(session) if reader == session.card else (session, ())
        case _ as unreachable:
            assert_never(unreachable)


def _inserted(session: Session, reader: str, *, at_start: bool) -> Step:
    match session.screen:
        case Attract() if at_start:
            return replace(session, screen=TakeCard()), ()
        case Attract() | Home() | NoticeBoardView() | LifeSituationsView():
            return account_asked(touched(session))
        case PutCard(can):
            return signing_in(session, reader, can)
        case Problem(CardCause()):
            return account_asked(touched(session))
        case _:
            return session, ()


def _removed(session: Session) -> Step:
    without = replace(session, card=None)
    if session.account is not None:
        return ended(without, EndReason.CARD_TAKEN)
    match session.screen:
        case TakeCard():
            return replace(without, screen=Attract()), ()
        case Reading(can):
            return _interrupted(without, PutCard(can, moved=True))
        case PutCard():  # it moved: the same person lays it down again
            return without, ()
        case _ if session.chip_read:
            return ended(without, EndReason.CARD_TAKEN)
        case _:
            return without, ()


def _no_reader(session: Session) -> Step:
    lost = replace(session, card=None, missing=session.missing | {Device.READER})
    if session.account is not None:
        return ended(lost, EndReason.CARD_TAKEN)
    match session.screen:
        case TakeCard():
            return replace(lost, screen=Attract()), ()
        case EnterCan() | PutCard() | Reading():
            return _interrupted(lost, Problem(CardCause.READER_MISSING))
        case _:
            return lost, ()


def _reader(session: Session) -> Session:
    found = replace(session, missing=session.missing - {Device.READER})
    match session.screen:
        case Problem(CardCause.READER_MISSING):
            return replace(found, screen=Home())
        case _:
            return found


def _interrupted(session: Session, screen: Screen) -> Step:
    """Whatever a sign-in still brings is too late, its token too."""
    return replace(session, screen=screen, attempt=session.attempt + 1), (RevokeToken(),)
