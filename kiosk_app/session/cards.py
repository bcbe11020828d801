"""What a card on the reader does to the session; taking it away ends whatever is personal."""

from dataclasses import replace
from typing import assert_never

from kiosk_app.cards.card_kind import CardKind
from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.events import CardEvent, CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import RevokeToken
from kiosk_app.session.ending import Step, ended
from kiosk_app.session.model import Device, Session, touched
from kiosk_app.session.password import CardCode, PassportData
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.public import Attract, Home, LifeSituationsView, NoticeBoardView
from kiosk_app.session.screen.signing_in import EnterCan, EnterPassport, PutCard, Reading
from kiosk_app.session.screen.trouble import Problem, TakeCard
from kiosk_app.session.sign_in import account_asked, reading

_CONTACT = (CardKind.EOBCANKA_CONTACT, CardKind.OTHER_CONTACT)


def step(session: Session, event: CardEvent) -> Step:
    """The session after something happened on the readers."""
    match event:
        case ReaderMissing():
            return _no_reader(session)
        case ReaderReady():
            return _reader(session), ()
        case CardInserted():
            return _inserted(_lying(session, event), event)
        case CardRemoved(reader):
            return _removed(session, reader)
        case _ as unreachable:
            assert_never(unreachable)


def _lying(session: Session, event: CardInserted) -> Session:
    """A further card does not become the session's: that stays with the first one's person."""
    others = tuple(reader for reader in session.lying if reader != event.reader)
    contact = session.contact - {event.reader}
    if event.kind in _CONTACT:
        contact |= {event.reader}
    known = replace(session, lying=(*others, event.reader), contact=contact)
    bound = session.chip_read or session.account or isinstance(session.screen, Reading | TakeCard)
    return known if bound and session.card else replace(known, card=event.reader)


def _inserted(session: Session, event: CardInserted) -> Step:  # noqa: PLR0911 - one line for each screen
    match session.screen:
        case _ if session.account is not None and session.by_phone:
            # Whoever puts a card wants an account of their own: the one a phone opened goes.
            return ended(session, EndReason.CARD_PUT)
        case Attract() if event.at_start:
            return replace(session, screen=TakeCard()), ()
        case screen if event.kind is CardKind.MUTE and _awaits_card(session, screen):
            return replace(touched(session), screen=Problem(CardCause.TURNED_OVER)), ()
        case Attract() | Home() | NoticeBoardView() | LifeSituationsView():
            return account_asked(touched(session))
        case EnterCan() | EnterPassport() if event.reader in session.contact:
            return reading(session, event.reader, None)
        case PutCard(password):
            return reading(session, event.reader, password)
        case Problem(CardCause()) if session.account is None:
            return account_asked(touched(session))
        case _:
            return session, ()


def _awaits_card(session: Session, screen: Screen) -> bool:
    """Whether a card put down now is meant for signing in."""
    match screen:
        case Attract() | Home() | NoticeBoardView() | LifeSituationsView():
            return True
        case EnterCan() | EnterPassport() | PutCard():
            return True
        case Problem(CardCause()):
            return session.account is None
        case _:
            return False


def _removed(session: Session, reader: str) -> Step:
    lying = tuple(each for each in session.lying if each != reader)
    without = replace(session, lying=lying)
    if reader != session.card:
        return without, ()
    without = replace(without, card=lying[-1] if lying else None)
    if session.account is not None:
        return (without, ()) if session.by_phone else ended(without, EndReason.CARD_TAKEN)
    return _removed_before_the_account(without)


def _removed_before_the_account(session: Session) -> Step:
    match session.screen:
        case TakeCard():
            return session if session.lying else replace(session, screen=Attract()), ()
        case Reading(None):
            return _interrupted(session, Problem(CardCause.TAKEN_TOO_EARLY))
        case Reading(CardCode() | PassportData() as password):
            return _interrupted(session, PutCard(password, moved=True))
        case PutCard():  # it moved: the same person lays it down again
            return session, ()
        case _ if session.chip_read:
            return ended(session, EndReason.CARD_TAKEN)
        case _:
            return session, ()


def _no_reader(session: Session) -> Step:
    missing = session.missing | {Device.READER}
    lost = replace(session, card=None, lying=(), missing=missing)
    if session.account is not None:
        return (lost, ()) if session.by_phone else ended(lost, EndReason.CARD_TAKEN)
    match session.screen:
        case TakeCard():
            return replace(lost, screen=Attract()), ()
        case EnterCan() | EnterPassport() | PutCard() | Reading():
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
