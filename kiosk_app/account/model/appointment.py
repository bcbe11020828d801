"""Appointments at the city hall; it books none."""

from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk_app.account.model.text import LocalizedText


@dataclass(frozen=True)
class FreeTime:
    """A time that can be booked; both ends are aware."""

    id: str
    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        _require_order(self.starts, self.ends)


@dataclass(frozen=True)
class Bookable:
    """What one can make an appointment for."""

    id: str
    title: LocalizedText
    department: LocalizedText
    place: LocalizedText


@dataclass(frozen=True)
class Appointment:
    """One appointment of the person; both ends are aware."""

    id: str
    title: LocalizedText
    department: LocalizedText
    place: LocalizedText
    starts: datetime
    ends: datetime
    may_cancel: bool = False

    def __post_init__(self) -> None:
        _require_order(self.starts, self.ends)


def _require_order(starts: datetime, ends: datetime) -> None:
    # Two times of one zone would be compared by the wall clock, wrong in the night it goes back.
    are_known = starts.utcoffset() is not None and ends.utcoffset() is not None
    if not are_known or not starts.astimezone(UTC) < ends.astimezone(UTC):
        raise ValueError("an appointment begins before it ends, both in a known time zone")
