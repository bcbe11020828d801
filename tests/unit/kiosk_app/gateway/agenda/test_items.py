"""Rows become items; what is derived is derived from the city's day."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kiosk_app.account.model import ReceivableState, StepState
from kiosk_app.gateway.agenda.items import AgendaBroken, ItemKind, items_of

TODAY = date(2026, 11, 24)
CHARGE: dict[str, object] = {
    "id": 17,
    "title.cs": "Poplatek",
    "title.en": "Fee",
    "department.cs": "Odbor",
    "department.en": "Department",
    "amount": 850,
    "due": date(2026, 11, 23),
    "paid_on": None,
    "variable_symbol": 9000017026,
    "iban": "CZ9501000000001234567899",
    "message": "VZOR",
}


def receivables(**changes: object) -> tuple[object, ...]:
    return items_of("fee", {ItemKind.RECEIVABLES: [CHARGE | changes]}, TODAY).receivables


@pytest.mark.parametrize(
    ("due", "paid_on", "state"),
    [
        (date(2026, 11, 23), None, ReceivableState.OVERDUE),
        (date(2026, 11, 24), None, ReceivableState.OPEN),
        ("2026-11-25", None, ReceivableState.OPEN),
        (datetime(2026, 11, 23, 12), "2026-11-01", ReceivableState.PAID),  # noqa: DTZ001 - as databases give it
    ],
)
def test_state_of_a_receivable_goes_by_the_day(
    due: object, paid_on: object, state: ReceivableState
) -> None:
    rows = {ItemKind.RECEIVABLES: [CHARGE | {"due": due, "paid_on": paid_on}]}
    assert items_of("fee", rows, TODAY).receivables[0].state is state


@pytest.mark.parametrize("amount", [850, 850.0, "850", "850.00", Decimal("850.000")])
def test_amounts_of_all_databases_are_the_same(amount: object) -> None:
    rows = {ItemKind.RECEIVABLES: [CHARGE | {"amount": amount}]}
    assert items_of("fee", rows, TODAY).receivables[0].amount == Decimal("850.00")


@pytest.mark.parametrize("amount", [850.005, "x", "NaN", "Infinity", -1, 0, None, b"850"])
def test_amount_that_is_no_sum_breaks_the_agenda(amount: object) -> None:
    with pytest.raises(AgendaBroken, match=r"agenda fee, receivables\[0\]"):
        receivables(amount=amount)


def test_ids_carry_their_agenda() -> None:
    rows = {ItemKind.RECEIVABLES: [CHARGE]}
    receivable = items_of("fee", rows, TODAY).receivables[0]
    assert (receivable.id, receivable.variable_symbol) == ("fee:17", "9000017026")


def test_two_rows_with_one_id_break_the_agenda() -> None:
    with pytest.raises(AgendaBroken, match="two rows have the same id"):
        items_of("fee", {ItemKind.RECEIVABLES: [CHARGE, CHARGE]}, TODAY)


def test_sentence_of_a_broken_agenda_carries_no_value() -> None:
    with pytest.raises(AgendaBroken) as broken:
        receivables(due="SECRET")
    assert "SECRET" not in str(broken.value)


def test_steps_go_to_their_case() -> None:
    texts: dict[str, object] = {
        f"{name}.{language}": "x" for name in ("title",) for language in ("cs", "en")
    }
    case = texts | {
        **{
            f"{name}.{language}": "x"
            for name in ("department", "desk")
            for language in ("cs", "en")
        },
        "id": "1",
        "reference_number": "1/2026",
        "opened": TODAY,
    }
    step = texts | {"case_id": "1", "state": "done", "date": None}
    rows = {
        ItemKind.CASES: [case, case | {"id": "2"}],
        ItemKind.STEPS: [step, step | {"state": "current"}, step | {"case_id": "2"}],
    }
    first, second = items_of("building", rows, TODAY).cases
    assert [item.state for item in first.steps] == [StepState.DONE, StepState.CURRENT]
    assert len(second.steps) == 1
    assert second.id == "building:2"


def test_todo_is_overdue_after_its_day() -> None:
    row: dict[str, object] = {
        **{f"{name}.{language}": "x" for name in ("title", "detail") for language in ("cs", "en")},
        "id": "1",
        "kind": "supply",
    }
    rows = {
        ItemKind.TODOS: [
            row | {"due": date(2026, 11, 23)},
            row | {"id": "2", "due": TODAY},
            row | {"id": "3", "case_id": "9"},
        ]
    }
    todos = items_of("building", rows, TODAY).todos
    assert [todo.overdue for todo in todos] == [True, False, False]
    assert todos[2].case_id == "building:9"
