"""Recurring days, against python-dateutil as an independent oracle on valid rules."""

import datetime as dt
from datetime import date, datetime, timedelta
from itertools import takewhile
from unittest.mock import patch

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playlists.recurrence import (
    LATEST,
    ByDay,
    Frequency,
    Recurrence,
    Weekday,
    recurs_on,
)
from playlists.rrule import RecurrenceError, parse_recurrence, recurrence_text

DAY = timedelta(days=1)
SPAN = 500


def _numbers(most: int, *, negative: bool = True) -> st.SearchStrategy[tuple[int, ...]]:
    below = st.integers(-most, -1) if negative else st.nothing()
    number = st.integers(1, most) | below
    return st.lists(number, unique=True, max_size=4).map(tuple)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Valid rules of every kind."""
    frequency = draw(st.sampled_from(Frequency))
    months = draw(_numbers(12, negative=False))
    most = {Frequency.MONTHLY: 5, Frequency.YEARLY: 5 if months else 53}.get(frequency, 0)
    numbered = st.integers(1, most) | st.integers(-most, -1) if most else st.just(0)
    ordinal = draw(st.sampled_from((numbered, st.just(0))))  # the library cannot mix the two
    by_day = st.lists(
        st.builds(ByDay, st.sampled_from(Weekday), ordinal), unique=True, max_size=4
    ).map(tuple)
    days = draw(by_day)
    month_days = draw(_numbers(31)) if frequency is not Frequency.WEEKLY else ()
    position = _numbers(10) if days or month_days or months else st.just(())
    bound = draw(st.sampled_from(("count", "until", "none")))
    return Recurrence(
        frequency,
        interval=draw(st.integers(1, 9)),
        count=draw(st.integers(1, 60)) if bound == "count" else None,
        until=draw(st.dates(date(2000, 1, 1), date(2101, 1, 1))) if bound == "until" else None,
        by_day=days,
        by_month_day=month_days,
        by_month=months,
        by_set_pos=draw(position),
        week_start=draw(st.sampled_from(Weekday)),
    )


def _oracle(rule: Recurrence, first: date, begin: date, end: date) -> set[date]:
    """What the library says; its last year is moved so that it does not walk to the year 9999."""
    text = recurrence_text(rule)
    if rule.until is None and rule.count is None:
        text += f";UNTIL={end:%Y%m%d}"
    found = rrulestr(text, dtstart=datetime.combine(first, datetime.min.time()))
    with patch.object(dt, "MAXYEAR", end.year):
        days = takewhile(lambda day: day <= end, (instant.date() for instant in found))
        return {day for day in days if begin <= day}


@settings(deadline=None)
@given(recurrences(), st.dates(date(2000, 1, 1), date(2098, 1, 1)), st.integers(0, 400))
@example(parse_recurrence("FREQ=YEARLY"), date(2000, 2, 29), 1400)
@example(parse_recurrence("FREQ=MONTHLY"), date(2000, 1, 31), 0)
@example(parse_recurrence("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO"), date(2026, 5, 17), 200)
@example(parse_recurrence("FREQ=YEARLY;BYDAY=53MO"), date(2000, 1, 1), 0)
@example(parse_recurrence("FREQ=DAILY;INTERVAL=7;COUNT=3"), date(2026, 12, 28), 0)
def test_days_are_those_of_an_independent_library(
    rule: Recurrence, first: date, later: int
) -> None:
    if rule.by_set_pos and rule.frequency is Frequency.WEEKLY:
        # The library counts positions of the first week from `first` on, RFC 5545 from its start.
        first -= DAY * ((first.weekday() - rule.week_start) % 7)
        first = max(first, date(2000, 1, 1) + DAY * 7 + DAY * ((rule.week_start - 5) % 7))
    begin = min(first + DAY * later, LATEST)
    end = min(begin + DAY * SPAN, LATEST)
    wanted = _oracle(rule, first, begin, end)
    days = (begin + DAY * offset for offset in range((end - begin).days + 1))
    assert {day for day in days if recurs_on(rule, first, day)} == wanted


@given(recurrences())
def test_a_recurrence_survives_its_text(rule: Recurrence) -> None:
    assert parse_recurrence(recurrence_text(rule)) == rule


def test_positions_of_the_first_week_count_from_its_start_as_the_standard_says() -> None:
    rule = parse_recurrence("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1")
    wednesday = date(2026, 5, 20)
    assert not recurs_on(rule, wednesday, wednesday)
    assert recurs_on(rule, wednesday, date(2026, 5, 25))


def test_plain_and_numbered_weekdays_add_up() -> None:
    rule = parse_recurrence("FREQ=MONTHLY;BYDAY=MO,-1TU")
    may = [day for day in range(1, 32) if recurs_on(rule, date(2026, 5, 1), date(2026, 5, day))]
    assert may == [4, 11, 18, 25, 26]


def test_count_ends_a_recurrence_and_one_never_reached_does_not() -> None:
    rule = parse_recurrence("FREQ=YEARLY;COUNT=1000")
    assert recurs_on(rule, date(2000, 1, 1), date(2100, 1, 1))
    assert not recurs_on(rule, date(2000, 1, 1), date(2101, 1, 1))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000",
        "FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231",
    ],
)
def test_a_rule_that_never_holds_is_answered_at_once(text: str) -> None:
    rule = parse_recurrence(text)
    assert not any(
        recurs_on(rule, date(2000, 1, 1), date(year, 2, 28)) for year in range(2000, 2101)
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "write an RRULE"),
        ("FREQ=DAILY;" + "A" * 400, "write an RRULE"),
        ("freq=daily", "write an RRULE"),
        ("FREQ=DAILY;BYHOUR=3", "remove BYHOUR"),
        ("FREQ=DAILY;FREQ=DAILY", "once"),
        ("FREQ=HOURLY", "write FREQ as one of"),
        ("INTERVAL=2", "write FREQ as one of"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL as a number from 1"),
        ("FREQ=DAILY;INTERVAL=99999", "INTERVAL as a number from 1"),
        ("FREQ=DAILY;COUNT=1001", "COUNT as a number"),
        ("FREQ=DAILY;UNTIL=20260230", "no day of the calendar"),
        ("FREQ=DAILY;UNTIL=20260228T000000Z", "UNTIL as a date"),
        ("FREQ=DAILY;UNTIL=20260228;COUNT=1", "COUNT or UNTIL"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY as numbers"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY as numbers"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,+1", "once"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH as numbers"),
        ("FREQ=YEARLY;BYMONTH=-1", "BYMONTH as numbers"),
        ("FREQ=MONTHLY;BYDAY=XX", "weekday"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY as numbers"),
        ("FREQ=MONTHLY;BYDAY=6MO", "no more than 5"),
        ("FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", "no more than 5"),
        ("FREQ=YEARLY;BYDAY=54MO", "BYDAY as numbers"),
        ("FREQ=WEEKLY;BYDAY=1MO", "needs FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "for BYSETPOS"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS as numbers"),
        ("FREQ=WEEKLY;WKST=X", "weekday"),
    ],
)
def test_text_that_is_no_recurrence_is_refused_with_advice(text: str, advice: str) -> None:
    with pytest.raises(RecurrenceError, match=advice):
        parse_recurrence(text)


@given(st.text(alphabet="FREQDAILYMONTHWKSBCU=;,0123456789+-", max_size=60))
def test_random_text_is_refused_or_understood(text: str) -> None:
    try:
        rule = parse_recurrence(text)
    except RecurrenceError:
        return
    assert parse_recurrence(recurrence_text(rule)) == rule
