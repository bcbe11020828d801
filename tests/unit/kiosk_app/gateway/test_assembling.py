"""Accounts are put together in the order that helps the person, as far as the scopes go."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kiosk_app.account.codec import MAX_TEXT, decode_account, encode_account
from kiosk_app.account.model import (
    Account,
    Appointment,
    Bookable,
    Choices,
    Direction,
    Instalment,
    LocalizedText,
    Message,
    PersonSummary,
    Principal,
    PrincipalKind,
    ReceivableState,
    Scope,
    Todo,
    TodoKind,
)
from kiosk_app.gateway.agenda.kinds import AgendaItems, ItemKind, opened_kinds
from kiosk_app.gateway.assembling import Additions, Answer, Gathered, assemble, gathered
from tests.unit.kiosk_app.account.accounts import OFFICE, account, case, receivable, text

PERSON = PersonSummary("JANA VZOROVÁ", is_sample=True)
MYSELF = Principal("self", PrincipalKind.SELF, "JANA VZOROVÁ", text("vy"))
CHILD = Principal("M-1", PrincipalKind.FAMILY, "EMA VZOROVÁ", text("matka"))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ALL = frozenset(Scope)


def whole(
    *items: AgendaItems,
    scopes: frozenset[Scope] = ALL,
    principal: Principal = MYSELF,
    additions: Additions | None = None,
) -> Account:
    found = Gathered(items, (text("Přestupky"),))
    return assemble(
        PERSON, principal, (MYSELF, CHILD), NOW, found, scopes, additions or Additions()
    )


def kinds(todos: tuple[Todo, ...]) -> list[TodoKind]:
    return [todo.kind for todo in todos]


def test_unpaid_receivables_become_todos_with_amount_and_day() -> None:
    open_one = replace(
        receivable(ReceivableState.OPEN), amount=Decimal("12345.50"), due=date(2026, 12, 5)
    )
    items = AgendaItems(receivables=(open_one, receivable(), receivable(ReceivableState.PAID)))
    todos = whole(items).todos
    assert kinds(todos) == [TodoKind.PAY, TodoKind.PAY]
    assert [todo.overdue for todo in todos] == [True, False]
    assert todos[0].detail.cs == "850 Kč, splatnost uplynula 31. 5. 2026"
    assert todos[0].detail.en == "CZK 850.00, was due on 31 May 2026"
    assert todos[1].detail.cs == "12\N{NO-BREAK SPACE}345,50 Kč, splatné do 5. 12. 2026"
    assert todos[1].receivable_id == open_one.id


def test_the_next_instalment_is_to_be_paid_not_the_whole() -> None:
    half = Decimal("425.00")
    parts = (
        Instalment(date(2026, 10, 1), half, date(2026, 9, 30)),
        Instalment(date(2026, 12, 1), half, None),
    )
    owed = replace(receivable(ReceivableState.OPEN), instalments=parts)
    todo = whole(AgendaItems(receivables=(owed,))).todos[0]
    assert todo.detail.en == "CZK 425.00, due by 1 December 2026"
    assert todo.due == date(2026, 12, 1)


def test_what_a_department_says_of_a_receivable_takes_the_place_of_ours() -> None:
    items = AgendaItems(receivables=(receivable(),), todos=account().todos)
    todos = whole(items).todos
    assert [todo.id for todo in todos] == ["T-1"]
    assert todos[0].receivable_id == "R-overdue"


def test_todo_points_at_nothing_that_the_account_does_not_show() -> None:
    about_a_case = replace(account().todos[0], receivable_id=None, case_id="C-1")
    assert whole(AgendaItems(todos=(about_a_case,), cases=(case(),))).todos[0].case_id == "C-1"
    assert whole(AgendaItems(todos=(about_a_case,))).todos[0].case_id is None
    assert whole(AgendaItems(todos=account().todos)).todos[0].receivable_id is None


def test_unread_message_becomes_the_last_todo() -> None:
    unread = account().messages[0]
    items = AgendaItems(
        todos=account().todos, messages=(replace(unread, id="M-2", read=True), unread)
    )
    todos = whole(items).todos
    assert kinds(todos) == [TodoKind.PAY, TodoKind.READ]
    assert todos[1].title.cs == "Přečtěte si: Zpráva"


def _waiting(case_id: str | None = "C-1") -> Message:
    return replace(account().messages[0], may_answer=True, read=True, case_id=case_id)


def _sent(day: date, case_id: str | None = "C-1") -> Message:
    message = replace(_waiting(case_id), id="M-9", may_answer=False, received=day)
    return replace(message, direction=Direction.SENT)


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ((_waiting(),), [TodoKind.ANSWER]),
        ((replace(_waiting(), read=False),), [TodoKind.ANSWER]),
        ((_waiting(), _sent(date(2026, 11, 1))), []),
        ((_waiting(), _sent(date(2026, 10, 31))), [TodoKind.ANSWER]),
        ((_waiting(), _sent(date(2026, 11, 2), "C-2")), [TodoKind.ANSWER]),
        ((_waiting(None), _sent(date(2026, 11, 2), None)), [TodoKind.ANSWER]),
    ],
)
def test_message_waits_for_an_answer_until_one_was_sent(
    messages: tuple[Message, ...], expected: list[TodoKind]
) -> None:
    assert kinds(whole(AgendaItems(messages=messages)).todos) == expected


@pytest.mark.parametrize(("days", "asked"), [(-1, 0), (0, 1), (60, 1), (61, 0), (None, 0)])
def test_document_is_to_be_renewed_in_its_last_sixty_days(days: int | None, asked: int) -> None:
    until = None if days is None else NOW.date() + timedelta(days)
    document = replace(account().documents[0], valid_until=until)
    todos = whole(AgendaItems(documents=(document,))).todos
    assert kinds(todos) == [TodoKind.RENEW] * asked
    if days == 0:
        assert todos[0].title.en == "Renew: Rozhodnutí (en)"
        assert todos[0].detail.cs == "platí do 24. 11. 2026"


def test_document_whose_office_says_how_to_renew_it_is_told_of_once() -> None:
    document = replace(account().documents[0], valid_until=NOW.date())
    said = replace(account().todos[0], id=document.id, kind=TodoKind.RENEW, receivable_id=None)
    todos = whole(AgendaItems(documents=(document,), todos=(said,))).todos
    assert [todo.id for todo in todos] == [document.id]


def test_newest_first_and_what_is_paid_last() -> None:
    document = account().documents[0]
    items = AgendaItems(
        documents=(document, replace(document, id="D-2", issued=date(2026, 2, 1))),
        receivables=(receivable(ReceivableState.PAID), receivable()),
    )
    shown = whole(items, AgendaItems())
    assert [item.id for item in shown.documents] == ["D-2", "D-1"]
    assert [item.paid for item in shown.receivables] == [False, True]
    assert shown.missing_agendas == (text("Přestupky"),)


def _appointment(name: str, hour: int) -> Appointment:
    starts = datetime(2026, 12, 1, hour, tzinfo=UTC)
    ends = starts + timedelta(minutes=20)
    return Appointment(name, text("Doklady"), OFFICE, text("Radnice"), starts, ends)


EVERYTHING = AgendaItems(
    todos=account().todos,
    cases=(case(),),
    receivables=(receivable(),),
    contracts=account().contracts,
    documents=account().documents,
    messages=account().messages,
    appointments=(_appointment("A-2", 11),),
)
ADDED = Additions(
    messages=(_sent(date(2026, 11, 24)),),
    appointments=(_appointment("A-1", 9),),
    bookable=(Bookable("B-1", text("Doklady"), OFFICE, text("Radnice")),),
    choices=Choices(),
)


def test_what_was_handed_in_here_shows_among_the_persons_own() -> None:
    shown = whole(EVERYTHING, additions=ADDED)
    assert [item.id for item in shown.messages] == ["M-9", "M-1"]
    assert [item.id for item in shown.appointments] == ["A-1", "A-2"]
    assert (shown.bookable, shown.choices) == (ADDED.bookable, ADDED.choices)
    assert shown.locked == ()
    assert decode_account(encode_account(shown)) == shown


def test_what_was_handed_in_here_does_not_show_with_another_principal() -> None:
    shown = whole(EVERYTHING, additions=ADDED, principal=CHILD)
    assert (shown.principal_id, shown.principals) == ("M-1", (MYSELF, CHILD))
    assert [item.id for item in shown.messages] == ["M-1"]
    assert (shown.bookable, shown.choices) == ((), None)


PARTS = {
    Scope.CASES: "cases",
    Scope.PAYMENTS: "receivables",
    Scope.CONTRACTS: "contracts",
    Scope.DOCUMENTS: "documents",
    Scope.MESSAGES: "messages",
    Scope.APPOINTMENTS: "appointments",
}


@pytest.mark.parametrize(("scope", "member"), PARTS.items())
def test_part_that_is_locked_is_empty_and_named(scope: Scope, member: str) -> None:
    shown = whole(EVERYTHING, scopes=ALL - {scope}, additions=ADDED)
    assert getattr(shown, member) == ()
    assert shown.locked == (scope,)
    assert all(getattr(shown, other) for other in PARTS.values() if other != member)


def test_overview_alone_tells_only_what_departments_call_to_do() -> None:
    shown = whole(EVERYTHING, scopes=frozenset({Scope.OVERVIEW}), additions=ADDED)
    assert [todo.id for todo in shown.todos] == ["T-1"]
    assert shown.todos[0].receivable_id is None
    assert all(getattr(shown, member) == () for member in PARTS.values())
    assert (shown.bookable, shown.choices) == ((), None)


def test_without_the_overview_nothing_is_called_to_do() -> None:
    assert whole(EVERYTHING, scopes=ALL - {Scope.OVERVIEW}).todos == ()


def test_scopes_open_kinds() -> None:
    assert opened_kinds(ALL) == frozenset(ItemKind)
    assert opened_kinds(frozenset({Scope.PAYMENTS})) == {
        ItemKind.RECEIVABLES,
        ItemKind.INSTALMENTS,
        ItemKind.PAYMENTS,
    }
    assert opened_kinds(frozenset({Scope.MANDATES})) == frozenset()


def _documents(agenda: str, count: int, size: int = 0) -> Answer:
    one = account().documents[0]
    items = tuple(replace(one, id=f"{agenda}:{number}") for number in range(count))
    return Answer(text(agenda), AgendaItems(documents=items, size=size))


def test_agenda_that_did_not_answer_is_named() -> None:
    found = gathered([_documents("a", 1), Answer(text("b"), None)])
    assert (len(found.items), found.missing) == (1, (text("b"),))


def test_agendas_too_large_for_one_account_are_left_out_the_largest_first() -> None:
    rows = gathered([_documents("a", 300, 9), _documents("b", 30, 2), _documents("c", 30, 1)])
    assert rows.missing == (text("a"),)
    many = gathered([_documents("a", 300, 1), _documents("b", 200, 2), _documents("c", 30, 3)])
    assert many.missing == (text("b"),)
    texts = gathered([_documents("a", 1, 200_000), _documents("b", 2, 150_000)])
    assert texts.missing == (text("a"),)


def test_account_of_floods_still_fits_the_contract() -> None:
    message = replace(account().messages[0], body=LocalizedText("ř" * 4000, "x" * 4000))
    flood = [
        Answer(
            text(f"agenda {number}"),
            AgendaItems(
                messages=tuple(replace(message, id=f"{number}:{i}") for i in range(7)), size=60_000
            ),
        )
        for number in range(12)
    ]
    shown = assemble(PERSON, MYSELF, (), NOW, gathered(flood), ALL)
    assert decode_account(encode_account(shown)) == shown
    assert len(shown.missing_agendas) == 7


def test_longest_subject_still_fits_into_its_todo() -> None:
    longest = LocalizedText("ž" * MAX_TEXT, "x" * MAX_TEXT)
    message = replace(account().messages[0], subject=longest)
    shown = whole(AgendaItems(messages=(message,)))
    assert decode_account(encode_account(shown)) == shown
