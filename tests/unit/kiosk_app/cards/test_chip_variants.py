"""Every way into a chip, against the independent virtual one."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.access import AccessProtocol
from kiosk_app.cards.icao.card_security import parse_card_security
from kiosk_app.cards.icao.passwords import Can, MrzKey, Password, mrz_key
from kiosk_app.cards.mrz import expired
from tests.fakes.document_signer import (
    JANA,
    Person,
    Recipe,
    SampleState,
    machine_readable_zone,
)
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.fakes.virtual_card.sample_cards import chip as sample

STATE = SampleState()
CAN = Can(JANA.can)
MRZ = mrz_key(machine_readable_zone(JANA))
CURVES = [10, 12, 13, 15, 16, 17, 18]
BITS = [112, 128, 192, 256]
VARIANTS = [
    Offer(mapping, curve, bits)
    for mapping in Mapping
    for curve in CURVES[1:]
    for bits in BITS
    if (mapping, bits) != (Mapping.CHIP_AUTHENTICATION, 112)
]
PASSPORT = replace(JANA, size="TD3")
PASSPORT_KEY = mrz_key(machine_readable_zone(PASSPORT))
BAC_ONLY = Profile((), bac=True)


def transmit(chip: Chip) -> Transmit:
    return lambda command: chip.answer(command) or b""


def read(
    *offers: Offer, password: Password = CAN, chip: Chip | None = None, **profile: bool
) -> tuple[ChipReading, Chip]:
    chip = chip or sample(STATE, JANA, Profile(offers, **profile))
    return read_chip(transmit(chip), password), chip


def cause(chip: Chip, password: Password = CAN) -> CardCause:
    with pytest.raises(CardProblem) as caught:
        read_chip(transmit(chip), password)
    return caught.value.cause


def name(offer: Offer) -> str:
    return f"{offer.mapping.name.lower()}-{offer.parameter_id}-{offer.bits}"


@pytest.mark.parametrize("offer", VARIANTS, ids=name)
def test_every_mapping_curve_and_cipher(offer: Offer) -> None:
    reading, chip = read(offer)
    document = chip.document
    assert (reading.dg1, reading.dg14, reading.sod) == (document.dg1, document.dg14, document.sod)
    assert (reading.access.name.removeprefix("PACE_"), reading.dg15) == (offer.mapping.name, None)
    assert reading.card_access == chip.card_access()
    assert (reading.card_security or b"") == document.card_security


@pytest.mark.parametrize("mapping", Mapping)
def test_the_machine_readable_zone_opens_pace(mapping: Mapping) -> None:
    reading, _chip = read(Offer(mapping), password=MRZ)
    assert reading.mrz.surname == "VZOROVA"


def test_the_machine_readable_zone_may_be_typed_in_parts() -> None:
    key = MrzKey(JANA.number, JANA.birth, JANA.expiry)
    assert read(Offer(), password=key)[0].mrz.document_number == JANA.number


STRENGTH = [
    Offer(Mapping.GENERIC, 18, 112),
    Offer(Mapping.GENERIC, 12, 128),
    Offer(Mapping.GENERIC, 13, 256),
    Offer(Mapping.GENERIC, 15, 192),
    Offer(Mapping.INTEGRATED, 17, 256),
    Offer(Mapping.GENERIC, 17, 256),
]


@pytest.mark.parametrize("most", range(1, len(STRENGTH)))
@pytest.mark.parametrize("turned", [False, True])
def test_the_strongest_offer_is_taken_whatever_their_order(most: int, *, turned: bool) -> None:
    offers = STRENGTH[: most + 1]
    _reading, sent = recorded(
        sample(STATE, JANA, Profile(tuple(offers[::-1] if turned else offers)))
    )
    [chosen] = [command for command in sent if command[:4] == b"\x00\x22\xc1\xa4"]
    assert STRENGTH[most].oid in chosen
    assert chosen.endswith(bytes((0x84, 1, STRENGTH[most].parameter_id)))


def test_chip_authentication_mapping_is_preferred_to_the_same_without() -> None:
    offers = (Offer(Mapping.GENERIC), Offer(Mapping.CHIP_AUTHENTICATION), Offer(Mapping.INTEGRATED))
    reading, chip = read(*offers)
    assert reading.access is AccessProtocol.PACE_CHIP_AUTHENTICATION
    assert reading.card_security == chip.document.card_security


BESIDE_A_STRONGER = (Offer(Mapping.CHIP_AUTHENTICATION), Offer(Mapping.GENERIC, 17, 256))


def test_card_security_is_read_where_chip_authentication_mapping_is_only_offered() -> None:
    """The gateway may still have to prove the chip by it."""
    reading, chip = read(*BESIDE_A_STRONGER)
    assert reading.access is AccessProtocol.PACE_GENERIC
    assert reading.card_security == chip.document.card_security != b""


def test_card_security_that_is_refused_or_missing_leaves_the_document_readable() -> None:
    honest = sample(STATE, JANA, Profile(BESIDE_A_STRONGER))
    without = Chip(replace(honest.document, card_security=b""), profile=honest.profile)
    broken = Chip(replace(honest.document, card_security=b"\x31\x00"), profile=honest.profile)
    for chip in (without, broken):
        assert read(chip=chip)[0].card_security is None


def test_a_single_offer_is_not_named() -> None:
    _reading, sent = recorded(sample(STATE, JANA, Profile((Offer(),))))
    [chosen] = [command for command in sent if command[:4] == b"\x00\x22\xc1\xa4"]
    assert chosen[5:].hex() == "800a04007f00070202040202830102"


def recorded(chip: Chip, password: Password = CAN) -> tuple[ChipReading, list[bytes]]:
    sent: list[bytes] = []

    def send(command: bytes) -> bytes:
        sent.append(command)
        return chip.answer(command) or b""

    return read_chip(send, password), sent


@pytest.mark.parametrize("size", ["TD1", "TD2", "TD3"])
def test_an_old_passport_is_opened_by_basic_access(size: str) -> None:
    person = replace(JANA, size=size)
    chip = sample(STATE, person, BAC_ONLY, Recipe(chip_keys=()))
    reading, _chip = read(chip=chip, password=mrz_key(machine_readable_zone(person)))
    assert reading.access is AccessProtocol.BAC
    assert reading.dg1 == chip.document.dg1
    assert (reading.card_access, reading.card_security) == (None, None)


def test_a_chip_without_dg14_is_read() -> None:
    chip = sample(STATE, PASSPORT, BAC_ONLY, Recipe(chip_keys=()))
    chip = Chip(replace(chip.document, dg14=b""), profile=BAC_ONLY)
    assert read(chip=chip, password=PASSPORT_KEY)[0].dg14 is None


def test_dg15_is_read_where_there_is_one() -> None:
    chip = sample(STATE, JANA, recipe=Recipe(active="ecdsa"))
    assert read(chip=chip)[0].dg15 == chip.document.dg15 != b""


def test_basic_access_with_another_documents_key() -> None:
    chip = sample(STATE, PASSPORT, BAC_ONLY)
    assert cause(chip, MrzKey("999009813", "791102", "340101")) is CardCause.WRONG_CAN


def test_a_document_without_pace_is_not_opened_by_a_can() -> None:
    assert cause(sample(STATE, PASSPORT, BAC_ONLY)) is CardCause.UNSUPPORTED


@pytest.mark.parametrize("password", [CAN, PASSPORT_KEY])
def test_pace_is_taken_where_basic_access_is_offered_too(password: Password) -> None:
    chip = sample(STATE, PASSPORT, Profile((Offer(),), bac=True))
    reading, sent = recorded(chip, password)
    assert reading.access is AccessProtocol.PACE_GENERIC
    assert not [command for command in sent if command[1] in {0x82, 0x84}]


def test_pace_that_fails_does_not_end_in_basic_access() -> None:
    chip = sample(STATE, PASSPORT, Profile((Offer(),), bac=True))
    sent: list[bytes] = []

    def send(command: bytes) -> bytes:
        sent.append(command)
        if command[1] == 0x22:
            return b"\x6a\x80"
        return chip.answer(command) or b""

    with pytest.raises(CardProblem):
        read_chip(send, PASSPORT_KEY)
    assert sent[-1][1] == 0x22


def test_hidden_pace_is_noticed_after_basic_access() -> None:
    class Hiding(Chip):
        def card_access(self) -> bytes:
            return b""

    honest = sample(STATE, PASSPORT, Profile((Offer(),), bac=True))
    hiding = Hiding(honest.document, profile=honest.profile)
    assert cause(hiding, PASSPORT_KEY) is CardCause.DAMAGED


@pytest.mark.parametrize("shown", [Offer(bits=128), Offer(Mapping.GENERIC, 13, 128)])
def test_a_hidden_stronger_variant_is_noticed(shown: Offer) -> None:
    honest = sample(STATE, JANA, Profile((Offer(bits=128), Offer(bits=256))))
    assert cause(Chip(honest.document, profile=Profile((shown,)))) is CardCause.DAMAGED


def test_dg14_without_any_pace_says_nothing_about_it() -> None:
    document = STATE.issue(JANA, Recipe())
    assert read(chip=Chip(document, 17, 256))[0].mrz.sex == "F"


def test_a_chip_that_maps_with_another_key_is_no_document() -> None:
    offer = Offer(Mapping.CHIP_AUTHENTICATION)
    honest = sample(STATE, JANA, Profile((offer,)))
    cloned = replace(honest.document, mapping_key=honest.document.mapping_key + 1)
    assert cause(Chip(cloned, profile=honest.profile)) is CardCause.DAMAGED


def test_card_security_holds_the_signed_infos() -> None:
    reading, _chip = read(Offer(Mapping.CHIP_AUTHENTICATION))
    assert reading.card_security is not None
    assert parse_card_security(reading.card_security)


def test_the_tries_that_are_left_are_told() -> None:
    chip = sample(STATE, JANA, Profile(tries=5))
    with pytest.raises(CardProblem) as caught:
        read_chip(transmit(chip), Can("000000"))
    assert (caught.value.cause, caught.value.tries_left) == (CardCause.WRONG_CAN, 4)


@pytest.mark.parametrize(
    ("last_day", "over"), [("250101", True), ("260728", True), ("260729", False), ("340101", False)]
)
def test_an_expired_document_is_read_and_told(last_day: str, *, over: bool) -> None:
    person: Person = replace(JANA, expiry=last_day)
    reading, _chip = read(chip=sample(STATE, person))
    assert expired(reading.mrz, date(2026, 7, 29)) is over
