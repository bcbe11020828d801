"""Cards as the gateway's prover; the cryptography is in `evidence`, this only chooses the way."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, assert_never

from kiosk_app.account.evidence import (
    ContactCardEvidence,
    DocumentEvidence,
    Evidence,
    PaceData,
)
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.config import DocumentsConfig
from kiosk_app.gateway.evidence import (
    active_authentication,
    chip_authentication,
    chip_mapping,
)
from kiosk_app.gateway.evidence.active_authentication import ActiveChallenge
from kiosk_app.gateway.evidence.chain import Anchors
from kiosk_app.gateway.evidence.chip_authentication import ChipChallenge
from kiosk_app.gateway.evidence.chip_mapping import MappingRun
from kiosk_app.gateway.evidence.contact_card import ISSUING_STATE, check_contact_card
from kiosk_app.gateway.evidence.passive import VerifiedDocument, check_document
from kiosk_app.gateway.evidence.revocation_lists import ExpiredList
from kiosk_app.gateway.evidence.trust import Trust, TrustPolicy
from kiosk_app.gateway.evidence.trust_folder import TrustFolder
from kiosk_app.gateway.proving import Proof, Refusal
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

logger = logging.getLogger(__name__)

_PROBLEMS: Final = {
    RefusalReason.EXPIRED: ProblemType.CARD_EXPIRED,
    RefusalReason.REVOKED: ProblemType.CARD_REVOKED,
    RefusalReason.BLOCKED: ProblemType.CARD_REVOKED,
    RefusalReason.CHIP_NOT_GENUINE: ProblemType.CHIP_NOT_GENUINE,
}
_Secret = ChipChallenge | MappingRun | ActiveChallenge | None


class DocumentProver:
    """Passive authentication against pinned certificates, then the chip's strongest proof.

    Args:
        trust: the country signing certificates.
        contact: the issuers of contact cards; None: those are not accepted.
    """

    def __init__(self, trust: Trust, contact: Trust | None = None) -> None:
        self._trust = trust
        self._contact = contact

    def begin(self, evidence: Evidence, now: datetime) -> Proof:
        """Check the card's signatures and make its chip's challenge; raises `Refusal`."""
        try:
            match evidence:
                case DocumentEvidence():
                    return _challenged(check_document(evidence, self._trust.current(), now))
                case ContactCardEvidence():
                    return self._identified(evidence, now)
                case _:
                    assert_never(evidence)
        except EvidenceRefused as error:
            raise _refusal(error) from error

    def _identified(self, evidence: ContactCardEvidence, now: datetime) -> Proof:
        if self._contact is None:
            raise EvidenceRefused(RefusalReason.UNSUPPORTED, "Contact cards are not accepted.")
        card = check_contact_card(evidence, self._contact.current(), now)
        number = card.document_number
        return Proof(ISSUING_STATE, number, (), (), None, Assurance.IDENTIFIED, None)

    def pace_step(self, proof: Proof, data: PaceData) -> tuple[bytes, ...]:
        """Carry on the proof's PACE and give the next commands, none at its end.

        Raises `Refusal`; the proof is worth nothing then.
        """
        if not isinstance(proof.secret, MappingRun):
            raise Refusal(ProblemType.LOGIN_UNKNOWN)
        try:
            return proof.secret.step(data)
        except EvidenceRefused as error:
            raise _refusal(error) from error

    def finish(self, proof: Proof, responses: Sequence[bytes]) -> None:
        """Judge the chip's responses; raises `Refusal`."""
        try:
            match proof.secret:
                case ChipChallenge() | ActiveChallenge():
                    proof.secret.check(responses)
                case MappingRun():
                    proof.secret.check_done()
                case None:
                    pass
                case _:
                    raise TypeError("the proof was not begun by this prover")
        except EvidenceRefused as error:
            raise _refusal(error) from error


def prover_of(csca: Path, documents: DocumentsConfig) -> DocumentProver:
    """A prover over folders, read anew when their files change.

    Raises:
        TrustStoreError: a folder or a file cannot be used; one sentence which.
    """
    policy = TrustPolicy(documents.sha1, ExpiredList(documents.expired_crl))
    trust = TrustFolder(csca, documents.crls, policy)
    if documents.contact_ca is None:
        return DocumentProver(trust)
    contact = TrustFolder(documents.contact_ca, documents.contact_crls, policy, Anchors.ALL)
    return DocumentProver(trust, contact)


def _challenged(document: VerifiedDocument) -> Proof:
    """The proof by the one way that the document offers, or none but its signature."""
    secret: _Secret = None
    if document.chip_keys:
        secret = chip_authentication.begin(document)
    elif document.mapping_key is not None:
        secret = chip_mapping.begin(document.mapping_key, document.dg1)
    elif document.active_key is not None:
        secret = active_authentication.begin(document.active_key)
    return Proof(
        document.issuing_state,
        document.document_number,
        plain=secret.plain if isinstance(secret, ChipChallenge | ActiveChallenge) else (),
        protected=secret.protected if isinstance(secret, ChipChallenge) else (),
        pace=secret.challenge if isinstance(secret, MappingRun) else None,
        assurance=Assurance.IDENTIFIED if secret is None else Assurance.CHIP,
        secret=secret,
    )


def _refusal(error: EvidenceRefused) -> Refusal:
    # The reason is an enum member; the detail stays out of the log, it is about a person's card.
    logger.info("A card was refused: %s.", error.reason)
    return Refusal(_PROBLEMS.get(error.reason, ProblemType.CARD_NOT_ACCEPTED))
