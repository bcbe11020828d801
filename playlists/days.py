"""Which days a rule, a campaign or an interrupt holds on; wall times are not its business."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from playlists.holidays import is_public_holiday
from playlists.recurrence import Recurrence, Weekday, recurs_on


class Holidays(StrEnum):
    """What a public holiday means to a rule."""

    ONLY = "only"
    NEVER = "never"


@dataclass(frozen=True)
class Days:
    """Conditions on a day: all that are given must hold; none given means every day.

    `first` and `last` are inclusive, and a recurrence begins on `first`. `except_days` are taken
    out; `also_days` hold whatever else is said.
    """

    first: date | None = None
    last: date | None = None
    weekdays: frozenset[Weekday] = frozenset()
    recurrence: Recurrence | None = None
    holidays: Holidays | None = None
    except_days: frozenset[date] = frozenset()
    also_days: frozenset[date] = frozenset()


EVERY_DAY = Days()


def holds_on(days: Days, day: date) -> bool:
    """Whether the conditions hold on a day."""
    if day in days.also_days:
        return True
    return (
        may_hold_on(days, day)
        and day not in days.except_days
        and _keeps_holidays(days.holidays, day)
        and _recurs(days, day)
    )


def may_hold_on(days: Days, day: date) -> bool:
    """Whether a day lies between `first` and `last` on a weekday asked for, or among the added."""
    return day in days.also_days or (
        (days.first is None or days.first <= day)
        and (days.last is None or day <= days.last)
        and (not days.weekdays or day.weekday() in days.weekdays)
    )


def _keeps_holidays(holidays: Holidays | None, day: date) -> bool:
    return holidays is None or is_public_holiday(day) is (holidays is Holidays.ONLY)


def _recurs(days: Days, day: date) -> bool:
    if days.recurrence is None or days.first is None:
        return days.recurrence is None
    return recurs_on(days.recurrence, days.first, day)
