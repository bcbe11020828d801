"""Everything the city hall has open with one person at one moment; it fetches nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kiosk_app.account.model.appointment import Appointment, Bookable
from kiosk_app.account.model.assurance import Scope
from kiosk_app.account.model.case import Case
from kiosk_app.account.model.choices import Choices
from kiosk_app.account.model.message import Message
from kiosk_app.account.model.paper import Contract, Document
from kiosk_app.account.model.person import SELF_ID, PersonSummary, Principal
from kiosk_app.account.model.receivable import Receivable
from kiosk_app.account.model.text import LocalizedText
from kiosk_app.account.model.todo import Todo


@dataclass(frozen=True)
class Account:
    """Everything the city hall has open with one person at one moment.

    `as_of` is aware. `missing_agendas` names the agendas that did not answer: what they know is
    not in here, so an account with missing agendas never means "nothing is open". `principal_id`
    is whose account it is, one of `principals`; `locked` are the parts that this sign-in does not
    open: they are empty here whatever there may be.
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
    principal_id: str = SELF_ID
    principals: tuple[Principal, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    bookable: tuple[Bookable, ...] = ()
    choices: Choices | None = None
    locked: tuple[Scope, ...] = ()

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("an account's as_of is an aware datetime")
        _refuse_doubles(item.id for item in self.todos)
        _refuse_doubles(item.id for item in self.cases)
        _refuse_doubles(item.id for item in self.receivables)
        _refuse_doubles(item.id for item in self.contracts)
        _refuse_doubles(item.id for item in self.documents)
        _refuse_doubles(item.id for item in self.messages)
        _refuse_doubles(item.id for item in self.appointments)
        _refuse_doubles(item.id for item in self.bookable)
        _refuse_doubles(item.id for item in self.principals)
        known = {item.id for item in self.principals} | {SELF_ID}
        if self.principal_id not in known:
            raise ValueError("an account belongs to one of the principals")

    @property
    def acting_for(self) -> Principal | None:
        """Whose account it is, if it is not the person's own."""
        if self.principal_id == SELF_ID:
            return None
        return next(each for each in self.principals if each.id == self.principal_id)

    @property
    def outstanding(self) -> Decimal:
        """The sum of all receivables that are not paid, in CZK."""
        return sum((item.outstanding for item in self.receivables), Decimal("0.00"))

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
