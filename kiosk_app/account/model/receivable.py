"""Sums the person owes or has paid; it builds no payment code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kiosk_app.account.iban import is_iban
from kiosk_app.account.model.text import LocalizedText

_HELLERS = -2
"""The exponent of the smallest unit of an amount: 0.01 CZK."""
_VARIABLE_SYMBOL = re.compile(r"[0-9]{1,10}")


class ReceivableState(StrEnum):
    """Whether a receivable waits, is late, or is paid."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"


@dataclass(frozen=True)
class Instalment:
    """One part of a sum that is paid in parts; `amount` is positive CZK with two places."""

    due: date
    amount: Decimal
    paid_on: date | None

    def __post_init__(self) -> None:
        _require_amount(self.amount, "an instalment")


@dataclass(frozen=True)
class Payment:
    """Money that arrived for a receivable; `amount` is positive CZK with two places."""

    paid_on: date
    amount: Decimal

    def __post_init__(self) -> None:
        _require_amount(self.amount, "a payment")


@dataclass(frozen=True)
class Receivable:
    """A sum the person owes or has paid; `iban` and `variable_symbol` are where it is paid to.

    `amount` is positive CZK with two places, `variable_symbol` up to ten digits, `iban` without
    spaces; `message` is the text for the recipient of a payment. Instalments are in the order of
    their dates and make up the whole amount; `payments` is the history, newest last.
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
    instalments: tuple[Instalment, ...] = ()
    payments: tuple[Payment, ...] = ()

    def __post_init__(self) -> None:
        _require_amount(self.amount, "a receivable")
        if _VARIABLE_SYMBOL.fullmatch(self.variable_symbol) is None:
            raise ValueError("a variable symbol is one to ten digits")
        if not is_iban(self.iban):
            raise ValueError(
                "the account a receivable is paid to is an IBAN with right check digits"
            )
        if self.paid != (self.paid_on is not None):
            raise ValueError("a receivable has a date of payment exactly when it is paid")
        parts = [part.amount for part in self.instalments]
        if parts and sum(parts) != self.amount:
            raise ValueError("the instalments of a receivable make up its amount")
        _require_order((part.due for part in self.instalments), "instalments")
        _require_order((part.paid_on for part in self.payments), "payments")
        if self.received >= self.amount and not self.paid:
            raise ValueError("what was received of an open receivable is less than its amount")

    @property
    def paid(self) -> bool:
        """True when nothing remains to be paid."""
        return self.state is ReceivableState.PAID

    @property
    def received(self) -> Decimal:
        """What was paid of it, in CZK, as the payments or the instalments tell: the greater."""
        return max(_sum(self.payments), self._in_paid_instalments)

    @property
    def _in_paid_instalments(self) -> Decimal:
        return _sum(part for part in self.instalments if part.paid_on is not None)

    @property
    def outstanding(self) -> Decimal:
        """What remains to be paid of the whole, in CZK."""
        return Decimal("0.00") if self.paid else self.amount - self.received

    @property
    def next_amount(self) -> Decimal:
        """What is to be paid next, in CZK: the rest of the first open instalment, or of all."""
        part = next((part.amount for part in self.instalments if part.paid_on is None), None)
        if part is None:
            return self.outstanding
        rest = part - (self.received - self._in_paid_instalments)
        return min(rest if rest > 0 else part, self.outstanding)

    @property
    def next_due(self) -> date:
        """When `next_amount` is due: the first open instalment's day, or the receivable's."""
        return next((part.due for part in self.instalments if part.paid_on is None), self.due)


def _sum(parts: Iterable[Instalment | Payment]) -> Decimal:
    return sum((part.amount for part in parts), Decimal("0.00"))


def _require_order(days: Iterable[date], what: str) -> None:
    in_row = list(days)
    if in_row != sorted(in_row):
        raise ValueError(f"the {what} of a receivable are in the order of their dates")


def _require_amount(amount: Decimal, what: str) -> None:
    if amount <= 0 or amount.as_tuple().exponent != _HELLERS:
        raise ValueError(f"the amount of {what} is positive CZK with two places")
