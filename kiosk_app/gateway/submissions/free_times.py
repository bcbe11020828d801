"""When a service can be booked, in the local time of the city. Pure: no clock, no store.

Opening hours are wall time; within them time runs on as it really does. In the night when the
clocks go forward the missing hour gives no times, in the night when they go back the double hour
gives its times twice; a time's name is its UTC start, so the two are told apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from kiosk_app.account.model import FreeTime, LocalizedText

MINUTES_OF_A_DAY: Final = 24 * 60
_ID: Final = "%Y%m%dT%H%MZ"
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """From one minute of a local day to another, the last one not included."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_OF_A_DAY:
            raise ValueError("opening hours begin before they end, within one day")


@dataclass(frozen=True)
class Service:
    """What can be booked: how long a time is, and how many people it takes at once.

    `hours` are for each weekday, Monday first; `days_ahead` counts from today; nothing that
    begins within `notice` is given away.
    """

    id: str
    title: LocalizedText
    department: LocalizedText
    place: LocalizedText
    hours: tuple[tuple[Hours, ...], ...]
    slot: timedelta
    capacity: int
    days_ahead: int
    closed: frozenset[date] = frozenset()
    notice: timedelta = timedelta(hours=1)

    def __post_init__(self) -> None:
        if self.slot < _MINUTE or self.slot % _MINUTE:
            raise ValueError("a time is whole minutes long")


def free_times(
    service: Service, zone: tzinfo, now: datetime, taken: Mapping[datetime, int]
) -> tuple[FreeTime, ...]:
    """The times that can still be booked, in order; `now` is aware.

    `taken` says for UTC starts how many places are gone.
    """
    today = now.astimezone(zone).date()
    days = (today + _DAY * count for count in range(service.days_ahead + 1))
    return tuple(
        FreeTime(time_id(start), local(start, zone), local(start + service.slot, zone))
        for day in days
        for start in starts_on(service, zone, day)
        if start >= now + service.notice and taken.get(start, 0) < service.capacity
    )


def starts_on(service: Service, zone: tzinfo, day: date) -> Iterator[datetime]:
    """The UTC starts of all times of one local day, free or not, in order."""
    if day in service.closed:
        return
    for hours in service.hours[day.weekday()]:
        start = _instant(day, hours.opens, zone)
        closes = _instant(day, hours.closes, zone)
        while start + service.slot <= closes:
            yield start
            start += service.slot


def local(instant: datetime, zone: tzinfo) -> datetime:
    """The instant in the city's time, with its own offset: it stays in order in the double hour."""
    wall = instant.astimezone(zone)
    return instant.astimezone(timezone(wall.utcoffset() or timedelta()))


def time_id(start: datetime) -> str:
    """The name of a time of a service."""
    return start.astimezone(UTC).strftime(_ID)


def is_bookable(service: Service, zone: tzinfo, now: datetime, start: datetime) -> bool:
    """Whether the service has a time with that start that may be booked from now on."""
    # Two days more than may be: only so that no instant is beyond what a calendar can hold.
    if not now + service.notice <= start <= now + _DAY * (service.days_ahead + 2):
        return False
    day = start.astimezone(zone).date()
    last = now.astimezone(zone).date() + _DAY * service.days_ahead
    return day <= last and start in starts_on(service, zone, day)


def start_of(name: str) -> datetime | None:
    """The UTC start that a time's name says; None if it is no name."""
    try:
        start = datetime.strptime(name, _ID).replace(tzinfo=UTC)
    except ValueError:
        return None
    return start if time_id(start) == name else None


def _instant(day: date, minute: int, zone: tzinfo) -> datetime:
    """The UTC instant of a local minute, the first of two in the double hour.

    One in the missing hour is the end of that hour.
    """
    wall = datetime.combine(day, time()) + minute * _MINUTE
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    while instant.astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        wall += _MINUTE
        instant = wall.replace(tzinfo=zone).astimezone(UTC)
    return instant
