"""What can stand on the screen, one small class each; how it looks stands elsewhere."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk_app.session.causes import Cause, EndReason

CAN_LENGTH = 6  # ICAO 9303 part 11, section 4.2: the card access number; six digits on ID cards


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
    """The six digits from the card are typed; `wrong` after the chip refused the last ones."""

    can: str = field(default="", repr=False)
    wrong: bool = False

    def __post_init__(self) -> None:
        if len(self.can) > CAN_LENGTH or not (self.can == "" or _digits(self.can)):
            raise ValueError(f"a CAN being typed is at most {CAN_LENGTH} digits")


@dataclass(frozen=True)
class PutCard:
    """The digits are complete and the card is missing; `moved` when it was taken too early."""

    can: str = field(repr=False)
    moved: bool = False

    def __post_init__(self) -> None:
        if len(self.can) != CAN_LENGTH or not _digits(self.can):
            raise ValueError(f"a CAN is {CAN_LENGTH} digits")


@dataclass(frozen=True)
class Reading:
    """The chip is read, then the city hall asked; the CAN is kept only for a card that moved."""

    can: str = field(repr=False)
    chip_read: bool = False


@dataclass(frozen=True)
class AccountView:
    """One section of the account."""

    section: Section = Section.TODOS


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
    """The citizen cannot go on for this cause; `receivable_id` is what was being printed."""

    cause: Cause
    receivable_id: str | None = None


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
    | PutCard
    | Reading
    | AccountView
    | PaymentView
    | Printing
    | Printed
    | TakeCard
    | Problem
    | NoticeBoardView
    | LifeSituationsView
    | Ended
)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
