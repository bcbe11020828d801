"""Decides whether an offered desired state comes into force; it carries nothing out."""

from dataclasses import dataclass
from enum import StrEnum

from device_agent.wire.desired import DesiredState


class DesiredRefusal(StrEnum):
    """Why a desired state was refused."""

    WRONG_DEVICE = "desired-wrong-device"
    OLDER_SERIAL = "desired-older-serial"


@dataclass(frozen=True)
class Accepted:
    """The offered state comes into force."""

    state: DesiredState


@dataclass(frozen=True)
class Unchanged:
    """The offered state has the serial already in force."""


@dataclass(frozen=True)
class Refused:
    """The offered state does not count."""

    reason: DesiredRefusal


def decide(
    device: str, in_force: DesiredState | None, offered: DesiredState
) -> Accepted | Unchanged | Refused:
    """Weigh an offered state, whose signature was verified, against the one in force."""
    if offered.device != device:
        return Refused(DesiredRefusal.WRONG_DEVICE)
    if in_force is None or offered.serial > in_force.serial:
        return Accepted(offered)
    if offered.serial < in_force.serial:
        return Refused(DesiredRefusal.OLDER_SERIAL)
    return Unchanged()
