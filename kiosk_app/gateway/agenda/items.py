"""Rows of a department as items of the account, checked like a stranger's data. Pure.

It gets values by field name and builds the model's items, or says which field is wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import accumulate, chain
from typing import Final, TypeVar

from kiosk_app.account.codec import AccountFormatError, decode_item
from kiosk_app.account.model import (
    Appointment,
    Case,
    Contract,
    Document,
    Message,
    Receivable,
    ReceivableState,
    Todo,
)
from kiosk_app.gateway.agenda.kinds import (
    MODELS,
    PARENTS,
    AgendaBroken,
    AgendaItems,
    ItemKind,
    Parent,
    leaves,
)
from kiosk_app.gateway.agenda.values import is_amount, json_value

T = TypeVar("T")
RawItem = dict[str, object]
Row = Mapping[str, object]
"""The values of one row by the model's field names; texts in two languages as `title.cs`."""

MAX_ROWS: Final = 300
"""An agenda that gives more rows of one kind for one person is refused."""
MAX_TEXT: Final = 1 << 16
"""An agenda that gives more bytes (UTF-8) for one person is refused."""
_REFERENCES: Final = frozenset({"receivable_id", "case_id"})
"""Fields that may name an item of another agenda."""
_IDS: Final = _REFERENCES | {"id"}
_DATE_OF_PART: Final = {ItemKind.INSTALMENTS: "due", ItemKind.PAYMENTS: "paid_on"}


def items_of(agenda: str, rows: Mapping[ItemKind, Sequence[Row]], now: datetime) -> AgendaItems:
    """The items in an agenda's rows as of that local time; their ids get the agenda's before them.

    Raises:
        AgendaBroken: a row is no item; the sentence names agenda, kind and field.
    """
    size = _size(agenda, rows)
    reader = _Reader(agenda, rows, now)
    return AgendaItems(
        todos=reader.items(ItemKind.TODOS, Todo, _with_overdue),
        cases=reader.items(ItemKind.CASES, Case),
        receivables=reader.items(ItemKind.RECEIVABLES, Receivable, _with_state),
        contracts=reader.items(ItemKind.CONTRACTS, Contract),
        documents=reader.items(ItemKind.DOCUMENTS, Document),
        messages=reader.items(ItemKind.MESSAGES, Message),
        appointments=reader.items(ItemKind.APPOINTMENTS, Appointment),
        size=size,
    )


def _size(agenda: str, rows: Mapping[ItemKind, Sequence[Row]]) -> int:
    for kind, of_kind in rows.items():
        if len(of_kind) > MAX_ROWS:
            raise AgendaBroken(f"agenda {agenda}, {kind}: more than {MAX_ROWS} rows for one person")
    values = chain.from_iterable(row.values() for row in chain.from_iterable(rows.values()))
    size = sum(len(value.encode("utf-8", "replace")) for value in values if isinstance(value, str))
    if size > MAX_TEXT:
        raise AgendaBroken(f"agenda {agenda}: more than {MAX_TEXT} bytes for one person")
    return size


_Complete = Callable[[RawItem, str], RawItem]


def _as_it_is(raw: RawItem, _today: str) -> RawItem:
    return raw


def _with_overdue(raw: RawItem, today: str) -> RawItem:
    return raw | {"overdue": _late(raw, today)}


def _with_state(raw: RawItem, today: str) -> RawItem:
    instalments = _settled(_parts(raw, "instalments"), _parts(raw, "payments"))
    raw = raw | {"instalments": instalments}
    paid_on = raw.get("paid_on") or _paid_by_payments(raw) or _paid_by_instalments(instalments)
    if paid_on is not None:
        return raw | {"state": ReceivableState.PAID, "paid_on": paid_on}
    # Agreed instalments take the place of the day on which the whole was due.
    waiting = [part for part in instalments if part.get("paid_on") is None] or [raw]
    late = any(_late(part, today) for part in waiting)
    return raw | {"state": ReceivableState.OVERDUE if late else ReceivableState.OPEN}


def _settled(instalments: list[RawItem], payments: list[RawItem]) -> list[RawItem]:
    """The instalments, those that the payments cover as paid where the office marks none."""
    marked = any(part.get("paid_on") is not None for part in instalments)
    if marked or not all(is_amount(part.get("amount")) for part in (*instalments, *payments)):
        return instalments
    received = tuple(accumulate(_decimal(payment) for payment in payments))
    wanted = accumulate(_decimal(part) for part in instalments)
    return [
        part | {"paid_on": _day_of(received, payments, needed)}
        for part, needed in zip(instalments, wanted, strict=True)
    ]


def _day_of(received: tuple[Decimal, ...], payments: list[RawItem], needed: Decimal) -> object:
    """The day of the payment that made up that sum, None for none."""
    reached = (
        payment for total, payment in zip(received, payments, strict=True) if total >= needed
    )
    return next(reached, {}).get("paid_on")


def _paid_by_payments(raw: RawItem) -> object:
    """The day of the last payment, where the payments make up the whole amount."""
    payments = _parts(raw, "payments")
    if not payments or not all(is_amount(each.get("amount")) for each in (raw, *payments)):
        return None
    received = sum(map(_decimal, payments))
    return payments[-1].get("paid_on") if received >= _decimal(raw) else None


def _paid_by_instalments(instalments: list[RawItem]) -> object:
    """The day of the last instalment, where all are paid."""
    days = [str(part["paid_on"]) for part in instalments if part.get("paid_on") is not None]
    return max(days) if days and len(days) == len(instalments) else None


def _decimal(raw: RawItem) -> Decimal:
    return Decimal(str(raw["amount"]))


def _parts(raw: RawItem, member: str) -> list[RawItem]:
    parts = raw.get(member)
    return parts if isinstance(parts, list) else []


def _late(raw: RawItem, today: str) -> bool:
    due = raw.get("due")
    return isinstance(due, str) and due < today


class _Reader:
    def __init__(self, agenda: str, rows: Mapping[ItemKind, Sequence[Row]], now: datetime) -> None:
        self._agenda = agenda
        self._rows = rows
        self._now = now
        self._parts = {kind: self._by_parent(kind, parent) for kind, parent in PARENTS.items()}

    def items(
        self, kind: ItemKind, model: type[T], complete: _Complete = _as_it_is
    ) -> tuple[T, ...]:
        if not self._rows.get(kind):
            return ()
        today = self._now.date().isoformat()
        raws = [complete(self._with_parts(kind, raw), today) for raw in self._raws(kind)]
        ids = [str(raw.get("id")) for raw in raws]
        if len(set(ids)) != len(ids):
            raise AgendaBroken(f"agenda {self._agenda}, {kind}: two rows have the same id")
        return tuple(self._decoded(model, raw, kind, index) for index, raw in enumerate(raws))

    def _by_parent(self, kind: ItemKind, parent: Parent) -> dict[object, list[RawItem]]:
        parts: dict[object, list[RawItem]] = {}
        for raw in self._raws(kind):
            parts.setdefault(raw.get(parent.by), []).append(raw)
        date = _DATE_OF_PART.get(kind)
        if date is not None:
            for of_parent in parts.values():
                of_parent.sort(key=lambda raw: str(raw.get(date)))
        return parts

    def _with_parts(self, kind: ItemKind, raw: RawItem) -> RawItem:
        for of_part, parent in PARENTS.items():
            if parent.kind is kind:
                raw[parent.member] = self._parts[of_part].get(raw.get("id"), [])
        return raw

    def _raws(self, kind: ItemKind) -> list[RawItem]:
        return [self._raw(kind, row) for row in self._rows.get(kind, ())]

    def _raw(self, kind: ItemKind, row: Row) -> RawItem:
        raw: RawItem = dict(_defaults(kind))
        for name, leaf in leaves(kind).items():
            if name not in row:
                continue
            value = json_value(leaf.type, row[name], self._now)
            if name in _IDS and isinstance(value, str):
                value = self._id(name, value)
            whole, _, part = name.partition(".")
            raw[whole] = _joined(raw.get(whole), part, value) if part else value
        if isinstance(raw.get("clerk"), dict):
            raw["clerk"] = _clerk(raw["clerk"])
        return raw

    def _id(self, name: str, key: str) -> str:
        """A key with its agenda before it; a reference that begins with `@` names it itself."""
        if name in _REFERENCES and key.startswith("@"):
            return key.removeprefix("@")
        return f"{self._agenda}:{key}"

    def _decoded(self, model: type[T], raw: RawItem, kind: ItemKind, index: int) -> T:
        try:
            return decode_item(model, raw, f"agenda {self._agenda}, {kind}[{index}]")
        except AccountFormatError as error:
            raise AgendaBroken(str(error)) from error


@cache
def _defaults(kind: ItemKind) -> RawItem:
    """What a field is that no row gives, as the codec reads it; required ones have none."""
    raw: RawItem = dict.fromkeys(name for name in leaves(kind) if "." not in name)
    for item in fields(MODELS[kind]):
        if item.default is not MISSING and item.default != ():
            raw[item.name] = item.default
    return raw


def _joined(texts: object, language: str, value: object) -> RawItem:
    return (texts if isinstance(texts, dict) else {}) | {language: value}


def _clerk(clerk: object) -> object:
    """No clerk at all where no name is given."""
    if isinstance(clerk, dict) and clerk.get("name") is None:
        return None
    return {"telephone": None, "email": None} | clerk if isinstance(clerk, dict) else clerk
