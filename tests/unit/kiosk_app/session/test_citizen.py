"""What each touch does on each screen, and that it does nothing elsewhere."""

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import (
    EndSession,
    OpenGateway,
    PrintOverview,
    PrintPayment,
    RevokeToken,
    SignIn,
)
from kiosk_app.session.events.touches import (
    AccountAsked,
    Confirmed,
    Digit,
    Erased,
    Finished,
    LanguageChosen,
    OfferOpened,
    PaymentAsked,
    PrintAsked,
    SectionChosen,
    Touch,
    Touched,
    WentBack,
)
from kiosk_app.session.model import Device, Language, Offer
from kiosk_app.session.password import CardCode
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import AccountView, PaymentView, Printed, Printing, Section
from kiosk_app.session.screen.public import (
    Attract,
    Ended,
    Home,
    LifeSituationsView,
    NoticeBoardView,
)
from kiosk_app.session.screen.signing_in import EnterCan, PutCard, Reading
from kiosk_app.session.screen.trouble import Problem, TakeCard
from tests.unit.kiosk_app.session.walks import CAN, CODE, READER, after, at, effects, signed_in

BOARD, GUIDES = Offer.NOTICE_BOARD, Offer.LIFE_SITUATIONS


@pytest.mark.parametrize(
    ("before", "touch", "then"),
    [
        (Attract(), Touched(), Home()),
        (Home(), Touched(), Home()),
        (Home(), AccountAsked(), EnterCan()),
        (Attract(), AccountAsked(), Attract()),
        (EnterCan(), Digit("1"), EnterCan("1")),
        (EnterCan(wrong=True), Digit("1"), EnterCan("1")),
        (EnterCan(CAN), Digit("7"), EnterCan(CAN)),
        (Home(), Digit("1"), Home()),
        (EnterCan("12"), Erased(), EnterCan("1")),
        (EnterCan(), Erased(), EnterCan()),
        (Home(), Erased(), Home()),
        (EnterCan("12345"), Confirmed(), EnterCan("12345")),
        (EnterCan(CAN), Confirmed(), PutCard(CODE)),
        (Home(), Confirmed(), Home()),
        (EnterCan("12"), WentBack(), Home()),
        (PutCard(CODE), WentBack(), EnterCan()),
        (NoticeBoardView("x"), WentBack(), NoticeBoardView()),
        (NoticeBoardView(), WentBack(), Home()),
        (LifeSituationsView("x"), WentBack(), LifeSituationsView()),
        (LifeSituationsView(), WentBack(), Home()),
        (Problem(CardCause.DAMAGED), WentBack(), Home()),
        (Reading(CODE), WentBack(), Reading(CODE)),
        (Problem(AccountCause.UNREACHABLE), Confirmed(), EnterCan()),
        (Home(), OfferOpened(BOARD), NoticeBoardView()),
        (NoticeBoardView(), OfferOpened(BOARD, "x"), NoticeBoardView("x")),
        (Home(), OfferOpened(GUIDES), LifeSituationsView()),
        (LifeSituationsView(), OfferOpened(GUIDES, "x"), LifeSituationsView("x")),
        (EnterCan(), OfferOpened(BOARD), EnterCan()),
        (Home(), SectionChosen(Section.CASES), Home()),
        (Home(), PaymentAsked("R-overdue"), Home()),
        (Home(), PrintAsked(), Home()),
        (TakeCard(), AccountAsked(), TakeCard()),
    ],
)
def test_a_touch_without_an_account(before: Screen, touch: Touch, then: Screen) -> None:
    assert after(at(before), touch).screen == then


@pytest.mark.parametrize(
    ("before", "touch", "then"),
    [
        (AccountView(), SectionChosen(Section.CASES), AccountView(Section.CASES)),
        (AccountView(), PaymentAsked("R-overdue"), PaymentView("R-overdue")),
        (AccountView(), PaymentAsked("R-paid"), AccountView()),
        (AccountView(), PaymentAsked("somebody else's"), AccountView()),
        (PaymentView("R-overdue"), PaymentAsked("R-overdue"), PaymentView("R-overdue")),
        (PaymentView("R-overdue"), WentBack(), AccountView(Section.PAYMENTS)),
        (PaymentView("R-overdue"), PrintAsked(), Printing("R-overdue")),
        (PaymentView("not in the account"), PrintAsked(), PaymentView("not in the account")),
        (AccountView(), PrintAsked(), Printing(None)),
        (Printed("R-overdue"), Confirmed(), PaymentView("R-overdue")),
        (Printed(None), WentBack(), AccountView()),
        (Problem(PrinterCause.PAPER_OUT, "R-overdue"), WentBack(), PaymentView("R-overdue")),
        (Problem(PrinterCause.PAPER_OUT), WentBack(), AccountView()),
        (Problem(PrinterCause.PAPER_OUT, "R-overdue"), Confirmed(), Printing("R-overdue")),
        (AccountView(), WentBack(), AccountView()),
    ],
)
def test_a_touch_with_an_account(before: Screen, touch: Touch, then: Screen) -> None:
    assert after(signed_in(before), touch).screen == then


def test_the_pad_opens_the_line_ahead() -> None:
    assert effects(at(Home()), AccountAsked()) == (OpenGateway(),)


def test_without_a_reader_the_account_says_so() -> None:
    session = after(at(Home(), missing=frozenset({Device.READER})), AccountAsked())
    assert session.screen == Problem(CardCause.READER_MISSING)


def test_a_card_that_lies_there_is_read_once_the_can_is_complete() -> None:
    session = at(EnterCan(CAN), card=READER, attempt=4)
    assert effects(session, Confirmed()) == (SignIn(5, READER, CODE),)
    assert after(session, Confirmed()).screen == Reading(CODE)


def test_printing_takes_what_is_printed_along() -> None:
    payment = effects(signed_in(PaymentView("R-overdue")), PrintAsked())[0]
    assert isinstance(payment, PrintPayment)
    assert (payment.attempt, payment.receivable.id) == (2, "R-overdue")
    assert isinstance(effects(signed_in(), PrintAsked())[0], PrintOverview)


def test_a_print_problem_without_an_account_is_not_printed_again() -> None:
    session = at(Problem(PrinterCause.PAPER_OUT))
    assert after(session, Confirmed()).screen == session.screen


def test_offers_that_are_not_here_do_not_open() -> None:
    assert after(at(Home(), offers=frozenset()), OfferOpened(BOARD)).screen == Home()


@pytest.mark.parametrize("screen", [Attract(), Home()])
def test_the_language_switches_everywhere_and_begins_a_session(screen: Screen) -> None:
    session = after(at(screen), LanguageChosen(Language.EN))
    assert (session.language, session.screen) == (Language.EN, Home())


@pytest.mark.parametrize("screen", [Home(), EnterCan("1"), TakeCard(), Reading(CODE)])
def test_finish_ends_the_session_on_every_screen(screen: Screen) -> None:
    assert after(at(screen), Finished()).screen == Ended(EndReason.FINISHED)
    assert effects(at(screen), Finished()) == (EndSession(EndReason.FINISHED), RevokeToken())


@pytest.mark.parametrize("can", ["1234567", "12a", "\uff11\uff12"])
def test_only_digits_are_a_can(can: str) -> None:
    with pytest.raises(ValueError, match="CAN"):
        EnterCan(can)
    with pytest.raises(ValueError, match="CAN"):
        CardCode(can)


def test_no_value_shows_the_can_in_its_text() -> None:
    values = (EnterCan(CAN), PutCard(CODE), Reading(CODE), SignIn(1, READER, CODE), Digit("7"))
    assert not any(CAN in repr(value) or "7" in repr(value) for value in values)


def test_no_session_shows_the_account_in_its_text() -> None:
    assert "VZOROVÁ" not in repr(signed_in())
