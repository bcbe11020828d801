"""The port behind which a document and its chip are judged; it judges nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk_app.account.login import Evidence
from kiosk_app.account.problem import ProblemType


class Refusal(Exception):  # noqa: N818 - an answer of the gateway, not a mistake of its own
    """The gateway says no; `problem` is what the kiosk is told."""

    def __init__(self, problem: ProblemType) -> None:
        super().__init__(problem.title)
        self.problem = problem


@dataclass(frozen=True)
class Proof:
    """A document its state signed, and what its chip has to answer; `secret` stays here."""

    issuing_state: str
    document_number: str = field(repr=False)
    plain: tuple[bytes, ...]
    protected: tuple[bytes, ...]
    secret: object = field(repr=False)


class Prover(Protocol):
    """Judges documents and chips; both methods compute and may take milliseconds."""

    def begin(self, evidence: Evidence, now: datetime) -> Proof:
        """Check what the chip says; raises `Refusal`."""

    def finish(self, proof: Proof, responses: Sequence[bytes]) -> None:
        """Judge the chip's responses; raises `Refusal` when it is not the original."""
