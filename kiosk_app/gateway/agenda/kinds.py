"""What a query of an agenda can give: kinds of items, their fields, and the scope each needs. Pure.

A field of a declaration is a leaf of the model: `title` has two, `title.cs` and `title.en`. What
the gateway works out by itself is no field.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Final, get_args, get_type_hints

from kiosk_app.account.model import (
    Appointment,
    Case,
    CaseStep,
    Clerk,
    Contract,
    Document,
    Instalment,
    LocalizedText,
    Message,
    Payment,
    Receivable,
    Scope,
    Todo,
)
from kiosk_app.gateway.errors import CannotServe


class ItemKind(StrEnum):
    """What a query gives."""

    TODOS = "todos"
    CASES = "cases"
    STEPS = "steps"
    RECEIVABLES = "receivables"
    INSTALMENTS = "instalments"
    PAYMENTS = "payments"
    CONTRACTS = "contracts"
    DOCUMENTS = "documents"
    MESSAGES = "messages"
    APPOINTMENTS = "appointments"


class AgendaBroken(CannotServe):
    """An agenda's rows are no items; one sentence with the place, never with a value."""


class AgendaTooSlow(AgendaBroken):
    """An agenda did not answer in time."""


@dataclass(frozen=True)
class Question:
    """Whose items are wanted: the agendas' key of a person, the city's local time, which kinds."""

    person: str = field(repr=False)
    now: datetime
    kinds: frozenset[ItemKind] = frozenset(ItemKind)


@dataclass(frozen=True)
class AgendaItems:
    """What one agenda knows about one person; `size` is how many characters of text that is."""

    todos: tuple[Todo, ...] = ()
    cases: tuple[Case, ...] = ()
    receivables: tuple[Receivable, ...] = ()
    contracts: tuple[Contract, ...] = ()
    documents: tuple[Document, ...] = ()
    messages: tuple[Message, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    size: int = 0


SCOPES: Final[Mapping[ItemKind, Scope]] = MappingProxyType(
    {
        ItemKind.TODOS: Scope.OVERVIEW,
        ItemKind.CASES: Scope.CASES,
        ItemKind.STEPS: Scope.CASES,
        ItemKind.RECEIVABLES: Scope.PAYMENTS,
        ItemKind.INSTALMENTS: Scope.PAYMENTS,
        ItemKind.PAYMENTS: Scope.PAYMENTS,
        ItemKind.CONTRACTS: Scope.CONTRACTS,
        ItemKind.DOCUMENTS: Scope.DOCUMENTS,
        ItemKind.MESSAGES: Scope.MESSAGES,
        ItemKind.APPOINTMENTS: Scope.APPOINTMENTS,
    }
)
"""The scope that opens each kind."""


@dataclass(frozen=True)
class Parent:
    """Where the rows of a kind belong: to the items of another, by a field, as their member."""

    kind: ItemKind
    by: str
    member: str


PARENTS: Final[Mapping[ItemKind, Parent]] = MappingProxyType(
    {
        ItemKind.STEPS: Parent(ItemKind.CASES, "case_id", "steps"),
        ItemKind.INSTALMENTS: Parent(ItemKind.RECEIVABLES, "receivable_id", "instalments"),
        ItemKind.PAYMENTS: Parent(ItemKind.RECEIVABLES, "receivable_id", "payments"),
    }
)
"""The kinds whose rows are parts of other items."""

MODELS: Final[Mapping[ItemKind, type]] = MappingProxyType(
    {
        ItemKind.TODOS: Todo,
        ItemKind.CASES: Case,
        ItemKind.STEPS: CaseStep,
        ItemKind.RECEIVABLES: Receivable,
        ItemKind.INSTALMENTS: Instalment,
        ItemKind.PAYMENTS: Payment,
        ItemKind.CONTRACTS: Contract,
        ItemKind.DOCUMENTS: Document,
        ItemKind.MESSAGES: Message,
        ItemKind.APPOINTMENTS: Appointment,
    }
)
"""The class of the model that a row of each kind becomes."""

_DERIVED: Final[Mapping[ItemKind, frozenset[str]]] = MappingProxyType(
    {
        ItemKind.TODOS: frozenset({"overdue"}),
        ItemKind.CASES: frozenset({"steps"}),
        ItemKind.RECEIVABLES: frozenset({"state", "instalments", "payments"}),
    }
)
"""What the gateway works out by itself and no query gives."""


@dataclass(frozen=True)
class Leaf:
    """One field of a kind: the type of its value, and whether a declaration may leave it out."""

    type: object
    required: bool


@cache
def leaves(kind: ItemKind) -> Mapping[str, Leaf]:
    """The fields a query of that kind can give, in the model's order."""
    model = MODELS[kind]
    defaults = {item.name for item in fields(model) if item.default is not MISSING}
    found: dict[str, Leaf] = {}
    if kind in PARENTS:
        found[PARENTS[kind].by] = Leaf(str, required=True)
    for name, hint in get_type_hints(model).items():
        if name not in _DERIVED.get(kind, frozenset()):
            found |= _leaves_of(name, hint, required=name not in defaults)
    return MappingProxyType(found)


def _leaves_of(name: str, hint: object, *, required: bool) -> dict[str, Leaf]:
    optional = isinstance(hint, UnionType)
    inner = next(part for part in get_args(hint) if part is not NoneType) if optional else hint
    if inner in {LocalizedText, Clerk}:
        parts = get_type_hints(inner)
        return {
            f"{name}.{part}": Leaf(of_part, required=required and not optional)
            for part, of_part in parts.items()
        }
    return {name: Leaf(hint, required=required and not optional)}


def known_fields(kind: ItemKind) -> frozenset[str]:
    """The fields a query of that kind may give."""
    return frozenset(leaves(kind))


def required_fields(kind: ItemKind) -> frozenset[str]:
    """The fields a query of that kind must give."""
    return frozenset(name for name, leaf in leaves(kind).items() if leaf.required)


def opened_kinds(scopes: frozenset[Scope]) -> frozenset[ItemKind]:
    """The kinds that those scopes open."""
    return frozenset(kind for kind in ItemKind if SCOPES[kind] in scopes)
