"""PACE with chip authentication mapping, run by the gateway through the kiosk."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk_app.account.evidence import PaceNonce, PaceResponses
from kiosk_app.cards.chip import ChipReading
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.gateway.evidence import CscaStore, VerifiedDocument, check_document, chip_mapping
from kiosk_app.gateway.evidence.chip_mapping import MappingRun
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.fakes.document_signer import JANA, KAREL, Person, Recipe, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.unit.kiosk_app.gateway.evidence.cards import read_evidence, reading_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
TRUST = CscaStore((STATE.csca,))
CAM = Offer(Mapping.CHIP_AUTHENTICATION)


def issued(person: Person = JANA, *offers: Offer) -> Document:
    return STATE.issue(person, Recipe(offers=offers or (CAM,), chip_keys=()))


def chip_of(document: Document, *offers: Offer) -> Chip:
    return Chip(document, profile=Profile(offers or (CAM,)))


def verified(reading: ChipReading) -> VerifiedDocument:
    return check_document(read_evidence(reading), TRUST, NOW)


def begun(reading: ChipReading) -> MappingRun:
    document = verified(reading)
    assert document.mapping_key is not None
    return chip_mapping.begin(document.mapping_key, document.dg1)


def carried(run: MappingRun, reading: ChipReading, can: str = JANA.can) -> None:
    commands = run.step(PaceNonce(reading.begin_pace_cam(Can(can))))
    while commands:
        commands = run.step(PaceResponses(tuple(reading.carry(commands))))


def refused(run: MappingRun, responses: Sequence[bytes]) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        run.step(PaceResponses(tuple(responses)))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    over(run)


def over(run: MappingRun) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        run.check_done()
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    with pytest.raises(EvidenceRefused):
        run.step(PaceNonce(bytes(16)))


@pytest.mark.parametrize(("curve", "bits"), [(12, 128), (13, 128), (15, 192), (16, 256), (17, 256)])
def test_a_genuine_chip_proves_itself(curve: int, bits: int) -> None:
    offer = Offer(Mapping.CHIP_AUTHENTICATION, curve, bits)
    offers = (Offer(parameter_id=curve, bits=bits), offer)
    reading = reading_of(chip_of(issued(JANA, *offers), *offers))
    run = begun(reading)
    assert (run.challenge.oid, run.challenge.parameter_id) == (offer.oid, curve)
    carried(run, reading)
    run.check_done()
    assert "VZOR" not in repr(run)


def test_another_number_of_the_card_proves_nothing() -> None:
    reading = reading_of(chip_of(issued()))
    run = begun(reading)
    with pytest.raises(EvidenceRefused) as caught:
        carried(run, reading, "999999")
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


def test_another_genuine_chip_of_the_same_key_holder_has_another_dg1() -> None:
    """The signature over EF.CardSecurity alone would let any genuine chip stand for any data."""
    mine, theirs = issued(), issued(KAREL)
    mixed = replace(theirs, card_security=mine.card_security, mapping_key=mine.mapping_key)
    reading = reading_of(chip_of(mine))
    run = begun(reading_of(chip_of(mixed)))
    with pytest.raises(EvidenceRefused) as caught:
        carried(run, reading)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    assert "DG1" in caught.value.detail


def test_a_chip_without_the_key_is_refused() -> None:
    """It runs PACE to its end with a mapping key of its own; its proof does not fit."""
    document = issued()
    run = begun(reading_of(chip_of(document)))
    other = chip_of(replace(document, mapping_key=document.mapping_key + 1))
    with pytest.raises(EvidenceRefused) as caught:
        _carried_by(run, other)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    over(run)


def _carried_by(run: MappingRun, chip: Chip) -> None:
    commands = run.step(PaceNonce(_nonce_of(chip)))
    while commands:
        commands = run.step(PaceResponses(tuple(chip.answer(c) or b"" for c in commands)))


def _nonce_of(chip: Chip) -> bytes:
    """Begin PACE with a chip that a kiosk would not have read."""
    reading = reading_of(chip_of(issued()))
    object.__setattr__(reading, "_transmit", lambda command: chip.answer(command) or b"")
    return reading.begin_pace_cam(Can(JANA.can))


def test_steps_out_of_their_order_are_refused() -> None:
    reading = reading_of(chip_of(issued()))
    refused(begun(reading), [b"\x90\x00"])
    run = begun(reading)
    nonce = PaceNonce(reading.begin_pace_cam(Can(JANA.can)))
    run.step(nonce)
    with pytest.raises(EvidenceRefused):
        run.step(nonce)
    over(run)


def test_a_proof_that_is_over_takes_nothing_more() -> None:
    reading = reading_of(chip_of(issued()))
    run = begun(reading)
    carried(run, reading)
    refused(run, [b"\x90\x00"])


@pytest.mark.parametrize(
    "responses", [[], [b""], [b"\x63\x00"], [b"\x90\x00"], [b"\x7c\x00\x90\x00"] * 2]
)
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_garbage_at_any_step_is_refused(after: int, responses: list[bytes]) -> None:
    reading = reading_of(chip_of(issued()))
    run = begun(reading)
    commands = run.step(PaceNonce(reading.begin_pace_cam(Can(JANA.can))))
    for _ in range(after):
        commands = run.step(PaceResponses(tuple(reading.carry(commands))))
    refused(run, responses)


@pytest.mark.parametrize("nonce", [b"", bytes(8), bytes(24), bytes(48)])
def test_a_nonce_of_another_length_is_refused(nonce: bytes) -> None:
    run = begun(reading_of(chip_of(issued())))
    with pytest.raises(EvidenceRefused):
        run.step(PaceNonce(nonce))
    over(run)


def test_a_chip_with_a_nonce_of_two_blocks() -> None:
    """As long as a key of AES-256 (section 4.4.3.3)."""
    chip = Chip(
        issued(),
        profile=Profile((CAM,)),
        chance=lambda size: secrets.token_bytes(32 if size == 16 else size),
    )
    reading = reading_of(chip)
    run = begun(reading)
    nonce = reading.begin_pace_cam(Can(JANA.can))
    assert len(nonce) == 32
    commands = run.step(PaceNonce(nonce))
    while commands:
        commands = run.step(PaceResponses(tuple(reading.carry(commands))))
    run.check_done()


def test_a_proof_that_was_not_carried_to_its_end_proves_nothing() -> None:
    with pytest.raises(EvidenceRefused):
        begun(reading_of(chip_of(issued()))).check_done()
