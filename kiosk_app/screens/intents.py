"""What QML says -> what happened to the session; words it does not know mean nothing."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk_app.session.events.touches import (
    AccountAsked,
    AlertUnderstood,
    CardAsked,
    Confirmed,
    Digit,
    Erased,
    FieldChosen,
    Finished,
    LanguageChosen,
    Letter,
    OfferOpened,
    PassportAsked,
    PaymentAsked,
    PhoneAsked,
    PinAsked,
    PrincipalChosen,
    PrincipalsAsked,
    PrintAsked,
    SectionChosen,
    Touch,
    Touched,
    WentBack,
)
from kiosk_app.session.model import Language, Offer
from kiosk_app.session.password import PassportField
from kiosk_app.session.screen.in_account import Section

_BARE: Final[Mapping[str, Touch]] = {
    "touch": Touched(),
    "erase": Erased(),
    "ok": Confirmed(),
    "back": WentBack(),
    "account": AccountAsked(),
    "passport": PassportAsked(),
    "card": CardAsked(),
    "phone": PhoneAsked(),
    "others": PrincipalsAsked(),
    "print": PrintAsked(),
    "finish": Finished(),
}


def event_of(action: str, argument: str) -> Touch | None:
    """The event of a touched key; None for what no key of ours says."""
    if action in _BARE:
        return _BARE[action]
    try:
        return _WITH_ARGUMENT[action](argument)
    except (KeyError, ValueError):
        return None


def _digit(argument: str) -> Touch:
    match argument:
        case "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9":
            return Digit(argument)
        case _:
            raise ValueError("not one digit")


def _letter(argument: str) -> Touch:
    if len(argument) != 1 or not (argument.isascii() and argument.isupper()):
        raise ValueError("not one letter")
    return Letter(argument)


def _opened(argument: str) -> Touch:
    offer, _, selected = argument.partition(":")
    return OfferOpened(Offer(offer), selected or None)


_WITH_ARGUMENT: Final[Mapping[str, Callable[[str], Touch]]] = {
    "digit": _digit,
    "letter": _letter,
    "field": lambda argument: FieldChosen(PassportField(argument)),
    "pin": lambda argument: PinAsked(Section(argument)),
    "principal": PrincipalChosen,
    "open": _opened,
    "section": lambda argument: SectionChosen(Section(argument)),
    "pay": PaymentAsked,
    "language": lambda argument: LanguageChosen(Language(argument)),
    "understood": AlertUnderstood,
}
