"""Accounts are put together in the order that helps the person."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from kiosk_app.account.model import PersonSummary, ReceivableState, TodoKind
from kiosk_app.gateway.agenda.items import AgendaItems
from kiosk_app.gateway.assembling import Gathered, assemble
from tests.unit.kiosk_app.account.accounts import account, receivable, text

PERSON = PersonSummary("JANA VZOROVÁ", is_sample=True)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_unpaid_receivables_become_todos_with_amount_and_day() -> None:
    open_one = replace(
        receivable(ReceivableState.OPEN), amount=Decimal("12345.50"), due=date(2026, 12, 5)
    )
    items = AgendaItems(receivables=(open_one, receivable(), receivable(ReceivableState.PAID)))
    todos = assemble(PERSON, NOW, Gathered((items,), ())).todos
    assert [todo.kind for todo in todos] == [TodoKind.PAY, TodoKind.PAY]
    assert [todo.overdue for todo in todos] == [True, False]
    assert todos[0].detail.cs == "850 Kč, splatnost uplynula 31. 5. 2026"
    assert todos[0].detail.en == "CZK 850.00, was due on 31 May 2026"
    assert todos[1].detail.cs == "12\N{NO-BREAK SPACE}345,50 Kč, splatné do 5. 12. 2026"
    assert todos[1].receivable_id == open_one.id


def test_unread_message_becomes_the_last_todo() -> None:
    unread = account().messages[0]
    items = AgendaItems(
        todos=account().todos, messages=(replace(unread, id="M-2", read=True), unread)
    )
    todos = assemble(PERSON, NOW, Gathered((items,), ())).todos
    assert [todo.kind for todo in todos] == [TodoKind.PAY, TodoKind.READ]
    assert todos[1].title.cs == "Přečtěte si: Zpráva"


def test_newest_first_and_what_is_paid_last() -> None:
    document = account().documents[0]
    items = AgendaItems(
        documents=(document, replace(document, id="D-2", issued=date(2026, 2, 1))),
        receivables=(receivable(ReceivableState.PAID), receivable()),
    )
    whole = assemble(PERSON, NOW, Gathered((items, AgendaItems()), (text("Přestupky"),)))
    assert [item.id for item in whole.documents] == ["D-2", "D-1"]
    assert [item.paid for item in whole.receivables] == [False, True]
    assert whole.missing_agendas == (text("Přestupky"),)
