"""Recurring days by RFC 5545 section 3.3.10 (RRULE), expanded year by year over dates only.

Every step is bounded: a year has at most 366 days, and a recurrence ends in 2100 at the latest.
It reads no text (`rrule` does) and places no wall time. A first day that does not fit the rule is
no day of it.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import assert_never

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""A recurrence begins and ends within these days."""
_DAY = timedelta(days=1)
_WEEK = 7
_MONTHS = 12


class Weekday(IntEnum):
    """Days as `date.weekday()` counts them."""

    MO = 0
    TU = 1
    WE = 2
    TH = 3
    FR = 4
    SA = 5
    SU = 6


class Frequency(StrEnum):
    """How long the period is that a recurrence repeats."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, order=True)
class ByDay:
    """A weekday; `ordinal` 0 means each, 2 the second and -1 the last of its month or year."""

    weekday: Weekday
    ordinal: int = 0


@dataclass(frozen=True)
class Recurrence:
    """The parts of an RRULE; an empty tuple and None mean that the part is not there."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[ByDay, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: Weekday = Weekday.MO


def recurs_on(rule: Recurrence, first: date, day: date) -> bool:
    """Whether a recurrence that begins on `first` falls on `day`."""
    if not first <= day <= LATEST or (rule.until is not None and day > rule.until):
        return False
    if day not in _days_of_year(rule, first, day.year):
        return False
    return rule.count is None or day <= _last_counted(rule, first)


@lru_cache(maxsize=512)
def _last_counted(rule: Recurrence, first: date) -> date:
    left = rule.count or 0
    for year in range(first.year, LATEST.year + 1):
        days = _expand(rule, first, year)
        if len(days) >= left:
            return sorted(days)[left - 1]
        left -= len(days)
    return LATEST


@lru_cache(maxsize=2048)
def _days_of_year(rule: Recurrence, first: date, year: int) -> frozenset[date]:
    return _expand(rule, first, year)


def _expand(rule: Recurrence, first: date, year: int) -> frozenset[date]:
    """The days of one year from `first` on, neither counted nor ended."""
    return frozenset(
        day
        for period in _periods(rule, first, year)
        for day in _positions(rule.by_set_pos, sorted(period))
        if day.year == year and day >= first
    )


def _positions(places: tuple[int, ...], days: list[date]) -> Iterable[date]:
    if not places:
        return days
    indices = (place - 1 if place > 0 else len(days) + place for place in places)
    return [days[index] for index in indices if 0 <= index < len(days)]


def _periods(rule: Recurrence, first: date, year: int) -> Iterator[Iterable[date]]:
    """The candidate days of each period that touches a year."""
    match rule.frequency:
        case Frequency.YEARLY:
            if (year - first.year) % rule.interval == 0:
                yield _of_year(rule, first, year)
        case Frequency.MONTHLY:
            for month in rule.by_month or range(1, _MONTHS + 1):
                if (_MONTHS * (year - first.year) + month - first.month) % rule.interval == 0:
                    yield _of_month(rule, first, year, month)
        case Frequency.WEEKLY:
            steps = _steps(_week_of(rule, first), _WEEK * rule.interval, year)
            yield from (_of_week(rule, first, start) for start in steps)
        case Frequency.DAILY:
            steps = _steps(first, rule.interval, year)
            yield from ((day,) for day in steps if _fits(rule, day))
        case never:
            assert_never(never)


def _steps(origin: date, days: int, year: int) -> Iterator[date]:
    """Every `days` days from `origin`: those that lie in a year or begin a week that does."""
    begin = date(year, 1, 1).toordinal() - (_WEEK - 1)
    skipped = max(0, -((origin.toordinal() - begin) // days))
    for ordinal in range(
        origin.toordinal() + skipped * days, date(year, 12, 31).toordinal() + 1, days
    ):
        yield date.fromordinal(ordinal)


def _of_year(rule: Recurrence, first: date, year: int) -> list[date]:
    months = rule.by_month
    if not months and not rule.by_day and not rule.by_month_day:
        months = (first.month,)
    if rule.by_month or not any(found.ordinal for found in rule.by_day):
        every = months or range(1, _MONTHS + 1)
        return [day for month in every for day in _of_month(rule, first, year, month)]
    days = [
        date(year, 1, 1) + _DAY * offset
        for offset in range((date(year, 12, 31) - date(year, 1, 1)).days + 1)
    ]
    return [day for day in _by_day(rule, days) if _fits_month_day(rule, day)]


def _of_month(rule: Recurrence, first: date, year: int, month: int) -> list[date]:
    length = monthrange(year, month)[1]
    numbers: Iterable[int] = range(1, length + 1)
    if not rule.by_day and not rule.by_month_day:
        numbers = [first.day] if first.day <= length else []
    days = [date(year, month, number) for number in numbers]
    found = _by_day(rule, days) if rule.by_day else days
    return [day for day in found if _fits_month_day(rule, day)]


def _by_day(rule: Recurrence, days: list[date]) -> list[date]:
    """Those of a whole month's or year's days that BYDAY names."""
    found: set[date] = set()
    for wanted in rule.by_day:
        same = [day for day in days if day.weekday() == wanted.weekday]
        found.update(_positions((wanted.ordinal,) if wanted.ordinal else (), same))
    return sorted(found)


def _week_of(rule: Recurrence, day: date) -> date:
    return day - _DAY * ((day.weekday() - rule.week_start) % _WEEK)


def _of_week(rule: Recurrence, first: date, start: date) -> list[date]:
    weekdays = {wanted.weekday for wanted in rule.by_day} or {Weekday(first.weekday())}
    days = [start + _DAY * offset for offset in range(_WEEK)]
    return [day for day in days if day.weekday() in weekdays and _fits_month(rule, day)]


def _fits(rule: Recurrence, day: date) -> bool:
    weekdays = [wanted.weekday for wanted in rule.by_day]
    return (
        (not weekdays or day.weekday() in weekdays)
        and _fits_month(rule, day)
        and _fits_month_day(rule, day)
    )


def _fits_month(rule: Recurrence, day: date) -> bool:
    return not rule.by_month or day.month in rule.by_month


def _fits_month_day(rule: Recurrence, day: date) -> bool:
    if not rule.by_month_day:
        return True
    from_end = day.day - monthrange(day.year, day.month)[1] - 1
    return day.day in rule.by_month_day or from_end in rule.by_month_day
