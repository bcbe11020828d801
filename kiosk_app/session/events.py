"""What can happen to a session; events of the readers are the cards' own."""

from dataclasses import dataclass, field
from typing import Literal

from device_agent.wire.alert import Alert
from kiosk_app.account.model import Account, Assurance
from kiosk_app.cards.events import CardEvent
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.causes import Cause
from kiosk_app.session.model import Device, Language, Offer
from kiosk_app.session.password import PassportField
from kiosk_app.session.screen import Seconds, Section

# ------------------------------------------------------------------ from the citizen


@dataclass(frozen=True)
class Touched:
    """The screen was touched, wherever."""


@dataclass(frozen=True)
class Digit:
    """A key of the pad."""

    digit: Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """A letter of the pad for passports: A to Z."""

    letter: str = field(repr=False)


@dataclass(frozen=True)
class FieldChosen:
    """A field of the form for passports was touched."""

    field: PassportField


@dataclass(frozen=True)
class Erased:
    """The pad's correction key: the last sign goes."""


@dataclass(frozen=True)
class Confirmed:
    """The affirmative key: OK, Try again or Continue, whatever the screen asks."""


@dataclass(frozen=True)
class WentBack:
    """One screen back."""


@dataclass(frozen=True)
class AccountAsked:
    """The tile My account."""


@dataclass(frozen=True)
class PassportAsked:
    """The key I have a passport."""


@dataclass(frozen=True)
class CardAsked:
    """The key I have an ID card: back from the other ways."""


@dataclass(frozen=True)
class PhoneAsked:
    """The key Sign in with your phone."""


@dataclass(frozen=True)
class PinAsked:
    """The key Enter the account PIN, seen in `section`."""

    section: Section


@dataclass(frozen=True)
class PrincipalsAsked:
    """The key to somebody else's account."""


@dataclass(frozen=True)
class PrincipalChosen:
    """One of those whose account one may open."""

    principal_id: str = field(repr=False)


@dataclass(frozen=True)
class OfferOpened:
    """A public tile, or with `selected` one entry of it."""

    offer: Offer
    selected: str | None = None


@dataclass(frozen=True)
class SectionChosen:
    """A tab of the account."""

    section: Section


@dataclass(frozen=True)
class PaymentAsked:
    """The button Pay at a receivable."""

    receivable_id: str


@dataclass(frozen=True)
class PrintAsked:
    """The button Print on the payment or on the account."""


@dataclass(frozen=True)
class LanguageChosen:
    """The language switch."""

    language: Language


@dataclass(frozen=True)
class Finished:
    """The button Finish."""


@dataclass(frozen=True)
class AlertUnderstood:
    """The button I understand under an alert."""

    identifier: str


# ------------------------------------------------------------------ from the workers


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


@dataclass(frozen=True)
class DeviceFound:
    """A device the kiosk works with answers."""

    device: Device


@dataclass(frozen=True)
class DeviceLost:
    """A device the kiosk works with does not answer."""

    device: Device


@dataclass(frozen=True)
class PhoneServed:
    """Whether the city hall lets people sign in by phone."""

    served: bool


# ------------------------------------------------------------------ from the device


@dataclass(frozen=True)
class BroughtToFront:
    """The usher put this window before the citizen."""


@dataclass(frozen=True)
class Tick:
    """Time passes; `now` is an instant of a monotonic clock."""

    now: Seconds


@dataclass(frozen=True)
class AlertsChanged:
    """All alerts in force."""

    alerts: tuple[Alert, ...]


@dataclass(frozen=True)
class ConnectionChanged:
    """Whether the device has its line to the data centre."""

    online: bool


Touch = (
    Touched
    | Digit
    | Letter
    | FieldChosen
    | Erased
    | Confirmed
    | WentBack
    | AccountAsked
    | PassportAsked
    | CardAsked
    | PhoneAsked
    | PinAsked
    | PrincipalsAsked
    | PrincipalChosen
    | OfferOpened
    | SectionChosen
    | PaymentAsked
    | PrintAsked
    | LanguageChosen
    | Finished
    | AlertUnderstood
)
Answer = (
    ChipRead
    | AccountArrived
    | SignInFailed
    | PhoneCodeArrived
    | PhoneStillWaiting
    | ReceiptPrinted
    | PrintFailed
)
Surroundings = (
    BroughtToFront
    | Tick
    | AlertsChanged
    | ConnectionChanged
    | DeviceFound
    | DeviceLost
    | PhoneServed
    | CardEvent
)
Event = Touch | Answer | Surroundings
