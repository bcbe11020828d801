"""What a person has to do: what departments say, and what was not paid, read, answered, renewed.

Pure: it fetches nothing and knows the day only as an argument.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Final

from kiosk_app.account.codec import MAX_TEXT
from kiosk_app.account.model import (
    Case,
    Direction,
    Document,
    LocalizedText,
    Message,
    Receivable,
    ReceivableState,
    Todo,
    TodoKind,
)

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SOON: Final = timedelta(days=60)
"""A document that ends within this time is to be renewed."""


def todos_of(
    declared: Iterable[Todo],
    cases: Sequence[Case],
    receivables: Sequence[Receivable],
    documents: Iterable[Document],
    messages: Sequence[Message],
    today: date,
) -> tuple[Todo, ...]:
    """All to-dos, what is overdue first, then by the day; what one points at is in the account."""
    known = {case.id for case in cases} | {receivable.id for receivable in receivables}
    told = [_pointing_at(todo, known) for todo in declared]
    paid_for = {todo.receivable_id for todo in told if todo.receivable_id is not None}
    renewed = {todo.id for todo in told if todo.kind is TodoKind.RENEW}
    payments = (_payment(r) for r in receivables if not r.paid and r.id not in paid_for)
    renewals = (_renewal(d) for d in documents if d.id not in renewed and _ends_soon(d, today))
    found = chain(told, payments, renewals, _of_messages(messages))
    return tuple(sorted(found, key=lambda todo: (not todo.overdue, todo.due or date.max)))


def _pointing_at(todo: Todo, known: set[str]) -> Todo:
    """A to-do that points at nothing the account does not show."""
    receivable = todo.receivable_id if todo.receivable_id in known else None
    case = todo.case_id if todo.case_id in known else None
    return replace(todo, receivable_id=receivable, case_id=case)


def _payment(receivable: Receivable) -> Todo:
    overdue = receivable.state is ReceivableState.OVERDUE
    cs = "splatnost uplynula" if overdue else "splatné do"
    en = "was due on" if overdue else "due by"
    amount, day = receivable.next_amount, receivable.next_due
    return Todo(
        id=f"pay:{receivable.id}",
        kind=TodoKind.PAY,
        title=_before(LocalizedText("Zaplaťte: ", "Pay: "), receivable.title),
        detail=LocalizedText(
            f"{_czech_amount(amount)} Kč, {cs} {_czech_day(day)}",
            f"CZK {amount:,.2f}, {en} {_english_day(day)}",
        ),
        due=day,
        overdue=overdue,
        receivable_id=receivable.id,
    )


def _ends_soon(document: Document, today: date) -> bool:
    return document.valid_until is not None and today <= document.valid_until <= today + SOON


def _renewal(document: Document) -> Todo:
    day = document.valid_until or date.max
    return Todo(
        id=f"renew:{document.id}",
        kind=TodoKind.RENEW,
        title=_before(LocalizedText("Obnovte: ", "Renew: "), document.title),
        detail=LocalizedText(f"platí do {_czech_day(day)}", f"valid until {_english_day(day)}"),
        due=day,
        overdue=False,
    )


def _of_messages(messages: Sequence[Message]) -> Iterable[Todo]:
    """Answer what waits for an answer; read what was not read."""
    answered = [m for m in messages if m.direction is Direction.SENT and m.case_id is not None]
    for message in messages:
        if message.may_answer and not _is_answered(message, answered):
            yield _todo_of(message, TodoKind.ANSWER, LocalizedText("Odpovězte: ", "Answer: "))
        elif not message.read:
            yield _todo_of(message, TodoKind.READ, LocalizedText("Přečtěte si: ", "Read: "))


def _is_answered(message: Message, answers: Iterable[Message]) -> bool:
    return any(
        answer.case_id == message.case_id and answer.received >= message.received
        for answer in answers
    )


def _todo_of(message: Message, kind: TodoKind, words: LocalizedText) -> Todo:
    return Todo(
        id=f"{kind}:{message.id}",
        kind=kind,
        title=_before(words, message.subject),
        detail=message.department,
        due=None,
        overdue=False,
    )


def _before(words: LocalizedText, text: LocalizedText) -> LocalizedText:
    return LocalizedText((words.cs + text.cs)[:MAX_TEXT], (words.en + text.en)[:MAX_TEXT])


def _czech_day(day: date) -> str:
    return f"{day.day}. {day.month}. {day.year}"


def _english_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _czech_amount(amount: Decimal) -> str:
    whole = f"{amount:,.2f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return whole.removesuffix(",00")
