"""Documents of ICAO Doc 9303 as the gateway's prover; the cryptography is in its two neighbours."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kiosk_app.account.evidence import DocumentEvidence, Evidence, PaceData
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway import chip_proof
from kiosk_app.gateway.chip_proof import ChipChallenge
from kiosk_app.gateway.evidence import CscaStore, check_document
from kiosk_app.gateway.proving import Proof, Refusal
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

logger = logging.getLogger(__name__)

_PROBLEMS: Final = {
    RefusalReason.EXPIRED: ProblemType.CARD_EXPIRED,
    RefusalReason.CHIP_NOT_GENUINE: ProblemType.CHIP_NOT_GENUINE,
}


class DocumentProver:
    """Passive authentication against pinned country certificates, then chip authentication."""

    def __init__(self, trust: CscaStore) -> None:
        self._trust = trust

    def begin(self, evidence: Evidence, now: datetime) -> Proof:
        """Check the document's signature and make its chip's challenge; raises `Refusal`."""
        if not isinstance(evidence, DocumentEvidence) or evidence.dg14 is None:
            raise Refusal(ProblemType.CARD_NOT_ACCEPTED)
        try:
            document = check_document(evidence.sod, evidence.dg1, evidence.dg14, self._trust, now)
            challenge = chip_proof.begin(document)
        except EvidenceRefused as error:
            raise _refusal(error) from error
        return Proof(
            document.issuing_state,
            document.document_number,
            challenge.plain,
            challenge.protected,
            None,
            Assurance.CHIP,
            challenge,
        )

    def pace_step(self, proof: Proof, data: PaceData) -> tuple[bytes, ...]:
        """Refuse: no proof was begun with a PACE; raises `Refusal`."""
        del proof, data
        raise Refusal(ProblemType.LOGIN_UNKNOWN)

    def finish(self, proof: Proof, responses: Sequence[bytes]) -> None:
        """Judge the chip's responses; raises `Refusal`."""
        if not isinstance(proof.secret, ChipChallenge):
            raise TypeError("the proof was not begun by this prover")
        try:
            chip_proof.finish(proof.secret, responses)
        except EvidenceRefused as error:
            raise _refusal(error) from error


def _refusal(error: EvidenceRefused) -> Refusal:
    # The reason is an enum member; the detail stays out of the log, it is about a person's card.
    logger.info("A document was refused: %s.", error.reason)
    return Refusal(_PROBLEMS.get(error.reason, ProblemType.CARD_NOT_ACCEPTED))
