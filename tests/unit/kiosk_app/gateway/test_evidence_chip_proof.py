"""Chip authentication by the gateway, with the kiosk between it and the chip."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.gateway import chip_proof
from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    VerifiedDocument,
    check_document,
)
from tests.fakes.document_signer import JANA, KAREL, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()


def verified(document: Document) -> VerifiedDocument:
    trust = CscaStore((STATE.csca,))
    return check_document(document.sod, document.dg1, document.dg14, trust, NOW)


def relayed(challenge: chip_proof.ChipChallenge, chip: Chip) -> list[bytes]:
    reading = read_chip(lambda command: chip.answer(command) or b"", Can(chip.document.can))
    return reading.relay(challenge.plain, challenge.protected)


def refused(challenge: chip_proof.ChipChallenge, responses: list[bytes]) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        chip_proof.finish(challenge, responses)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


def test_a_genuine_chip_proves_itself() -> None:
    document = STATE.issue(JANA)
    challenge = chip_proof.begin(verified(document))
    chip_proof.finish(challenge, relayed(challenge, Chip(document)))


def test_answers_to_an_older_challenge_are_refused() -> None:
    document = STATE.issue(JANA)
    old, new = (chip_proof.begin(verified(document)) for _ in range(2))
    refused(new, relayed(old, Chip(document)))


def test_another_genuine_chip_is_refused() -> None:
    challenge = chip_proof.begin(verified(STATE.issue(JANA)))
    refused(challenge, relayed(challenge, Chip(STATE.issue(KAREL))))


def test_the_right_key_with_another_dg1_is_refused() -> None:
    document = STATE.issue(JANA)
    challenge = chip_proof.begin(verified(document))
    refused(challenge, relayed(challenge, Chip(replace(document, dg1=document.dg1[:-1] + b"X"))))


def test_a_chip_that_refuses_to_read_is_refused() -> None:
    document = STATE.issue(JANA)
    challenge = chip_proof.begin(verified(document))

    class Shy(Chip):
        def _read(self, offset: int, le: int) -> tuple[bytes, int]:
            shy = self._next_channel is None and self._proved
            return (b"", 0x6982) if shy else super()._read(offset, le)

        def _prove(self, point: bytes) -> tuple[bytes, int]:
            self._proved = True
            return super()._prove(point)

        _proved = False

    refused(challenge, relayed(challenge, Shy(document)))


@pytest.mark.parametrize("count", [0, 3, 5])
def test_another_number_of_answers_is_refused(count: int) -> None:
    refused(chip_proof.begin(verified(STATE.issue(JANA))), [b"\x90\x00"] * count)


@pytest.mark.parametrize("answer", [b"", b"\x90\x00", bytes(70_000), b"\x99\x02\x90\x00\x90\x00"])
def test_garbage_answers_are_refused(answer: bytes) -> None:
    refused(chip_proof.begin(verified(STATE.issue(JANA))), [answer] * 4)


def test_a_chip_without_a_key_is_unsupported() -> None:
    document = replace(verified(STATE.issue(JANA)), chip_keys=())
    with pytest.raises(EvidenceRefused) as caught:
        chip_proof.begin(document)
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_a_key_off_its_curve_is_refused() -> None:
    document = verified(STATE.issue(JANA))
    key = replace(document.chip_keys[0], point=b"\x04" + bytes(64))
    with pytest.raises(EvidenceRefused) as caught:
        chip_proof.begin(replace(document, chip_keys=(key,)))
    assert caught.value.reason is RefusalReason.MALFORMED


def test_a_key_id_is_named_to_the_chip() -> None:
    document = verified(STATE.issue(JANA))
    key = replace(document.chip_keys[0], key_id=7)
    challenge = chip_proof.begin(replace(document, chip_keys=(key,)))
    assert challenge.plain[0].endswith(b"\x84\x01\x07")
