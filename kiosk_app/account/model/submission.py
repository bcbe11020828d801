"""What the city hall says of something it was handed; it hands nothing in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubmissionKind(StrEnum):
    """What was handed in."""

    MESSAGE = "message"
    APPOINTMENT = "appointment"
    CANCELLATION = "cancellation"
    CHOICES = "choices"
    DEFECT = "defect"


@dataclass(frozen=True)
class Submission:
    """The city hall's word that it has something: its registration number and the time, aware."""

    number: str
    kind: SubmissionKind
    received: datetime

    def __post_init__(self) -> None:
        if self.received.tzinfo is None:
            raise ValueError("the time of a submission is aware")
