"""The account PIN and the accounts of others, once an account is here."""

from dataclasses import replace

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.account.model import Account, Assurance, Principal, PrincipalKind, Scope
from kiosk_app.cards.events import CardRemoved
from kiosk_app.session.causes import EndReason
from kiosk_app.session.effects import EndSession, FetchAccount, PrintPayment, ProvePin, RevokeToken
from kiosk_app.session.events.answers import AccountArrived, ChipRead, SignInFailed
from kiosk_app.session.events.surroundings import Tick
from kiosk_app.session.events.touches import (
    Confirmed,
    Digit,
    Erased,
    Letter,
    PinAsked,
    PrincipalChosen,
    PrincipalsAsked,
    PrintAsked,
    WentBack,
)
from kiosk_app.session.model import Session
from kiosk_app.session.screen.in_account import (
    AccountView,
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Section,
    Switching,
)
from kiosk_app.session.screen.public import Ended, Home
from kiosk_app.session.screen.trouble import Problem
from kiosk_app.session.seconds import Seconds
from tests.unit.kiosk_app.account.accounts import account, text
from tests.unit.kiosk_app.session.walks import CHIP, READER, after, at, effects, signed_in

SHUT: Account = replace(account(), locked=(Scope.DOCUMENTS,), documents=())
OPEN = AccountArrived(2, account(), Assurance.CHIP_PIN)
DOCUMENTS = Section.DOCUMENTS
LOCKED = signed_in(AccountView(DOCUMENTS), account=SHUT)
PAD = after(LOCKED, PinAsked(DOCUMENTS))
PIN = [Digit(digit) for digit in ("2", "5", "8", "0")]
CHECKING = after(PAD, *PIN, Confirmed())
COMPANY = Principal("c", PrincipalKind.COMPANY, "VZOR s.r.o.", text("jednatel"), "27074358")
SELF = Principal("self", PrincipalKind.SELF, "JANA VZOROVÁ", text(""))
BOTH: Account = replace(account(), principals=(SELF, COMPANY))
CHOOSING = after(signed_in(account=BOTH), PrincipalsAsked())


# ---------------------------------------------------------------- PIN


def test_a_locked_part_opens_with_the_pin() -> None:
    assert PAD.screen == EnterPin(DOCUMENTS)
    order = effects(after(PAD, *PIN), Confirmed())
    assert order == (ProvePin(2, "self", "2580"),)
    assert CHECKING.screen == CheckingPin(DOCUMENTS)
    opened = after(CHECKING, OPEN)
    assert (opened.screen, opened.assurance) == (AccountView(DOCUMENTS), Assurance.CHIP_PIN)


@pytest.mark.parametrize(
    "session",
    [
        signed_in(),
        signed_in(account=SHUT, assurance=Assurance.CHIP_PIN),
        signed_in(account=SHUT, assurance=Assurance.IDENTIFIED),
        at(Home()),
    ],
)
def test_no_pin_is_asked_for_where_it_opens_nothing(session: Session) -> None:
    assert after(session, PinAsked(DOCUMENTS)).screen == session.screen


def test_a_pin_has_four_to_eight_digits() -> None:
    assert after(PAD, *PIN[:3], Confirmed()).screen == EnterPin(DOCUMENTS, "258")
    assert after(PAD, *PIN * 3).screen == EnterPin(DOCUMENTS, "25802580")
    assert after(PAD, *PIN, Erased()).screen == EnterPin(DOCUMENTS, "258")
    assert after(PAD, Letter("A")).screen == EnterPin(DOCUMENTS)
    assert after(PAD, *PIN, WentBack()).screen == AccountView(DOCUMENTS)


@pytest.mark.parametrize("pin", ["123456789", "12x"])
def test_only_digits_are_a_pin(pin: str) -> None:
    with pytest.raises(ValueError, match="PIN"):
        EnterPin(DOCUMENTS, pin)


def test_a_wrong_pin_says_how_many_tries_are_left_and_when_the_next_is_heard() -> None:
    wrong = SignInFailed(2, AccountCause.PIN_WRONG, tries_left=2, retry_after=30.0)
    waits = after(CHECKING, wrong)
    expected = EnterPin(DOCUMENTS, wrong=True, tries_left=2, until=Seconds(30))
    assert waits.screen == expected
    assert after(waits, *PIN).screen == expected
    assert after(waits, Tick(Seconds(29))).screen == expected
    heard = after(waits, Tick(Seconds(30)))
    assert heard.screen == replace(expected, until=None)
    assert after(heard, Digit("1")).screen == EnterPin(DOCUMENTS, "1", tries_left=2)
    at_once = after(CHECKING, replace(wrong, retry_after=None))
    assert at_once.screen == replace(expected, until=None)
    assert effects(CHECKING, wrong) == ()


def test_a_locked_pin_leads_back_to_what_is_open() -> None:
    locked = after(CHECKING, SignInFailed(2, AccountCause.PIN_LOCKED))
    assert locked.screen == Problem(AccountCause.PIN_LOCKED, section=DOCUMENTS)
    assert locked.account == SHUT
    assert after(locked, Confirmed()).screen == AccountView(DOCUMENTS)
    assert after(locked, WentBack()).screen == AccountView(DOCUMENTS)


def test_no_pad_is_offered_again_once_the_pin_is_locked() -> None:
    back = after(CHECKING, SignInFailed(2, AccountCause.PIN_LOCKED), WentBack())
    assert after(back, PinAsked(DOCUMENTS)).screen == AccountView(DOCUMENTS)
    assert not after(back, CardRemoved(READER)).pin_locked


@pytest.mark.parametrize("session", [CHECKING, after(CHOOSING, PrincipalChosen("c"))])
def test_a_session_that_the_city_hall_ended_is_over_here(session: Session) -> None:
    over = SignInFailed(2, AccountCause.SESSION_ENDED)
    assert after(session, over).screen == Ended(EndReason.TIMED_OUT)
    assert effects(session, over) == (EndSession(EndReason.TIMED_OUT), RevokeToken())


def test_a_city_hall_that_keeps_silent_leaves_the_account_as_it_is() -> None:
    late = after(CHECKING, Tick(Seconds(31)))
    assert late.screen == Problem(AccountCause.UNREACHABLE, section=DOCUMENTS)
    assert late.account == SHUT
    assert effects(CHECKING, Tick(Seconds(31))) == ()
    assert after(late, OPEN) == late
    assert effects(late, OPEN) == ()
    switching = after(CHOOSING, PrincipalChosen("c"), Tick(Seconds(31)))
    assert switching.screen == Problem(AccountCause.UNREACHABLE)


def test_the_chip_does_not_answer_for_the_pin() -> None:
    assert after(CHECKING, ChipRead(2)) == CHECKING


def test_a_pin_without_an_account_goes_nowhere() -> None:
    from kiosk_app.session.in_account import pin_confirmed  # noqa: PLC0415 - only reached by hand

    assert pin_confirmed(at(Home()), EnterPin(DOCUMENTS, "2580")) == (at(Home()), ())


# ---------------------------------------------------------------- the accounts of others


def test_another_principal_s_account_is_fetched() -> None:
    assert CHOOSING.screen == ChoosePrincipal()
    assert effects(CHOOSING, PrincipalChosen("c")) == (FetchAccount(2, "c"),)
    switching = after(CHOOSING, PrincipalChosen("c"))
    assert switching.screen == Switching("c")
    theirs = replace(BOTH, principal_id="c")
    shown = after(switching, AccountArrived(2, theirs, CHIP))
    assert (shown.screen, shown.account) == (AccountView(), theirs)


def test_a_receipt_names_whose_account_it_is_from() -> None:
    for principal_id, payer in (("self", "JANA VZOROVÁ"), ("c", "VZOR s.r.o.")):
        shown = signed_in(
            PaymentView("R-overdue"), account=replace(BOTH, principal_id=principal_id)
        )
        (order,) = effects(shown, PrintAsked())
        assert isinstance(order, PrintPayment)
        assert order.person == payer


def test_one_s_present_account_need_not_be_fetched() -> None:
    assert after(CHOOSING, PrincipalChosen("self")).screen == AccountView()
    assert effects(CHOOSING, PrincipalChosen("self")) == ()


def test_an_account_of_a_stranger_is_not_asked_for() -> None:
    assert after(CHOOSING, PrincipalChosen("somebody else's")) == CHOOSING
    assert after(signed_in(account=BOTH), PrincipalChosen("c")).screen == AccountView()


def test_without_others_there_is_no_choice() -> None:
    assert after(signed_in(), PrincipalsAsked()).screen == AccountView()
    assert after(at(Home()), PrincipalsAsked()).screen == Home()
    assert after(CHOOSING, WentBack()).screen == AccountView()


def test_a_mandate_that_ended_leads_back_to_one_s_own_account() -> None:
    refused = after(CHOOSING, PrincipalChosen("c"), SignInFailed(2, AccountCause.NOT_ENTITLED))
    assert refused.screen == Problem(AccountCause.NOT_ENTITLED)
    assert after(refused, Confirmed()).screen == AccountView()
    assert refused.account == BOTH
