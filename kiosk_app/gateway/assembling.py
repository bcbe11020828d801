"""One account from what the agendas answered, to-dos first. Pure: no query, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final, TypeVar

from kiosk_app.account.codec import MAX_ITEMS
from kiosk_app.account.model import (
    SELF_ID,
    Account,
    Appointment,
    Bookable,
    Choices,
    LocalizedText,
    Message,
    PersonSummary,
    Principal,
    Scope,
)
from kiosk_app.gateway.agenda.kinds import AgendaItems
from kiosk_app.gateway.neglect import todos_of

T = TypeVar("T")

_MAX_TEXT: Final = 300_000
"""All agendas' bytes (UTF-8) together, so that an account keeps below the contract's length."""
_MAX_ITEMS: Final = MAX_ITEMS // 3
"""All agendas' items together: a receivable or a message is two, with its to-do."""


@dataclass(frozen=True)
class Answer:
    """What one agenda answered, with its name for people; None is no answer."""

    name: LocalizedText
    items: AgendaItems | None


@dataclass(frozen=True)
class Gathered:
    """What the agendas answered, and the names of those that did not."""

    items: tuple[AgendaItems, ...]
    missing: tuple[LocalizedText, ...]


@dataclass(frozen=True)
class Additions:
    """What the gateway itself holds of a person beside the agendas: what was handed in here."""

    messages: tuple[Message, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    bookable: tuple[Bookable, ...] = ()
    choices: Choices | None = None


NOTHING_ADDED: Final = Additions()


def gathered(answers: Sequence[Answer]) -> Gathered:
    """All answers that fit into one account, the largest left out first, and who is missing."""
    room, text = _MAX_ITEMS, _MAX_TEXT
    kept: set[int] = set()
    for index, items in sorted(_answered(answers), key=lambda pair: (pair[1].size, pair[0])):
        if _count(items) <= room and items.size <= text:
            room, text = room - _count(items), text - items.size
            kept.add(index)
    numbered = tuple(enumerate(answers))
    return Gathered(
        items=tuple(a.items for i, a in numbered if i in kept and a.items is not None),
        missing=tuple(answer.name for index, answer in numbered if index not in kept),
    )


def _answered(answers: Sequence[Answer]) -> list[tuple[int, AgendaItems]]:
    return [(i, answer.items) for i, answer in enumerate(answers) if answer.items is not None]


def _count(items: AgendaItems) -> int:
    lists = (items.todos, items.cases, items.receivables, items.contracts)
    papers = (items.documents, items.messages, items.appointments)
    return sum(len(of_kind) for of_kind in (*lists, *papers))


def assemble(
    person: PersonSummary,
    principal: Principal,
    principals: tuple[Principal, ...],
    as_of: datetime,
    found: Gathered,
    scopes: frozenset[Scope],
    additions: Additions = NOTHING_ADDED,
) -> Account:
    """The principal's account, as far as the scopes open it.

    What was not paid, read, answered or renewed becomes a to-do. A part that is not open is empty
    and named in `locked`; its to-dos are not told either. `additions` are the person's own: they
    do not show with another principal.
    """
    opened = _Opened(found.items, scopes)
    own = additions if principal.id == SELF_ID else NOTHING_ADDED
    messages = opened.part(Scope.MESSAGES, (each.messages for each in found.items), own.messages)
    cases = opened.part(Scope.CASES, (each.cases for each in found.items))
    receivables = opened.part(Scope.PAYMENTS, (each.receivables for each in found.items))
    documents = opened.part(Scope.DOCUMENTS, (each.documents for each in found.items))
    declared = opened.part(Scope.OVERVIEW, (each.todos for each in found.items))
    appointments = opened.part(
        Scope.APPOINTMENTS, (each.appointments for each in found.items), own.appointments
    )
    return Account(
        person=person,
        as_of=as_of,
        todos=(
            todos_of(declared, cases, receivables, documents, messages, as_of.date())
            if Scope.OVERVIEW in scopes
            else ()
        ),
        cases=cases,
        receivables=tuple(sorted(receivables, key=lambda item: (item.paid, item.next_due))),
        contracts=opened.part(Scope.CONTRACTS, (each.contracts for each in found.items)),
        documents=tuple(sorted(documents, key=lambda item: item.issued, reverse=True)),
        messages=tuple(sorted(messages, key=lambda item: item.received, reverse=True)),
        missing_agendas=found.missing,
        principal_id=principal.id,
        principals=principals,
        appointments=tuple(sorted(appointments, key=lambda item: item.starts)),
        bookable=own.bookable if Scope.APPOINTMENTS in scopes else (),
        choices=own.choices if Scope.CHOICES in scopes else None,
        locked=tuple(scope for scope in Scope if scope not in scopes),
    )


@dataclass(frozen=True)
class _Opened:
    items: tuple[AgendaItems, ...]
    scopes: frozenset[Scope]

    def part(
        self, scope: Scope, lists: Iterable[tuple[T, ...]], more: tuple[T, ...] = ()
    ) -> tuple[T, ...]:
        return (*chain.from_iterable(lists), *more) if scope in self.scopes else ()
