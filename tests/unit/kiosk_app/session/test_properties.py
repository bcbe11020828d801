"""What holds after any walk: nothing typed survives, no account stays without its card."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk_app.account.causes import AccountCause
from kiosk_app.account.model import Assurance, Scope
from kiosk_app.cards.card_kind import CardKind
from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.events import CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.session.effects import RevokeToken
from kiosk_app.session.events import Event
from kiosk_app.session.events.answers import (
    AccountArrived,
    ChipRead,
    PhoneCodeArrived,
    SignInFailed,
)
from kiosk_app.session.events.surroundings import Tick
from kiosk_app.session.events.touches import (
    AccountAsked,
    CardAsked,
    Confirmed,
    Digit,
    Finished,
    Letter,
    PassportAsked,
    PhoneAsked,
    PinAsked,
    Touched,
    WentBack,
)
from kiosk_app.session.machine import step
from kiosk_app.session.model import Session
from kiosk_app.session.password import CardCode, PassportData, PassportForm
from kiosk_app.session.screen.in_account import EnterPin, Section
from kiosk_app.session.screen.public import Attract, Home
from kiosk_app.session.screen.signing_in import EnterCan, EnterPassport, PutCard, Reading
from kiosk_app.session.seconds import Seconds
from tests.unit.kiosk_app.account.accounts import account
from tests.unit.kiosk_app.session.walks import READER, after, at, signed_in

SECRET_SCREENS = (EnterCan, EnterPassport, EnterPin, PutCard, Reading)
TYPED: Literal["7"] = "7"  # the one digit the tests type, and the one letter
LETTER = "Q"
PAGE = "https://id.example"
SHUT = replace(account(), locked=(Scope.DOCUMENTS,), documents=())

_LIFE, _PACE = Seconds(300), Seconds(5)
_MOVES: tuple[tuple[Event, ...], ...] = (
    (Touched(), AccountAsked()),
    (PassportAsked(),),
    (CardAsked(),),
    (PhoneAsked(),),
    (Digit(TYPED),) * 6,
    (Digit(TYPED),) * 4,
    (Letter(LETTER), Digit(TYPED)),
    (Confirmed(),),
    (WentBack(),),
    (PinAsked(Section.DOCUMENTS),),
    (CardInserted(READER),),
    (CardInserted("Reader 1", kind=CardKind.EOBCANKA_CONTACT),),
    (CardRemoved(READER),),
    (ReaderMissing(),),
    (ReaderReady((READER,)),),
    (Finished(),),
)
_ANSWERS = st.sampled_from(
    (
        "read",
        "arrived",
        "code",
        CardCause.WRONG_CAN,
        CardCause.TAKEN_TOO_EARLY,
        CardCause.DAMAGED,
        AccountCause.PIN_WRONG,
        AccountCause.PIN_LOCKED,
        AccountCause.UNREACHABLE,
        AccountCause.SESSION_ENDED,
    )
)
_STEPS = st.one_of(st.sampled_from(_MOVES), _ANSWERS, st.sampled_from((20, 90)))
_WALK = st.lists(_STEPS, min_size=5, max_size=40)
_START = st.sampled_from(
    (
        at(Attract()),
        at(EnterCan(TYPED * 6), card=READER, lying=(READER,)),
        at(Reading(CardCode(TYPED * 6)), card=READER, lying=(READER,), attempt=1),
        signed_in(account=SHUT),
        signed_in(EnterPin(Section.DOCUMENTS, TYPED * 4), account=SHUT),
        after(at(Home()), PhoneAsked(), PhoneCodeArrived(1, "W", PAGE, PAGE, _LIFE, _PACE)),
    )
)
_LONG = settings(max_examples=400)


def _events(session: Session, move: object) -> tuple[Event, ...]:
    match move:
        case "read":
            return (ChipRead(session.attempt),)
        case "code":
            life, pace = Seconds(300), Seconds(5)
            return (
                PhoneCodeArrived(session.attempt, "WDJB", "https://x", "https://x", life, pace),
            )
        case "arrived":
            return (AccountArrived(session.attempt, SHUT, Assurance.CHIP),)
        case CardCause() | AccountCause() as cause:
            return (SignInFailed(session.attempt, cause, tries_left=1),)
        case int(seconds):
            return (Tick(Seconds(session.now + seconds)),)
        case tuple() as events:
            return events
        case _:
            raise AssertionError(move)


def _secrets(value: object) -> list[object]:  # noqa: PLR0911 - one line for each kind
    """Everything typed that a value still holds, wherever in it."""
    match value:
        case CardCode() | PassportData():
            return [value]
        case PassportForm(number, born, expires):
            return [typed for typed in (number, born, expires) if typed]
        case EnterCan(can) if can:
            return [can]
        case EnterPin(_, pin) if pin:
            return [pin]
        case str() if len(value) > 1 and set(value) <= {TYPED, LETTER}:
            return [value]
        case tuple() | frozenset():
            return [each for part in value for each in _secrets(part)]
        case _ if is_dataclass(value):
            return [each for f in fields(value) for each in _secrets(getattr(value, f.name))]
        case _:
            return []


@_LONG
@given(_START, _WALK)
def test_nothing_typed_survives_its_screen(session: Session, walk: list[object]) -> None:
    for move in walk:
        for event in _events(session, move):
            session, _ = step(session, event)
            if not isinstance(session.screen, SECRET_SCREENS):
                assert _secrets(session) == [], session.screen
            else:
                assert _secrets(replace(session, screen=Home(), account=None, assurance=None)) == []
            assert TYPED * 4 not in repr(session)


@_LONG
@given(_START, _WALK)
def test_an_account_by_card_never_stands_there_without_that_card(
    session: Session, walk: list[object]
) -> None:
    for move in walk:
        for event in _events(session, move):
            before, (session, effects) = session, step(session, event)
            if session.account is not None and not session.by_phone:
                assert session.card in session.lying
            if before.account is not None:
                assert session.card == before.card or session.account is None or session.by_phone
            if before.by_phone and isinstance(event, CardInserted):
                assert session.account is None
            gone = before.account is not None and session.account is None
            assert not gone or RevokeToken() in effects


def test_the_search_would_find_what_survived() -> None:
    assert _secrets(at(PutCard(CardCode(TYPED * 6))))
    assert _secrets(at(EnterPassport(PassportForm(TYPED))))
    assert _secrets(at(Reading(PassportData(TYPED, date(1984, 5, 17), date(2031, 2, 28)))))
