"""Whose turn it was says what an unforeseen failure means; its words are never logged."""

import logging

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.window_phases import asking_the_city_hall, reading_the_card

NUMBER = "999009812"


def test_what_a_card_makes_fail_is_a_damaged_card(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(CardProblem) as raised,
        reading_the_card(),
    ):
        raise ZeroDivisionError(NUMBER)
    assert raised.value.cause is CardCause.DAMAGED
    assert "ZeroDivisionError" in caplog.text
    assert NUMBER not in caplog.text + str(raised.value)


def test_what_an_answer_makes_fail_is_a_broken_answer(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        pytest.raises(AccountProblem) as raised,
        asking_the_city_hall(),
    ):
        raise RecursionError(NUMBER)
    assert raised.value.cause is AccountCause.BROKEN_ANSWER
    assert "RecursionError" in caplog.text
    assert NUMBER not in caplog.text + str(raised.value)


def test_a_cause_that_is_known_goes_through_as_it_is() -> None:
    card = CardProblem(CardCause.WRONG_CAN, "wrong", 2)
    with pytest.raises(CardProblem) as raised, reading_the_card():
        raise card
    assert raised.value is card
    account = AccountProblem(AccountCause.PIN_WRONG, "wrong", tries_left=1, retry_after=5.0)
    with pytest.raises(AccountProblem) as refused, asking_the_city_hall():
        raise account
    assert refused.value is account
