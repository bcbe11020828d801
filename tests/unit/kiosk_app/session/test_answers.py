"""What the workers' answers do, in time and too late."""

import pytest

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import Cause
from kiosk_app.session.effects import RevokeToken
from kiosk_app.session.events.answers import (
    AccountArrived,
    Answer,
    ChipRead,
    PrintFailed,
    ReceiptPrinted,
    SignInFailed,
)
from kiosk_app.session.model import Device
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import AccountView, Printed, Printing
from kiosk_app.session.screen.public import Home
from kiosk_app.session.screen.signing_in import EnterCan, PutCard, Reading
from kiosk_app.session.screen.trouble import Problem
from tests.unit.kiosk_app.account.accounts import account
from tests.unit.kiosk_app.session.walks import CHIP, CODE, READER, after, at, effects, signed_in

READING = at(Reading(CODE), card=READER, attempt=1, missing=frozenset({Device.GATEWAY}))


def test_the_chip_then_the_account() -> None:
    asking = after(READING, ChipRead(1))
    assert asking.screen == Reading(CODE, chip_read=True)
    assert asking.chip_read
    arrived = after(asking, AccountArrived(1, account(), CHIP))
    assert arrived.screen == AccountView()
    assert arrived.account == account()
    assert arrived.missing == frozenset()


@pytest.mark.parametrize(
    ("cause", "then"),
    [
        (CardCause.WRONG_CAN, EnterCan(wrong=True)),
        (CardCause.TAKEN_TOO_EARLY, PutCard(CODE, moved=True)),
        (CardCause.UNSUPPORTED, Problem(CardCause.UNSUPPORTED)),
        (AccountCause.CARD_UNKNOWN, Problem(AccountCause.CARD_UNKNOWN)),
    ],
)
def test_a_failed_sign_in(cause: Cause, then: Screen) -> None:
    failed = after(READING, SignInFailed(1, cause))
    assert failed.screen == then
    assert failed.attempt == 2
    # The token may be here already, when it was the account that did not come.
    assert effects(READING, SignInFailed(1, cause)) == (RevokeToken(),)


def test_an_account_that_comes_too_late_is_given_back() -> None:
    late = AccountArrived(0, account(), CHIP)
    assert after(READING, late).account is None
    assert effects(READING, late) == (RevokeToken(),)


@pytest.mark.parametrize("answer", [ChipRead(0), SignInFailed(0, CardCause.DAMAGED)])
def test_another_late_answer_does_nothing(answer: Answer) -> None:
    assert after(READING, answer) == READING
    assert effects(READING, answer) == ()


@pytest.mark.parametrize("answer", [ReceiptPrinted(1), PrintFailed(1, PrinterCause.CUTTER)])
def test_a_printer_does_not_answer_for_the_card(answer: Answer) -> None:
    assert after(READING, answer).screen == Reading(CODE)


@pytest.mark.parametrize("receivable", ["R-overdue", None])
def test_a_receipt_is_printed_or_not(receivable: str | None) -> None:
    printing = signed_in(Printing(receivable))
    assert after(printing, ReceiptPrinted(1)).screen == Printed(receivable)
    failed = after(printing, PrintFailed(1, PrinterCause.PAPER_OUT))
    assert failed.screen == Problem(PrinterCause.PAPER_OUT, receivable)


@pytest.mark.parametrize(
    "answer", [ChipRead(1), AccountArrived(1, account(), CHIP), SignInFailed(1, CardCause.DAMAGED)]
)
def test_a_card_does_not_answer_for_the_printer(answer: Answer) -> None:
    assert after(signed_in(Printing(None)), answer).screen == Printing(None)


def test_an_answer_on_another_screen_does_nothing() -> None:
    assert after(at(Home(), attempt=1), ChipRead(1)).screen == Home()
