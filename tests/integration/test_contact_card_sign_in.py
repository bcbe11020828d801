"""A contact card from a real reader to the gateway's verdict, and what it may not become there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk_app.account.evidence import ContactCardEvidence
from kiosk_app.account.model import Assurance
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.gateway.config import DocumentsConfig
from kiosk_app.gateway.document_prover import DocumentProver, prover_of
from kiosk_app.gateway.evidence.trust import CscaStore
from kiosk_app.gateway.proving import Refusal
from kiosk_app.window_chip import read_on
from tests.fakes.document_signer import SampleState
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.samples import contact_state
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.virtual_card.all_samples import make
from tests.fakes.virtual_card.slot import Card
from tests.integration.card_rig import CardRig, card_rig

STATE = SampleState()
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[CardRig]:
    with card_rig(monkeypatch) as rig:
        yield rig


@pytest.fixture
def prover(tmp_path: Path) -> DocumentProver:
    """A gateway that pins what ``python -m tests.fakes.eobcanka_card`` writes."""
    csca, contact = tmp_path / "csca", tmp_path / "contact"
    STATE.save(csca)
    contact_state(STATE).save(contact)
    return prover_of(csca, DocumentsConfig(contact_ca=contact))


def evidence(rig: CardRig, card: Card) -> ContactCardEvidence:
    with read_on(rig.lay(card), None) as read:
        given = read.evidence
    assert isinstance(given, ContactCardEvidence)
    return given


def test_a_contact_card_identifies_and_proves_no_more(rig: CardRig, prover: DocumentProver) -> None:
    card = make("jana-contact", STATE)
    assert isinstance(card, ContactCard)
    proof = prover.begin(evidence(rig, card), NOW)
    assert proof.assurance is Assurance.IDENTIFIED
    assert (proof.issuing_state, proof.document_number) == ("CZE", "999009812")
    assert (proof.plain, proof.protected, proof.pace) == ((), (), None)
    assert card.code_commands == 0


def test_a_card_of_an_authority_of_ones_own(rig: CardRig, prover: DocumentProver) -> None:
    forged = ContactCard(content_of(ContactCardState("forger"), with_issuer=True))
    with pytest.raises(Refusal):
        prover.begin(evidence(rig, forged), NOW)


def test_a_card_with_a_blocked_code_is_refused(rig: CardRig, prover: DocumentProver) -> None:
    with pytest.raises(Refusal):
        prover.begin(evidence(rig, make("blocked-contact", STATE)), NOW)


def test_a_gateway_without_issuers_of_contact_cards_takes_none(rig: CardRig) -> None:
    prover = DocumentProver(CscaStore((STATE.csca,)))
    with pytest.raises(Refusal):
        prover.begin(evidence(rig, make("jana-contact", STATE)), NOW)


def test_an_expired_card_does_not_get_to_the_gateway(rig: CardRig) -> None:
    with pytest.raises(CardProblem) as caught:
        evidence(rig, make("expired-contact", STATE))
    assert caught.value.cause is CardCause.EXPIRED
