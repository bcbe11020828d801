"""What an alert is on a device; how CAP or the local socket write it stands elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """OASIS CAP 1.2, section 3.2.2, severity; the worst first."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Urgency(StrEnum):
    """OASIS CAP 1.2, section 3.2.2, urgency; the most urgent first."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Certainty(StrEnum):
    """OASIS CAP 1.2, section 3.2.2, certainty; the most certain first."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


@dataclass(frozen=True)
class AlertInfo:
    """The words of an alert in one language (RFC 3066 code); empty text where CAP had none."""

    language: str
    event: str
    headline: str
    description: str
    instruction: str
    area: str


@dataclass(frozen=True)
class Alert:
    """One alert in force: `sent` and `expires` are aware instants, one info for each language."""

    identifier: str
    sent: datetime
    severity: Severity
    urgency: Urgency
    certainty: Certainty
    expires: datetime
    infos: tuple[AlertInfo, ...]
