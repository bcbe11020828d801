"""One account from what the agendas answered, to-dos first. Pure: no query, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from kiosk_app.account.model import (
    Account,
    Document,
    LocalizedText,
    Message,
    PersonSummary,
    Receivable,
    ReceivableState,
    Todo,
    TodoKind,
)
from kiosk_app.gateway.agenda.items import AgendaItems

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Gathered:
    """What the agendas answered, and the names of those that did not."""

    items: tuple[AgendaItems, ...]
    missing: tuple[LocalizedText, ...]


def assemble(person: PersonSummary, as_of: datetime, gathered: Gathered) -> Account:
    """The person's account; what was not paid and not read becomes a to-do."""
    items = gathered.items
    receivables = tuple(chain.from_iterable(part.receivables for part in items))
    messages = tuple(chain.from_iterable(part.messages for part in items))
    declared = chain.from_iterable(part.todos for part in items)
    return Account(
        person=person,
        as_of=as_of,
        todos=_todos(declared, receivables, messages),
        cases=tuple(chain.from_iterable(part.cases for part in items)),
        receivables=tuple(sorted(receivables, key=_receivable_order)),
        contracts=tuple(chain.from_iterable(part.contracts for part in items)),
        documents=_newest_documents(chain.from_iterable(part.documents for part in items)),
        messages=tuple(sorted(messages, key=lambda message: message.received, reverse=True)),
        missing_agendas=gathered.missing,
    )


def _todos(
    declared: Iterable[Todo], receivables: Iterable[Receivable], messages: Iterable[Message]
) -> tuple[Todo, ...]:
    payments = (_payment(item) for item in receivables if not item.paid)
    readings = (_reading(message) for message in messages if not message.read)
    return tuple(sorted(chain(declared, payments, readings), key=_todo_order))


def _todo_order(todo: Todo) -> tuple[bool, date]:
    return (not todo.overdue, todo.due or date.max)


def _receivable_order(receivable: Receivable) -> tuple[bool, date]:
    return (receivable.paid, receivable.due)


def _newest_documents(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents, key=lambda document: document.issued, reverse=True))


def _payment(receivable: Receivable) -> Todo:
    overdue = receivable.state is ReceivableState.OVERDUE
    cs = "splatnost uplynula" if overdue else "splatné do"
    en = "was due on" if overdue else "due by"
    day, amount = receivable.due, receivable.amount
    return Todo(
        id=f"pay:{receivable.id}",
        kind=TodoKind.PAY,
        title=_before(LocalizedText("Zaplaťte: ", "Pay: "), receivable.title),
        detail=LocalizedText(
            f"{_czech_amount(amount)} Kč, {cs} {day.day}. {day.month}. {day.year}",
            f"CZK {amount:,.2f}, {en} {day.day} {_MONTHS[day.month - 1]} {day.year}",
        ),
        due=day,
        overdue=overdue,
        receivable_id=receivable.id,
    )


def _reading(message: Message) -> Todo:
    return Todo(
        id=f"read:{message.id}",
        kind=TodoKind.READ,
        title=_before(LocalizedText("Přečtěte si: ", "Read: "), message.subject),
        detail=message.department,
        due=None,
        overdue=False,
    )


def _before(words: LocalizedText, text: LocalizedText) -> LocalizedText:
    return LocalizedText(words.cs + text.cs, words.en + text.en)


def _czech_amount(amount: Decimal) -> str:
    whole = f"{amount:,.2f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return whole.removesuffix(",00")
