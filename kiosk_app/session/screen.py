"""What can stand on the screen, one small class each; how it looks stands elsewhere."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from kiosk_app.session.causes import Cause, EndReason
from kiosk_app.session.password import CAN_LENGTH, PassportForm, Password, digits

PIN_SHORTEST, PIN_LONGEST = 4, 8  # digits of an account PIN

Seconds = NewType("Seconds", float)
"""A length of time, or an instant of a monotonic clock."""


class Section(StrEnum):
    """The parts of an account, in the order of their tabs."""

    TODOS = "todos"
    PAYMENTS = "payments"
    CASES = "cases"
    CONTRACTS = "contracts"
    DOCUMENTS = "documents"
    MESSAGES = "messages"


@dataclass(frozen=True)
class Attract:
    """Nobody is here; the screen invites."""


@dataclass(frozen=True)
class Home:
    """What this infobox offers."""


@dataclass(frozen=True)
class EnterCan:
    """The six digits from the card are typed.

    `wrong` after the chip refused the last ones; `tries_left` where the chip counts.
    """

    can: str = field(default="", repr=False)
    wrong: bool = False
    tries_left: int | None = None

    def __post_init__(self) -> None:
        if len(self.can) > CAN_LENGTH or not (self.can == "" or digits(self.can)):
            raise ValueError(f"a CAN being typed is at most {CAN_LENGTH} digits")


@dataclass(frozen=True)
class EnterPassport:
    """The form for a passport; `wrong` after the chip refused what was typed."""

    form: PassportForm = field(default_factory=PassportForm, repr=False)
    wrong: bool = False


@dataclass(frozen=True)
class PutCard:
    """What opens the chip is known and the card is missing; `moved` when it was taken too early."""

    password: Password = field(repr=False)
    moved: bool = False


@dataclass(frozen=True)
class Reading:
    """The chip is read, then the city hall asked; None is a contact card, which needs no password.

    The password is kept only for a card that moved.
    """

    password: Password | None = field(repr=False)
    chip_read: bool = False


@dataclass(frozen=True)
class PhoneAsking:
    """The city hall is asked for a code that a phone can confirm (RFC 8628)."""


@dataclass(frozen=True)
class PhoneWaiting:
    """The code is on the screen and the phone's turn.

    Attributes:
        user_code: what the citizen compares or types.
        address: where the phone goes, with the code in it.
        page: the same without the code, for whom there is no camera.
        until: when the code runs out.
        poll_at: when the city hall is asked the next time.
        interval: how long it wants to be left alone between two questions.
        unreachable: the last question had no answer.
    """

    user_code: str = field(repr=False)
    address: str = field(repr=False)
    page: str
    until: Seconds
    poll_at: Seconds
    interval: Seconds
    unreachable: bool = False


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


@dataclass(frozen=True)
class TakeCard:
    """A card lay on the reader before anybody came; its owner is asked to take it."""


@dataclass(frozen=True)
class Problem:
    """The citizen cannot go on for this cause.

    `receivable_id` is what was being printed; `section` is where in the account one came from.
    """

    cause: Cause
    receivable_id: str | None = None
    section: Section = Section.TODOS


@dataclass(frozen=True)
class NoticeBoardView:
    """The official notice board; `selected` is the permanent name of an opened notice."""

    selected: str | None = None


@dataclass(frozen=True)
class LifeSituationsView:
    """How to get things done; `selected` is the short name of an opened life situation."""

    selected: str | None = None


@dataclass(frozen=True)
class Ended:
    """The session is over; a farewell without anything personal until the process is replaced."""

    reason: EndReason


Screen = (
    Attract
    | Home
    | EnterCan
    | EnterPassport
    | PutCard
    | Reading
    | PhoneAsking
    | PhoneWaiting
    | AccountView
    | EnterPin
    | CheckingPin
    | ChoosePrincipal
    | Switching
    | PaymentView
    | Printing
    | Printed
    | TakeCard
    | Problem
    | NoticeBoardView
    | LifeSituationsView
    | Ended
)
