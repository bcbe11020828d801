"""Which days hold: holidays, exceptions, additions and recurrences."""

from datetime import date

import pytest

from playlists.days import Days, Holidays, holds_on
from playlists.holidays import is_public_holiday
from playlists.recurrence import Weekday
from playlists.rrule import parse_recurrence

MONDAY, TUESDAY = date(2026, 5, 18), date(2026, 5, 19)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 4, 3), True),  # Good Friday
        (date(2026, 4, 5), False),  # Easter Sunday is no holiday of the Act
        (date(2026, 4, 6), True),  # Easter Monday
        (date(2015, 4, 3), False),  # Good Friday before the amendment
        (date(2016, 3, 25), True),
        (date(2038, 4, 26), True),  # the latest Easter Monday there can be
        (date(2026, 9, 28), True),
        (date(2026, 12, 31), False),
        (date(2026, 1, 1), True),
    ],
)
def test_holidays_are_those_of_the_act(day: date, *, holiday: bool) -> None:
    assert is_public_holiday(day) is holiday


def test_a_year_has_thirteen_holidays_at_most() -> None:
    every = [
        date.fromordinal(n)
        for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ]
    assert sum(map(is_public_holiday, every)) == 13


def test_rules_keep_holidays_or_only_those() -> None:
    feast, plain = date(2026, 5, 8), date(2026, 5, 7)
    assert holds_on(Days(holidays=Holidays.ONLY), feast)
    assert not holds_on(Days(holidays=Holidays.ONLY), plain)
    assert not holds_on(Days(holidays=Holidays.NEVER), feast)
    assert holds_on(Days(holidays=Holidays.NEVER), plain)


def test_exceptions_are_taken_out_and_additions_hold_whatever_else_is_said() -> None:
    days = Days(
        last=MONDAY,
        weekdays=frozenset({Weekday.MO}),
        except_days=frozenset({date(2026, 5, 11)}),
        also_days=frozenset({TUESDAY}),
    )
    assert holds_on(days, MONDAY)
    assert holds_on(days, TUESDAY)
    assert not holds_on(days, date(2026, 5, 11))
    assert not holds_on(days, date(2026, 5, 25))


def test_a_recurrence_begins_on_first() -> None:
    fortnightly = Days(first=MONDAY, recurrence=parse_recurrence("FREQ=WEEKLY;INTERVAL=2"))
    assert [holds_on(fortnightly, date(2026, 5, day)) for day in (4, 18, 25)] == [
        False,
        True,
        False,
    ]
    assert holds_on(fortnightly, date(2026, 6, 1))
    assert not holds_on(Days(recurrence=parse_recurrence("FREQ=DAILY")), MONDAY)
