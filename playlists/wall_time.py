"""Places wall times of a site on the one line of time (UTC); knows no programme.

Rule for the two hours of daylight saving: a boundary (start or end of a day part) happens exactly
once. In the hour that is missing in spring it happens at the first instant after the gap, so
02:15-02:45 is empty that day and 02:30-04:00 begins at 03:00. In the hour that comes twice in
autumn it happens at its first occurrence, so 02:15-02:45 lasts half an hour, not an hour and a
half, and 02:30-04:00 lasts two and a half hours. Parts that touch on the wall therefore touch in
time on every day of the year: no gap, no overlap. Items run on in real seconds all the while.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@lru_cache(maxsize=8192)  # the same few boundaries are asked for by many rules
def place_wall_time(day: date, clock: time, site: ZoneInfo) -> datetime:
    """The one instant (UTC) at which the wall first shows that time or, in a gap, has passed it."""
    first = datetime.combine(day, clock.replace(fold=0), site)
    as_if_before = first.astimezone(UTC)
    if as_if_before.astimezone(site).replace(tzinfo=None) == first.replace(tzinfo=None):
        return as_if_before
    return _end_of_gap(first, site)


def place_span(day: date, start: time, end: time, site: ZoneInfo) -> tuple[datetime, datetime]:
    """From one wall time of a day to another; an end at or before the start is tomorrow's."""
    end_day = day if end > start else day + _DAY
    return place_wall_time(day, start, site), place_wall_time(end_day, end, site)


def next_full_hour(instant: datetime, site: ZoneInfo) -> datetime:
    """The next instant (UTC) at which the wall shows a full hour; each doubled hour is one."""
    wall = instant.astimezone(site)
    past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    return instant - past + timedelta(hours=1)


def next_minute(instant: datetime, every: int, minute: int, site: ZoneInfo) -> datetime:
    """The first instant at or after one (on a full minute) whose wall minute is due."""
    return instant + timedelta(minutes=(minute - instant.astimezone(site).minute) % every)


def _end_of_gap(missing: datetime, site: ZoneInfo) -> datetime:
    """The transition instant: wall time before it keeps the old offset, after it the new one."""
    low = missing.replace(fold=1).astimezone(UTC)  # the new offset: before the transition
    high = missing.astimezone(UTC)  # the old offset: after the transition
    old = missing.utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(site).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
