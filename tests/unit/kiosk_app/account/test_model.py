"""The account model refuses impossible states and answers simple questions."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from kiosk_app.account.iban import is_iban
from kiosk_app.account.model import (
    LocalizedText,
    Principal,
    PrincipalKind,
    ReceivableState,
    StepState,
)
from tests.unit.kiosk_app.account.accounts import account, case, receivable, text


def test_text_falls_back_to_czech() -> None:
    text = LocalizedText("ano", "yes")
    assert [text.text_in(language) for language in ("cs", "en", "pl")] == ["ano", "yes", "ano"]


def test_one_s_own_account_is_nobody_else_s() -> None:
    child = Principal("child", PrincipalKind.FAMILY, "ELIŠKA VZOROVÁ", text(""))
    own = replace(account(), principals=(child,))
    assert own.acting_for is None
    assert replace(own, principal_id="child").acting_for is child


def test_outstanding_leaves_out_what_is_paid() -> None:
    assert account().outstanding == Decimal("850.00")


def test_items_are_found_by_id() -> None:
    full = account()
    assert full.receivable("R-overdue") == full.receivables[0]
    assert full.receivable("none") is None
    assert full.case("C-1") == full.cases[0]
    assert full.case("none") is None


def test_case_counts_its_steps() -> None:
    assert case().steps_done == 1


def test_steps_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="steps of a case"):
        replace(case(), steps=case().steps[::-1])


def test_two_current_steps_are_refused() -> None:
    current = replace(case().steps[0], state=StepState.CURRENT)
    with pytest.raises(ValueError, match="steps of a case"):
        replace(case(), steps=(current, current))


def test_todo_pointing_at_two_things_is_refused() -> None:
    with pytest.raises(ValueError, match="not at both"):
        replace(account().todos[0], case_id="C-1")


def test_overdue_todo_without_due_date_is_refused() -> None:
    with pytest.raises(ValueError, match="has a due date"):
        replace(account().todos[0], due=None)


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1", "1.000"])
def test_amount_that_is_no_sum_of_czk_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="positive CZK"):
        replace(receivable(), amount=Decimal(amount))


@pytest.mark.parametrize("symbol", ["", "12345678901", "12A", "١٢"])
def test_variable_symbol_that_is_not_ten_digits_is_refused(symbol: str) -> None:
    with pytest.raises(ValueError, match="variable symbol"):
        replace(receivable(), variable_symbol=symbol)


def test_iban_with_wrong_check_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="IBAN"):
        replace(receivable(), iban="CZ6608000000192000145399")


@pytest.mark.parametrize("text", ["", "CZ65 0800 0000 1920 0014 5399", "cz6508000000192000145399"])
def test_text_that_is_no_iban(text: str) -> None:
    assert not is_iban(text)


def test_ibans_of_the_registry_are_accepted() -> None:
    assert is_iban("CZ6508000000192000145399")
    assert is_iban("GB29NWBK60161331926819")


def test_paid_receivable_without_its_date_is_refused() -> None:
    with pytest.raises(ValueError, match="exactly when it is paid"):
        replace(receivable(), state=ReceivableState.PAID)


def test_account_with_naive_time_is_refused() -> None:
    naive = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 - the naive time is the case
    with pytest.raises(ValueError, match="aware"):
        replace(account(), as_of=naive)


def test_two_items_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        replace(account(), cases=(case(), case()))
