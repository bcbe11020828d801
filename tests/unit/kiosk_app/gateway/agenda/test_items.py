"""Rows become items; what is derived is derived from the city's day."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kiosk_app.account.model import (
    Appointment,
    Case,
    Clerk,
    Direction,
    Instalment,
    Message,
    Payment,
    Receivable,
    ReceivableState,
    StepState,
)
from kiosk_app.gateway.agenda.items import MAX_ROWS, MAX_TEXT, items_of
from kiosk_app.gateway.agenda.kinds import AgendaBroken, ItemKind

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Prague"))
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


def receivables(**changes: object) -> tuple[Receivable, ...]:
    return items_of("fee", {ItemKind.RECEIVABLES: [CHARGE | changes]}, NOW).receivables


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
    assert items_of("fee", rows, NOW).receivables[0].state is state


@pytest.mark.parametrize("amount", [850, 850.0, "850", "850.00", Decimal("850.000")])
def test_amounts_of_all_databases_are_the_same(amount: object) -> None:
    rows = {ItemKind.RECEIVABLES: [CHARGE | {"amount": amount}]}
    assert items_of("fee", rows, NOW).receivables[0].amount == Decimal("850.00")


@pytest.mark.parametrize("amount", [850.005, "x", "NaN", "Infinity", -1, 0, None, b"850"])
def test_amount_that_is_no_sum_breaks_the_agenda(amount: object) -> None:
    with pytest.raises(AgendaBroken, match=r"agenda fee, receivables\[0\]"):
        receivables(amount=amount)


def test_ids_carry_their_agenda() -> None:
    rows = {ItemKind.RECEIVABLES: [CHARGE]}
    receivable = items_of("fee", rows, NOW).receivables[0]
    assert (receivable.id, receivable.variable_symbol) == ("fee:17", "9000017026")


def test_two_rows_with_one_id_break_the_agenda() -> None:
    with pytest.raises(AgendaBroken, match="two rows have the same id"):
        items_of("fee", {ItemKind.RECEIVABLES: [CHARGE, CHARGE]}, NOW)


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
    first, second = items_of("building", rows, NOW).cases
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
    todos = items_of("building", rows, NOW).todos
    assert [todo.overdue for todo in todos] == [True, False, False]
    assert todos[2].case_id == "building:9"


def _texts(*names: str) -> dict[str, object]:
    return {f"{name}.{language}": "x" for name in names for language in ("cs", "en")}


def part(amount: object, day: object, **more: object) -> dict[str, object]:
    return {"receivable_id": 17, "amount": amount, "due": day, "paid_on": day} | more


def with_parts(
    instalments: list[dict[str, object]], payments: list[dict[str, object]], **changes: object
) -> Receivable:
    rows = {
        ItemKind.RECEIVABLES: [CHARGE | changes],
        ItemKind.INSTALMENTS: instalments,
        ItemKind.PAYMENTS: payments,
    }
    return items_of("fee", rows, NOW).receivables[0]


def test_instalments_and_payments_go_to_their_receivable_in_the_order_of_their_days() -> None:
    receivable = with_parts(
        [
            part(500, date(2027, 1, 31), paid_on=None),
            part("350.00", date(2026, 10, 31)),
            part(9, TODAY, receivable_id="of another"),
        ],
        [part(350.0, date(2026, 10, 30))],
        due=date(2027, 1, 31),
    )
    first, second = Decimal("350.00"), Decimal("500.00")
    assert receivable.instalments == (
        Instalment(date(2026, 10, 31), first, date(2026, 10, 31)),
        Instalment(date(2027, 1, 31), second, None),
    )
    assert receivable.payments == (Payment(date(2026, 10, 30), first),)
    assert receivable.state is ReceivableState.OPEN
    assert (receivable.next_amount, receivable.next_due) == (second, date(2027, 1, 31))


def test_instalment_that_is_late_makes_the_receivable_overdue() -> None:
    late = [part(425, date(2026, 11, 1), paid_on=None), part(425, date(2027, 1, 1), paid_on=None)]
    assert with_parts(late, [], due=date(2027, 1, 1)).state is ReceivableState.OVERDUE


@pytest.mark.parametrize("last", [500, 600])
def test_payments_that_make_up_the_sum_or_more_have_paid_it(last: int) -> None:
    receivable = with_parts([], [part(last, date(2026, 11, 20)), part(350, date(2026, 11, 2))])
    assert (receivable.paid, receivable.paid_on) == (True, date(2026, 11, 20))
    assert receivable.outstanding == 0


def test_payments_short_of_the_sum_leave_the_rest() -> None:
    receivable = with_parts([], [part(350, date(2026, 11, 2))])
    assert receivable.outstanding == Decimal("500.00")


@pytest.mark.parametrize("broken", ["x", None])
def test_payment_that_is_no_sum_breaks_the_agenda(broken: object) -> None:
    with pytest.raises(AgendaBroken, match=r"receivables\[0\]"):
        with_parts([], [part(broken, TODAY)])


def test_instalments_that_are_not_the_whole_break_the_agenda() -> None:
    with pytest.raises(AgendaBroken, match="make up its amount"):
        with_parts([part(1, TODAY)], [])


CASE = _texts("title", "department", "desk") | {
    "id": "1",
    "reference_number": "1/2026",
    "opened": TODAY,
}


def one_case(**more: object) -> Case:
    rows = {ItemKind.CASES: [CASE | {name.replace("_", ".", 1): v for name, v in more.items()}]}
    return items_of("building", rows, NOW).cases[0]


def test_clerk_is_named_where_the_department_names_one() -> None:
    assert one_case().clerk is None
    assert one_case(clerk_name=None, clerk_email="x@y").clerk is None
    assert one_case(clerk_name="VZOR").clerk == Clerk("VZOR", None, None)
    clerk = one_case(clerk_name="VZOR", clerk_telephone="1", clerk_email="x@y").clerk
    assert clerk == Clerk("VZOR", "1", "x@y")


def test_clerk_whose_name_is_no_text_breaks_the_agenda() -> None:
    with pytest.raises(AgendaBroken, match=r"clerk.name: is not a text"):
        one_case(clerk_name=[1])


MESSAGE = _texts("subject", "body", "department") | {"id": "1", "received": TODAY, "read": 1}


def message(**more: object) -> Message:
    return items_of("m", {ItemKind.MESSAGES: [MESSAGE | more]}, NOW).messages[0]


def test_message_is_received_unless_it_says_otherwise() -> None:
    assert message().direction is Direction.RECEIVED
    sent = message(direction="sent", number=17, case_id="9")
    assert (sent.direction, sent.number, sent.case_id) == (Direction.SENT, "17", "m:9")


@pytest.mark.parametrize("may", [True, 1, "true"])
def test_truths_of_all_databases_and_constants_are_the_same(may: object) -> None:
    assert message(may_answer=may).may_answer


@pytest.mark.parametrize("may", [2, "yes", 1.5, b"1"])
def test_what_is_no_truth_breaks_the_agenda(may: object) -> None:
    with pytest.raises(AgendaBroken, match=r"messages\[0\].may_answer: is not a truth value"):
        message(may_answer=may)


def appointment(starts: object, ends: object) -> Appointment:
    row = _texts("title", "department", "place") | {"id": "1", "starts": starts, "ends": ends}
    return items_of("a", {ItemKind.APPOINTMENTS: [row]}, NOW).appointments[0]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-07-01 09:00:00.000000", "2026-07-01 09:30"),
        (datetime(2026, 7, 1, 9), datetime(2026, 7, 1, 9, 30)),  # noqa: DTZ001 - as databases give it
        ("2026-07-01T07:00:00+00:00", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_time_without_a_zone_is_one_of_the_city_as_of_that_day(
    starts: object, ends: object
) -> None:
    found = appointment(starts, ends)
    assert found.starts == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert found.ends == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("starts", ["soon", 7, None])
def test_what_is_no_time_breaks_the_agenda(starts: object) -> None:
    with pytest.raises(AgendaBroken, match=r"appointments\[0\].starts"):
        appointment(starts, "2026-07-01 09:30")


@pytest.mark.parametrize("number", [17, Decimal(17), Decimal("17.00"), "17"])
def test_numbers_that_are_keys_are_texts(number: object) -> None:
    assert receivables(id=number)[0].id == "fee:17"


@pytest.mark.parametrize("number", [1.5, Decimal("1.5"), Decimal("NaN"), None])
def test_what_is_no_key_breaks_the_agenda(number: object) -> None:
    with pytest.raises(AgendaBroken, match=r"receivables\[0\].id: is not a text"):
        receivables(id=number)


def test_field_that_no_row_gives_is_missed_by_its_name() -> None:
    row = {name: value for name, value in CHARGE.items() if name != "due"}
    with pytest.raises(AgendaBroken, match=r"receivables\[0\].due: is not a text"):
        items_of("fee", {ItemKind.RECEIVABLES: [row]}, NOW)


def test_flood_of_rows_breaks_the_agenda() -> None:
    rows = [CHARGE | {"id": number} for number in range(MAX_ROWS + 1)]
    with pytest.raises(AgendaBroken, match="more than 300 rows for one person"):
        items_of("fee", {ItemKind.RECEIVABLES: rows}, NOW)


def test_flood_of_texts_breaks_the_agenda() -> None:
    rows = [CHARGE | {"id": number, "message": "x" * 4000} for number in range(17)]
    with pytest.raises(AgendaBroken, match="more than 65536 bytes for one person"):
        items_of("fee", {ItemKind.RECEIVABLES: rows}, NOW)
    few = items_of("fee", {ItemKind.RECEIVABLES: rows[:2]}, NOW)
    assert 8000 < few.size < MAX_TEXT


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[2J", "a\u202eb", "\ud800", "x" * 4001])
def test_text_that_could_deceive_breaks_the_agenda(text: str) -> None:
    with pytest.raises(AgendaBroken, match=r"receivables\[0\].message"):
        receivables(message=text)


PRAGUE_MIDNIGHT = datetime(2026, 11, 23, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "due",
    [
        PRAGUE_MIDNIGHT,
        "2026-11-23T23:00:00+00:00",
        "2026-11-24 00:00:00.000000",
        "2026-11-24T00:00:00+01:00",
        "20261124",
    ],
)
def test_day_of_a_time_is_the_citys_day(due: object) -> None:
    (found,) = receivables(due=due)
    assert (found.due, found.state) == (TODAY, ReceivableState.OPEN)


@pytest.mark.parametrize("due", ["20261123", 20261123])
def test_day_in_the_short_form_is_overdue_like_any_other(due: object) -> None:
    assert receivables(due=due)[0].state is ReceivableState.OVERDUE


@pytest.mark.parametrize("due", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
def test_last_and_first_day_of_all_are_days(due: str) -> None:
    assert receivables(due=due)[0].due.isoformat() == due[:10]


def test_instalments_agreed_after_the_day_are_not_overdue_before_their_own() -> None:
    agreed = [part(425, date(2026, 12, 1), paid_on=None), part(425, date(2027, 1, 1), paid_on=None)]
    found = with_parts(agreed, [], due=date(2026, 6, 30))
    assert (found.state, found.next_due) == (ReceivableState.OPEN, date(2026, 12, 1))


def test_instalments_that_are_all_paid_have_paid_the_whole() -> None:
    found = with_parts([part(425, date(2026, 6, 1)), part(425, date(2026, 7, 1))], [])
    assert (found.paid_on, found.outstanding) == (date(2026, 7, 1), Decimal("0.00"))


def test_paid_instalments_count_where_no_payments_are_told() -> None:
    parts = [part(350, date(2026, 6, 1)), part(500, date(2027, 1, 1), paid_on=None)]
    found = with_parts(parts, [])
    assert (found.outstanding, found.next_amount) == (Decimal("500.00"), Decimal("500.00"))


def test_payments_cover_instalments_that_the_office_does_not_mark() -> None:
    parts = [part(425, date(2026, 6, 1), paid_on=None), part(425, date(2027, 1, 1), paid_on=None)]
    payments = [part(300, date(2026, 5, 20)), part(200, date(2026, 5, 30))]
    found = with_parts(parts, payments)
    assert [each.paid_on for each in found.instalments] == [date(2026, 5, 30), None]
    assert found.state is ReceivableState.OPEN
    assert (found.next_amount, found.outstanding) == (Decimal("350.00"), Decimal("350.00"))


def test_payment_towards_an_instalment_leaves_its_rest_to_pay() -> None:
    parts = [part(425, date(2026, 12, 1), paid_on=None), part(425, date(2027, 1, 1), paid_on=None)]
    found = with_parts(parts, [part(100, date(2026, 11, 1))])
    assert (found.next_amount, found.next_due) == (Decimal("325.00"), date(2026, 12, 1))


def test_later_instalment_that_was_paid_first_leaves_the_first_to_pay() -> None:
    parts = [part(350, date(2026, 12, 1), paid_on=None), part(500, date(2027, 1, 1))]
    found = with_parts(parts, [part(850 - 1, date(2026, 11, 1))])
    assert found.next_amount == Decimal("1.00")
    found = with_parts(parts, [part(500, date(2026, 11, 1))])
    assert found.next_amount == Decimal("350.00")


def test_truth_that_is_a_number_of_the_database_is_one() -> None:
    assert message(may_answer=Decimal(1)).may_answer


def test_item_cannot_take_the_id_of_another_agendas_item() -> None:
    assert receivables(id="@rent:17")[0].id == "fee:@rent:17"
    assert message(case_id="@building:9").case_id == "building:9"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("amount", 333.333, "amount: is no amount such as 850.00"),
        ("due", "15.12.2026", "due: is no date such as 2026-11-24"),
        ("due", 46_000, "due: is no date such as 2026-11-24"),
    ],
)
def test_sentence_says_what_is_wanted(field: str, value: object, sentence: str) -> None:
    with pytest.raises(AgendaBroken, match=sentence):
        receivables(**{field: value})
