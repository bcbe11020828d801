"""Rows of a database as items of the account; a department's data is checked like a stranger's.

Pure: it gets values by field name and builds the model's items, or says which field is wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Final, TypeVar, get_args, get_type_hints

from kiosk_app.account.codec import AccountFormatError, decode_item
from kiosk_app.account.model import (
    Case,
    CaseStep,
    Contract,
    Document,
    LocalizedText,
    Message,
    Receivable,
    ReceivableState,
    Todo,
)
from kiosk_app.gateway.errors import CannotServe

T = TypeVar("T")
RawItem = dict[str, object]
Row = Mapping[str, object]
"""The values of one row by the model's field names; texts in two languages as `title.cs`."""


class ItemKind(StrEnum):
    """What a query gives."""

    TODOS = "todos"
    CASES = "cases"
    STEPS = "steps"
    RECEIVABLES = "receivables"
    CONTRACTS = "contracts"
    DOCUMENTS = "documents"
    MESSAGES = "messages"


class AgendaBroken(CannotServe):
    """An agenda's rows are no items; one sentence with the place, never with a value."""


@dataclass(frozen=True)
class AgendaItems:
    """What one agenda knows about one person."""

    todos: tuple[Todo, ...] = ()
    cases: tuple[Case, ...] = ()
    receivables: tuple[Receivable, ...] = ()
    contracts: tuple[Contract, ...] = ()
    documents: tuple[Document, ...] = ()
    messages: tuple[Message, ...] = ()


_MODELS: Final[Mapping[ItemKind, type]] = {
    ItemKind.TODOS: Todo,
    ItemKind.CASES: Case,
    ItemKind.STEPS: CaseStep,
    ItemKind.RECEIVABLES: Receivable,
    ItemKind.CONTRACTS: Contract,
    ItemKind.DOCUMENTS: Document,
    ItemKind.MESSAGES: Message,
}
# What the gateway works out by itself and no query gives.
_DERIVED: Final = frozenset(
    {"overdue", "steps", "state", "instalments", "payments", "clerk", "direction"}
)
_OF_CASE: Final = "case_id"
_CENT: Final = Decimal("0.01")


def _leaves(kind: ItemKind) -> dict[str, object]:
    """The fields a query of that kind can give, with their types."""
    hints = get_type_hints(_MODELS[kind])
    leaves: dict[str, object] = {}
    for name, hint in hints.items():
        if hint is LocalizedText:
            leaves |= {f"{name}.cs": str, f"{name}.en": str}
        elif name not in _DERIVED or kind is ItemKind.STEPS:
            leaves[name] = hint
    return leaves | ({_OF_CASE: str} if kind is ItemKind.STEPS else {})


_LEAVES: Final = {kind: _leaves(kind) for kind in ItemKind}


def known_fields(kind: ItemKind) -> frozenset[str]:
    """The fields a query of that kind may give."""
    return frozenset(_LEAVES[kind])


def required_fields(kind: ItemKind) -> frozenset[str]:
    """The fields a query of that kind must give."""
    optional = _defaults(kind).keys()
    leaves = _LEAVES[kind].items()
    return frozenset(n for n, hint in leaves if not isinstance(hint, UnionType)) - optional


@cache
def _defaults(kind: ItemKind) -> RawItem:
    """What a field is that no row gives, as the codec reads it; most fields have none."""
    given = {f.name: f.default for f in fields(_MODELS[kind]) if f.default is not MISSING}
    by_factory = {"instalments", "payments"}
    return {n: ([] if n in by_factory else value) for n, value in given.items()}


def items_of(agenda: str, rows: Mapping[ItemKind, Sequence[Row]], today: date) -> AgendaItems:
    """The items in an agenda's rows; their ids get the agenda's before them.

    Raises:
        AgendaBroken: a row is no item; the sentence names agenda, kind and field.
    """
    reader = _Reader(agenda, rows, today)
    return AgendaItems(
        todos=reader.items(ItemKind.TODOS, Todo, _with_overdue),
        cases=reader.items(ItemKind.CASES, Case, reader.with_steps),
        receivables=reader.items(ItemKind.RECEIVABLES, Receivable, _with_state),
        contracts=reader.items(ItemKind.CONTRACTS, Contract),
        documents=reader.items(ItemKind.DOCUMENTS, Document),
        messages=reader.items(ItemKind.MESSAGES, Message),
    )


_Complete = Callable[[RawItem, str], RawItem]


def _as_it_is(raw: RawItem, _today: str) -> RawItem:
    return raw


def _with_overdue(raw: RawItem, today: str) -> RawItem:
    return raw | {"overdue": _late(raw, today)}


def _with_state(raw: RawItem, today: str) -> RawItem:
    if raw.get("paid_on") is not None:
        return raw | {"state": ReceivableState.PAID}
    return raw | {"state": ReceivableState.OVERDUE if _late(raw, today) else ReceivableState.OPEN}


def _late(raw: RawItem, today: str) -> bool:
    due = raw.get("due")
    return isinstance(due, str) and due < today


@dataclass(frozen=True)
class _Reader:
    agenda: str
    rows: Mapping[ItemKind, Sequence[Row]]
    today: date

    def items(
        self, kind: ItemKind, model: type[T], complete: _Complete = _as_it_is
    ) -> tuple[T, ...]:
        rows = self.rows.get(kind, ())
        raws = [complete(self.raw(kind, row), self.today.isoformat()) for row in rows]
        ids = [raw.get("id") for raw in raws]
        if len(set(ids)) != len(ids):
            raise AgendaBroken(f"agenda {self.agenda}, {kind}: two rows have the same id")
        return tuple(self._decoded(model, raw, kind, index) for index, raw in enumerate(raws))

    def with_steps(self, raw: RawItem, _today: str) -> RawItem:
        steps = [self.raw(ItemKind.STEPS, row) for row in self.rows.get(ItemKind.STEPS, ())]
        return raw | {"steps": [step for step in steps if step[_OF_CASE] == raw["id"]]}

    def raw(self, kind: ItemKind, row: Row) -> RawItem:
        raw: RawItem = dict(_defaults(kind))
        for name, hint in _LEAVES[kind].items():
            value = _plain(hint, row.get(name, raw.get(name)))
            if name in _IDS and value is not None:
                value = f"{self.agenda}:{value}"
            whole, _, part = name.partition(".")
            if part:
                raw[whole] = _joined(raw.get(whole), part, value)
            else:
                raw[whole] = value
        return raw

    def _decoded(self, model: type[T], raw: RawItem, kind: ItemKind, index: int) -> T:
        try:
            return decode_item(model, raw, f"agenda {self.agenda}, {kind}[{index}]")
        except AccountFormatError as error:
            raise AgendaBroken(str(error)) from error


_IDS: Final = frozenset({"id", "receivable_id", _OF_CASE})


def _joined(texts: object, language: str, value: object) -> RawItem:
    return (texts if isinstance(texts, dict) else {}) | {language: value}


def _plain(hint: object, value: object) -> object:
    """A database's value as the JSON value the codec knows; what does not fit stays as it is."""
    if value is None:
        return None
    kinds = get_args(hint) or (hint,)
    if Decimal in kinds:
        return _amount(value)
    if bool in kinds:
        return bool(value) if value in (0, 1) else value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value


def _amount(value: object) -> object:
    try:
        exact = Decimal(str(value))
        return str(exact.quantize(_CENT)) if exact == exact.quantize(_CENT) else value
    except InvalidOperation:
        return value
