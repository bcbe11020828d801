"""Either kind of card read by one function, and what is said of it."""

import datetime as dt
from dataclasses import replace

import pytest

from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.card_facts import card_facts, readable
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading
from kiosk_app.cards.eobcanka.contact_card import ContactCardReading
from kiosk_app.cards.icao.passwords import Can, Password
from kiosk_app.cards.mrz import ShortDate
from kiosk_app.cards.reading import CardReading, expired, read_card, refuse_expired
from tests.fakes.document_signer import SampleState
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import JANA, ContactCardState
from tests.fakes.virtual_card.all_samples import make
from tests.fakes.virtual_card.slot import Card

STATE = SampleState()
CAN = Can("123456")
TODAY = dt.date(2026, 11, 24)
UNKNOWN_ATR = b"\x3b\x00"


def transmit(card: Card) -> Transmit:
    return lambda command: card.answer(command) or b""


def read(name: str, password: Password | None = None) -> CardReading:
    card = make(name, STATE)
    return read_card(transmit(card), card.atr, password)


def cause(name: str, password: Password | None = None) -> CardCause:
    with pytest.raises(CardProblem) as caught:
        read(name, password)
    return caught.value.cause


def test_each_kind_by_its_answer_to_reset() -> None:
    assert isinstance(read("jana", CAN), ChipReading)
    assert isinstance(read("jana-contact"), ContactCardReading)
    assert isinstance(read("jana-contact", CAN), ContactCardReading)


def test_a_contact_chip_of_a_later_make_is_known_by_its_application() -> None:
    card = ContactCard(content_of(ContactCardState()))
    assert isinstance(read_card(transmit(card), UNKNOWN_ATR, None), ContactCardReading)


def test_an_icao_chip_behind_contacts_is_opened_with_its_password() -> None:
    card = make("jana", STATE)
    assert isinstance(read_card(transmit(card), UNKNOWN_ATR, CAN), ChipReading)


def test_a_contactless_card_without_a_password() -> None:
    assert cause("jana") is CardCause.WRONG_CAN


def test_cards_of_other_trades() -> None:
    assert cause("bank") is CardCause.UNSUPPORTED
    assert cause("bank", CAN) is CardCause.UNSUPPORTED
    assert cause("library", CAN) is CardCause.UNSUPPORTED


@pytest.mark.parametrize(("name", "password"), [("expired", CAN), ("expired-contact", None)])
def test_an_expired_card_is_read_and_then_refused(name: str, password: Password | None) -> None:
    reading = read(name, password)
    assert expired(reading, TODAY)
    with pytest.raises(CardProblem) as caught:
        refuse_expired(reading, TODAY)
    assert caught.value.cause is CardCause.EXPIRED


def test_a_card_is_good_through_its_last_day() -> None:
    reading = read("jana", CAN)
    refuse_expired(reading, dt.date(2034, 1, 1))
    assert expired(reading, dt.date(2034, 1, 2))


def test_what_is_personal_is_told_only_on_demand() -> None:
    for name, password in (("jana", CAN), ("jana-contact", None)):
        reading = read(name, password)
        plain = card_facts(reading, "R", TODAY, personal=False)
        whole = card_facts(reading, "R", TODAY, personal=True)
        assert whole.keys() - plain.keys() in (
            {"optional_data"},
            {"birth_number", "birth_place", "marital_status"},
        )
        assert JANA.birth_number not in readable(plain)


def test_a_date_with_unknown_parts_is_told_as_it_is() -> None:
    reading = read("jana", CAN)
    assert isinstance(reading, ChipReading)
    zone = replace(reading.mrz, birth=ShortDate(84, None, None))
    changed = replace(reading, mrz=zone)
    assert card_facts(changed, "R", TODAY, personal=False)["birth"] == "84-??-??"


def test_what_a_card_does_not_say_is_told_in_words() -> None:
    facts = {"birth": None, "sex": "", "iok_state": "normal", "expired": False, "verified": True}
    assert readable(facts) == (
        "Birth:               not said\n"
        "Sex:                 not said\n"
        "IOK:                 normal\n"
        "Expired:             no\n"
        "Verified by anybody: yes\n"
    )
