"""The port behind which a document and its chip are judged; it judges nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk_app.account.evidence import Evidence, PaceChallenge, PaceData
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType


class Refusal(Exception):  # noqa: N818 - an answer of the gateway, not a mistake of its own
    """The gateway says no; `problem` is what the kiosk is told.

    Attributes:
        tries_left: how often a wrong PIN may still be typed; None where nobody counts.
        retry_after: seconds until the next try is heard; None where it is at once.
    """

    def __init__(
        self,
        problem: ProblemType,
        *,
        tries_left: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(problem.title)
        self.problem = problem
        self.tries_left = tries_left
        self.retry_after = retry_after


@dataclass(frozen=True)
class Proof:
    """A card its state signed, and what its chip has to answer.

    Attributes:
        issuing_state: three letters, as in the machine readable zone.
        plain: command APDUs that the kiosk protects with its own session.
        protected: command APDUs carried as they are.
        pace: the PACE that the kiosk begins and the gateway carries on, before the answer.
        assurance: what a good answer proves.
        secret: what the answer is judged by; it stays here.
    """

    issuing_state: str
    document_number: str = field(repr=False)
    plain: tuple[bytes, ...]
    protected: tuple[bytes, ...]
    pace: PaceChallenge | None
    assurance: Assurance
    secret: object = field(repr=False)


class Prover(Protocol):
    """Judges cards and their chips; every method computes and may take milliseconds."""

    def begin(self, evidence: Evidence, now: datetime) -> Proof:
        """Check what the card says; raises `Refusal`."""

    def pace_step(self, proof: Proof, data: PaceData) -> tuple[bytes, ...]:
        """Carry on the proof's PACE and give the next commands, none at its end.

        Raises `Refusal`; the proof is worth nothing then.
        """

    def finish(self, proof: Proof, responses: Sequence[bytes]) -> None:
        """Judge the chip's responses; raises `Refusal` when it is not the original."""
