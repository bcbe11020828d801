"""What a CAP 1.2 message says, as far as a device acts on it; its XML is written in `cap`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from device_agent.wire.alert import Certainty, Severity, Urgency


class MsgType(StrEnum):
    """OASIS CAP 1.2, section 3.2.1, msgType, as far as a device acts on it."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


@dataclass(frozen=True)
class CapReference:
    """An earlier message, by sender, identifier and sent (section 3.2.1, references)."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class CapInfo:
    """One <info> block; texts may be empty where CAP makes them optional."""

    language: str
    category: str
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    expires: datetime | None
    headline: str
    description: str
    instruction: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class CapMessage:
    """One <alert> element; `status` is Actual, Exercise, System, Test or Draft.

    `targets` are the areas of the topics it may come on, written as <code>om-area:NAME</code>; none
    means any. Without them a taken broker could bring a true alert to a place it is not for.
    """

    identifier: str
    sender: str
    sent: datetime
    status: str
    msg_type: MsgType
    references: tuple[CapReference, ...]
    infos: tuple[CapInfo, ...]
    scope: str = "Public"
    targets: tuple[str, ...] = ()
