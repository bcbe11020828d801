"""Screens in an open account; what stands in the account is not kept in them."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk_app.session.password import digits
from kiosk_app.session.seconds import Seconds

PIN_SHORTEST, PIN_LONGEST = 4, 8  # digits of an account PIN


class Section(StrEnum):
    """The parts of an account, in the order of their tabs."""

    TODOS = "todos"
    PAYMENTS = "payments"
    CASES = "cases"
    CONTRACTS = "contracts"
    DOCUMENTS = "documents"
    MESSAGES = "messages"


@dataclass(frozen=True)
class AccountView:
    """One section of the account."""

    section: Section = Section.TODOS


@dataclass(frozen=True)
class EnterPin:
    """The account PIN is typed, to open `section`.

    `wrong` after the city hall refused the last one; `until` is when it hears the next one.
    """

    section: Section
    pin: str = field(default="", repr=False)
    wrong: bool = False
    tries_left: int | None = None
    until: Seconds | None = None

    def __post_init__(self) -> None:
        if len(self.pin) > PIN_LONGEST or not (self.pin == "" or digits(self.pin)):
            raise ValueError(f"a PIN being typed is at most {PIN_LONGEST} digits")


@dataclass(frozen=True)
class CheckingPin:
    """The city hall checks the PIN, which is not kept here any more."""

    section: Section


@dataclass(frozen=True)
class ChoosePrincipal:
    """Whose account shall be shown: one's own, a family member's or a company's."""


@dataclass(frozen=True)
class Switching:
    """The account of somebody else is being fetched."""

    principal_id: str = field(repr=False)


@dataclass(frozen=True)
class PaymentView:
    """How one receivable is paid."""

    receivable_id: str


@dataclass(frozen=True)
class Printing:
    """A receipt is on its way; None is the account overview."""

    receivable_id: str | None


@dataclass(frozen=True)
class Printed:
    """A receipt is in the tray; None is the account overview."""

    receivable_id: str | None
