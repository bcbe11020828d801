"""What a card does on each screen; taking it away ends whatever is personal."""

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.cards.events import CardInserted, CardRemoved, ReaderMissing, ReaderReady
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import EndSession, RevokeToken, SignIn
from kiosk_app.session.events.touches import Finished
from kiosk_app.session.model import Device
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import AccountView, PaymentView, Printed, Printing
from kiosk_app.session.screen.public import (
    Attract,
    Ended,
    Home,
    LifeSituationsView,
    NoticeBoardView,
)
from kiosk_app.session.screen.signing_in import EnterCan, PutCard, Reading
from kiosk_app.session.screen.trouble import Problem, TakeCard
from tests.unit.kiosk_app.session.walks import CODE, READER, after, at, effects, signed_in

PUT = CardInserted(READER)
TAKEN = CardRemoved(READER)
ENDED = Ended(EndReason.CARD_TAKEN)


@pytest.mark.parametrize(
    ("before", "then"),
    [
        (Attract(), EnterCan()),
        (Home(), EnterCan()),
        (NoticeBoardView(), EnterCan()),
        (LifeSituationsView("x"), EnterCan()),
        (EnterCan("12"), EnterCan("12")),
        (Problem(CardCause.UNSUPPORTED), EnterCan()),
        (Problem(AccountCause.UNREACHABLE), Problem(AccountCause.UNREACHABLE)),
        (PutCard(CODE), Reading(CODE)),
        (TakeCard(), TakeCard()),
        (ENDED, ENDED),
    ],
)
def test_a_card_is_put(before: Screen, then: Screen) -> None:
    session = after(at(before), PUT)
    assert (session.screen, session.card) == (then, READER)


def test_the_can_first_then_the_card_reads_at_once() -> None:
    assert effects(at(PutCard(CODE)), PUT) == (SignIn(1, READER, CODE),)


def test_a_card_that_lay_there_before_anybody_came_is_to_be_taken() -> None:
    session = after(at(Attract()), CardInserted(READER, at_start=True))
    assert session.screen == TakeCard()
    assert after(session, TAKEN).screen == Attract()
    assert after(session, ReaderMissing()).screen == Attract()


@pytest.mark.parametrize(
    "screen", [AccountView(), PaymentView("R-overdue"), Printing(None), Printed("R-overdue")]
)
@pytest.mark.parametrize("event", [TAKEN, ReaderMissing()])
def test_taking_the_card_ends_what_is_personal(
    screen: Screen, event: CardRemoved | ReaderMissing
) -> None:
    session = after(signed_in(screen), event)
    assert (session.screen, session.account, session.card) == (ENDED, None, None)
    expected = (EndSession(EndReason.CARD_TAKEN), RevokeToken())
    assert effects(signed_in(screen), event) == expected


def test_a_card_of_another_reader_does_not_count() -> None:
    assert after(signed_in(), CardRemoved("Reader 1")).screen == AccountView()


def test_a_card_that_moves_while_it_is_read_may_be_put_again() -> None:
    reading = at(Reading(CODE), card=READER, attempt=1)
    moved = after(reading, TAKEN)
    assert moved.screen == PutCard(CODE, moved=True)
    assert effects(reading, TAKEN) == (RevokeToken(),)
    assert after(moved, PUT).screen == Reading(CODE)


@pytest.mark.parametrize("screen", [EnterCan("12"), PutCard(CODE), Reading(CODE)])
def test_a_reader_that_goes_stops_the_sign_in(screen: Screen) -> None:
    session = after(at(screen), ReaderMissing())
    assert session.screen == Problem(CardCause.READER_MISSING)
    assert Device.READER in session.missing


def test_a_reader_that_comes_back_leads_home() -> None:
    session = after(at(EnterCan()), ReaderMissing(), ReaderReady((READER,)))
    assert (session.screen, session.missing) == (Home(), frozenset())


@pytest.mark.parametrize("screen", [Home(), EnterCan("12"), Problem(CardCause.DAMAGED)])
def test_a_card_taken_from_an_impersonal_screen_changes_nothing(screen: Screen) -> None:
    assert after(at(screen, card=READER), TAKEN).screen == screen


@pytest.mark.parametrize(
    "screen",
    [
        Problem(AccountCause.UNREACHABLE),
        Problem(AccountCause.CARD_NOT_ACCEPTED),
        Problem(CardCause.DAMAGED),
        Home(),
        EnterCan("12"),
        NoticeBoardView(),
    ],
)
def test_taking_a_card_whose_chip_was_read_ends_the_session_wherever_it_is(screen: Screen) -> None:
    session = at(screen, card=READER, chip_read=True)
    assert after(session, TAKEN).screen == ENDED
    assert not after(session, TAKEN).chip_read
    assert effects(session, TAKEN) == (EndSession(EndReason.CARD_TAKEN), RevokeToken())


@pytest.mark.parametrize("screen", [PutCard(CODE, moved=True), Reading(CODE, chip_read=True)])
def test_a_card_that_moved_after_its_chip_was_read_may_be_put_again(screen: Screen) -> None:
    session = after(at(screen, card=READER, chip_read=True), TAKEN)
    assert session.screen == PutCard(CODE, moved=True)


def test_an_ended_session_does_not_end_again_when_the_card_is_taken() -> None:
    problem = at(Problem(AccountCause.UNREACHABLE), card=READER, chip_read=True)
    assert effects(after(problem, Finished()), TAKEN) == ()


def test_readers_that_come_and_go_do_not_disturb_public_screens() -> None:
    session = at(NoticeBoardView())
    assert after(session, ReaderMissing()).screen == NoticeBoardView()
    assert after(session, ReaderReady((READER,))).screen == NoticeBoardView()
