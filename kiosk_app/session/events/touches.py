"""What the citizen does at the screen: one class for each key, none for what it leads to."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk_app.session.model import Language, Offer
from kiosk_app.session.password import PassportField
from kiosk_app.session.screen.in_account import Section


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
