"""What the city hall has open with one person, as frozen values; no parsing, no fetching.

The person comes first, not the department: to-dos, then cases, receivables, contracts, documents
and messages. Money is CZK as a `Decimal` with two places; dates are local dates of the city.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kiosk_app.account.iban import is_iban


@dataclass(frozen=True)
class LocalizedText:
    """One text in Czech and in English."""

    cs: str
    en: str

    def text_in(self, language: str) -> str:
        """The English text for "en", the Czech one for every other language."""
        return self.en if language == "en" else self.cs


@dataclass(frozen=True)
class PersonSummary:
    """Whose account this is; `is_sample` marks an invented person."""

    display_name: str
    is_sample: bool


class TodoKind(StrEnum):
    """What the person has to do."""

    PAY = "pay"
    SUPPLY = "supply"
    RENEW = "renew"
    READ = "read"


@dataclass(frozen=True)
class Todo:
    """One thing the person has to do; it points at a receivable, at a case or at neither."""

    id: str
    kind: TodoKind
    title: LocalizedText
    detail: LocalizedText
    due: date | None
    overdue: bool
    receivable_id: str | None = None
    case_id: str | None = None

    def __post_init__(self) -> None:
        if self.receivable_id is not None and self.case_id is not None:
            raise ValueError("a to-do points at a receivable or at a case, not at both")
        if self.overdue and self.due is None:
            raise ValueError("an overdue to-do has a due date")


class StepState(StrEnum):
    """Where a case is relative to one of its steps."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True)
class CaseStep:
    """One step of a case; `date` is when it was or will be done, if that is known."""

    title: LocalizedText
    state: StepState
    date: date | None


_ORDER_OF_STEPS = (StepState.DONE, StepState.CURRENT, StepState.AHEAD)


@dataclass(frozen=True)
class Case:
    """One proceeding with its progress; steps are done, then at most one current, then ahead."""

    id: str
    reference_number: str
    title: LocalizedText
    department: LocalizedText
    desk: LocalizedText
    opened: date
    deadline: date | None
    steps: tuple[CaseStep, ...]

    def __post_init__(self) -> None:
        ranks = [_ORDER_OF_STEPS.index(step.state) for step in self.steps]
        if ranks != sorted(ranks) or ranks.count(_ORDER_OF_STEPS.index(StepState.CURRENT)) > 1:
            raise ValueError("the steps of a case are done, then at most one current, then ahead")

    @property
    def steps_done(self) -> int:
        """How many steps are behind."""
        return sum(step.state is StepState.DONE for step in self.steps)


_HELLERS = -2
"""The exponent of the smallest unit of an amount: 0.01 CZK."""


_VARIABLE_SYMBOL = re.compile(r"[0-9]{1,10}")


class ReceivableState(StrEnum):
    """Whether a receivable waits, is late, or is paid."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"


@dataclass(frozen=True)
class Receivable:
    """A sum the person owes or has paid; `iban` and `variable_symbol` are where it is paid to.

    `amount` is positive CZK with two places, `variable_symbol` up to ten digits, `iban` without
    spaces; `message` is the text for the recipient of a payment.
    """

    id: str
    title: LocalizedText
    department: LocalizedText
    amount: Decimal
    due: date
    variable_symbol: str
    iban: str
    message: str
    state: ReceivableState
    paid_on: date | None

    def __post_init__(self) -> None:
        if self.amount <= 0 or self.amount.as_tuple().exponent != _HELLERS:
            raise ValueError("the amount of a receivable is positive CZK with two places")
        if _VARIABLE_SYMBOL.fullmatch(self.variable_symbol) is None:
            raise ValueError("a variable symbol is one to ten digits")
        if not is_iban(self.iban):
            raise ValueError(
                "the account a receivable is paid to is an IBAN with right check digits"
            )
        if self.paid != (self.paid_on is not None):
            raise ValueError("a receivable has a date of payment exactly when it is paid")

    @property
    def paid(self) -> bool:
        """True when nothing remains to be paid."""
        return self.state is ReceivableState.PAID


@dataclass(frozen=True)
class Contract:
    """A contract with the city; `terms` says in a sentence what it costs or gives."""

    id: str
    reference_number: str
    title: LocalizedText
    department: LocalizedText
    terms: LocalizedText
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Document:
    """A document of the person: a decision, a certificate, an identity document."""

    id: str
    title: LocalizedText
    department: LocalizedText
    issued: date
    valid_until: date | None


@dataclass(frozen=True)
class Message:
    """A message from the city hall to the person."""

    id: str
    subject: LocalizedText
    body: LocalizedText
    department: LocalizedText
    received: date
    read: bool


@dataclass(frozen=True)
class Account:
    """Everything the city hall has open with one person at one moment.

    `as_of` is aware. `missing_agendas` names the agendas that did not answer: what they know is
    not in here, so an account with missing agendas never means "nothing is open".
    """

    person: PersonSummary
    as_of: datetime
    todos: tuple[Todo, ...] = ()
    cases: tuple[Case, ...] = ()
    receivables: tuple[Receivable, ...] = ()
    contracts: tuple[Contract, ...] = ()
    documents: tuple[Document, ...] = ()
    messages: tuple[Message, ...] = ()
    missing_agendas: tuple[LocalizedText, ...] = ()

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("an account's as_of is an aware datetime")
        _refuse_doubles(item.id for item in self.todos)
        _refuse_doubles(item.id for item in self.cases)
        _refuse_doubles(item.id for item in self.receivables)
        _refuse_doubles(item.id for item in self.contracts)
        _refuse_doubles(item.id for item in self.documents)
        _refuse_doubles(item.id for item in self.messages)

    @property
    def outstanding(self) -> Decimal:
        """The sum of all receivables that are not paid, in CZK."""
        amounts = (item.amount for item in self.receivables if not item.paid)
        return sum(amounts, Decimal("0.00"))

    def receivable(self, receivable_id: str) -> Receivable | None:
        """The receivable of that id, if the account has it."""
        return next((item for item in self.receivables if item.id == receivable_id), None)

    def case(self, case_id: str) -> Case | None:
        """The case of that id, if the account has it."""
        return next((item for item in self.cases if item.id == case_id), None)


def _refuse_doubles(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for item_id in ids:
        if item_id in seen:
            raise ValueError("two items of one kind carry the same id")
        seen.add(item_id)
