"""What the workers report of an attempt: card, city hall, phone and printer; nothing unasked."""

from dataclasses import dataclass, field

from kiosk_app.account.model import Account, Assurance
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import Cause
from kiosk_app.session.seconds import Seconds


@dataclass(frozen=True)
class ChipRead:
    """The chip was read; the city hall is being asked."""

    attempt: int


@dataclass(frozen=True)
class AccountArrived:
    """The city hall knows who is here and told what is open."""

    attempt: int
    account: Account = field(repr=False)
    assurance: Assurance


@dataclass(frozen=True)
class SignInFailed:
    """The card could not be read, or the city hall did not answer or accept what it was asked.

    `tries_left` and `retry_after` (seconds) where somebody counts the tries.
    """

    attempt: int
    cause: Cause
    tries_left: int | None = None
    retry_after: float | None = None


@dataclass(frozen=True)
class PhoneCodeArrived:
    """The city hall gave a code; `lifetime` is how long it holds, `interval` how often to ask."""

    attempt: int
    user_code: str = field(repr=False)
    address: str = field(repr=False)
    page: str
    lifetime: Seconds
    interval: Seconds


@dataclass(frozen=True)
class PhoneStillWaiting:
    """Nobody has confirmed yet; `interval` is how long the city hall wants to be left alone."""

    attempt: int
    interval: Seconds


@dataclass(frozen=True)
class ReceiptPrinted:
    """The receipt is on paper."""

    attempt: int


@dataclass(frozen=True)
class PrintFailed:
    """The receipt is not, or not surely, on paper."""

    attempt: int
    cause: PrinterCause


Answer = (
    ChipRead
    | AccountArrived
    | SignInFailed
    | PhoneCodeArrived
    | PhoneStillWaiting
    | ReceiptPrinted
    | PrintFailed
)
