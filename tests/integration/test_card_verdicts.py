"""Each sample card by name, read by the kiosk and judged by the gateway; without a reader."""

from datetime import UTC, datetime

import pytest

from kiosk_app.account.evidence import PaceNonce, PaceResponses
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.passwords import Can, Password, mrz_key
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore
from kiosk_app.gateway.proving import Proof, Refusal
from tests.fakes.document_signer import SampleState
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.all_samples import make
from tests.fakes.virtual_card.chip import Chip
from tests.unit.kiosk_app.gateway.evidence.cards import read_evidence

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState(seed="verdicts")
REVOKED = STATE.revocation_list(STATE.with_revoked_signer().signer)
PROVER = DocumentProver(CscaStore((STATE.csca,), (REVOKED,)))

CHIP, IDENTIFIED = Assurance.CHIP, Assurance.IDENTIFIED
REFUSED, COPIED = ProblemType.CARD_NOT_ACCEPTED, ProblemType.CHIP_NOT_GENUINE
VERDICTS: dict[str, Assurance | ProblemType] = {
    "jana": CHIP,
    "karel": CHIP,
    "im": CHIP,
    "cam": CHIP,
    "several": CHIP,
    "strong": CHIP,
    "two-keys": CHIP,
    "explicit": CHIP,
    "short": CHIP,
    "active": CHIP,
    "active-rsa": CHIP,
    "3des": CHIP,
    "td2": CHIP,
    "jana-passport": CHIP,
    "old-passport": CHIP,
    "stranger": CHIP,
    "no-proof": IDENTIFIED,
    "expired": ProblemType.CARD_EXPIRED,
    "unknown-signer": REFUSED,
    "revoked-signer": ProblemType.CARD_REVOKED,
    "cloned": COPIED,
}


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items(), ids=VERDICTS)
def test_a_sample_card_at_the_gateway(name: str, verdict: Assurance | ProblemType) -> None:
    chip = make(name, STATE)
    chip.reset()
    password = password_of(chip)
    reading = read_chip(lambda command: chip.answer(command) or b"", password, chip.atr)
    if isinstance(verdict, ProblemType):
        with pytest.raises(Refusal) as caught:
            prove(reading, password)
        assert caught.value.problem is verdict
    else:
        assert prove(reading, password).assurance is verdict


def password_of(card: object) -> Password:
    assert isinstance(card, Chip)
    if card.profile.offers:
        return Can(card.document.can)
    return mrz_key(card.document.zone)


def prove(reading: ChipReading, password: Password) -> Proof:
    """Do what kiosk and gateway do with each other."""
    proof = PROVER.begin(read_evidence(reading), NOW)
    if proof.pace is not None:
        commands = PROVER.pace_step(proof, PaceNonce(reading.begin_pace_cam(password)))
        while commands:
            answers = PaceResponses(tuple(reading.carry(commands)))
            commands = PROVER.pace_step(proof, answers)
    PROVER.finish(proof, reading.relay(proof.plain, proof.protected))
    return proof


@pytest.mark.parametrize(
    "name", ["3des", "two-keys", "strong", "active", "active-rsa", "old-passport"]
)
def test_a_copy_of_each_kind_of_chip_is_not_genuine(name: str) -> None:
    original = make(name, STATE)
    assert isinstance(original, Chip)
    copy = faults.cloned_chip(original)
    password = password_of(copy)
    reading = read_chip(lambda command: copy.answer(command) or b"", password, copy.atr)
    with pytest.raises(Refusal) as caught:
        prove(reading, password)
    assert caught.value.problem is COPIED
