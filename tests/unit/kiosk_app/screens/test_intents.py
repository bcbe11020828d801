"""What QML says: known words are events, unknown ones nothing."""

import pytest

from kiosk_app.screens.intents import event_of
from kiosk_app.session.events.touches import (
    AlertUnderstood,
    CardAsked,
    Confirmed,
    Digit,
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
    SectionChosen,
    Touch,
    Touched,
)
from kiosk_app.session.model import Language, Offer
from kiosk_app.session.password import PassportField
from kiosk_app.session.screen.in_account import Section


@pytest.mark.parametrize(
    ("action", "argument", "event"),
    [
        ("touch", "", Touched()),
        ("ok", "", Confirmed()),
        ("finish", "", Finished()),
        ("digit", "7", Digit("7")),
        ("letter", "Q", Letter("Q")),
        ("field", "born", FieldChosen(PassportField.BORN)),
        ("passport", "", PassportAsked()),
        ("card", "", CardAsked()),
        ("phone", "", PhoneAsked()),
        ("pin", "documents", PinAsked(Section.DOCUMENTS)),
        ("others", "", PrincipalsAsked()),
        ("principal", "P-1", PrincipalChosen("P-1")),
        ("section", "cases", SectionChosen(Section.CASES)),
        ("pay", "R-1", PaymentAsked("R-1")),
        ("language", "en", LanguageChosen(Language.EN)),
        ("understood", "A-1", AlertUnderstood("A-1")),
        ("open", "notice-board", OfferOpened(Offer.NOTICE_BOARD)),
        ("open", "notice-board:https://x/1", OfferOpened(Offer.NOTICE_BOARD, "https://x/1")),
    ],
)
def test_a_known_word(action: str, argument: str, event: Touch) -> None:
    assert event_of(action, argument) == event


@pytest.mark.parametrize(
    ("action", "argument"),
    [
        ("digit", "12"),
        ("digit", "x"),
        ("letter", "QQ"),
        ("letter", "q"),
        ("letter", "Č"),
        ("field", "x"),
        ("pin", "x"),
        ("section", "x"),
        ("language", "tlh"),
        ("open", "x"),
        ("format", "c:"),
    ],
)
def test_an_unknown_word_means_nothing(action: str, argument: str) -> None:
    assert event_of(action, argument) is None
