"""The kiosk's reading against the independent virtual chip: each variant, each sample card."""

from dataclasses import replace

import pytest

from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.access import AccessProtocol
from kiosk_app.cards.icao.passwords import Can, MrzKey, Password, mrz_key
from tests.fakes.document_signer import JANA, Recipe, SampleState, machine_readable_zone
from tests.fakes.virtual_card.all_samples import SAMPLE_CARDS, make
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.fakes.virtual_card.sample_cards import register

STATE = SampleState(seed="sample cards")
CAN = Can(JANA.can)
ZONE = mrz_key(machine_readable_zone(JANA))
CURVES = (12, 13, 15, 16, 17, 18)
PROTOCOLS = {
    Mapping.GENERIC: AccessProtocol.PACE_GENERIC,
    Mapping.INTEGRATED: AccessProtocol.PACE_INTEGRATED,
    Mapping.CHIP_AUTHENTICATION: AccessProtocol.PACE_CHIP_AUTHENTICATION,
}
VARIANTS = [
    Offer(mapping, curve, bits)
    for mapping in Mapping
    for curve in CURVES
    for bits in (112, 128, 192, 256)
    if bits != 112 or mapping is not Mapping.CHIP_AUTHENTICATION
]


def chip_with(*offers: Offer) -> Chip:
    document = STATE.issue(JANA, Recipe(offers))
    return Chip(document, profile=Profile(offers))


def read(chip: Chip, password: Password = CAN) -> ChipReading:
    chip.reset()
    return read_chip(lambda command: chip.answer(command) or b"", password, chip.atr)


@pytest.mark.parametrize("password", [CAN, ZONE], ids=["can", "mrz"])
@pytest.mark.parametrize(
    "offer", VARIANTS, ids=lambda o: f"{o.mapping.name}-{o.parameter_id}-{o.bits}"
)
def test_every_variant_of_pace(offer: Offer, password: Password) -> None:
    chip = chip_with(offer)
    reading = read(chip, password)
    document = chip.document
    assert (reading.dg1, reading.dg14, reading.sod) == (document.dg1, document.dg14, document.sod)
    assert (reading.card_security or b"") == document.card_security
    assert reading.access is PROTOCOLS[offer.mapping]


@pytest.mark.parametrize("name", ["jana", "im", "cam", "several", "strong", "short", "3des", "td2"])
def test_every_sample_card_with_a_can(name: str) -> None:
    card = make(name, STATE)
    assert isinstance(card, Chip)
    reading = read(card, Can(card.document.can))
    assert reading.sod == card.document.sod


@pytest.mark.parametrize("name", ["jana-passport", "old-passport"])
def test_every_sample_passport_with_its_zone(name: str) -> None:
    card = make(name, STATE)
    assert isinstance(card, Chip)
    reading = read(card, mrz_key(card.document.zone))
    assert (reading.dg15 or b"") == card.document.dg15
    bac = name == "old-passport"
    assert (reading.access is AccessProtocol.BAC) == bac


@pytest.mark.parametrize("size", ["TD1", "TD2", "TD3"])
def test_every_size_of_document(size: str) -> None:
    person = replace(JANA, size=size)
    chip = Chip(STATE.issue(person))
    reading = read(chip, mrz_key(machine_readable_zone(person)))
    assert reading.mrz.document_number == JANA.number


def test_another_holders_zone_does_not_open() -> None:
    with pytest.raises(CardProblem) as caught:
        read(chip_with(Offer()), MrzKey("999009813", ZONE.birth_date, ZONE.expiry))
    assert caught.value.cause is CardCause.WRONG_CAN


def test_the_registry_takes_no_name_twice() -> None:
    with pytest.raises(ValueError, match="already"):
        register(SAMPLE_CARDS["jana"])
