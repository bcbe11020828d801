"""Free times keep the opening hours, in the local time of the city, in the two odd nights too."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.submissions.free_times import (
    MINUTES_OF_A_DAY,
    Hours,
    Service,
    free_times,
    is_bookable,
    start_of,
    starts_on,
    time_id,
)

PRAGUE = ZoneInfo("Europe/Prague")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
WORDS = LocalizedText("VZOR", "SAMPLE")


def service(*hours: Hours, minutes: int = 30, **more: object) -> Service:
    known: dict[str, object] = {
        "id": "passports",
        "title": WORDS,
        "department": WORDS,
        "place": WORDS,
        "hours": (hours,) * 7,
        "slot": timedelta(minutes=minutes),
        "capacity": 1,
        "days_ahead": 10,
    }
    return Service(**(known | more))  # type: ignore[arg-type] # the fields of the service


def walls(starts: list[datetime]) -> list[str]:
    return [start.astimezone(PRAGUE).strftime("%H:%M%z") for start in starts]


def test_times_fill_the_opening_hours() -> None:
    open_hours = service(Hours(8 * 60, 10 * 60 + 10), Hours(13 * 60, 14 * 60))
    starts = walls(list(starts_on(open_hours, PRAGUE, date(2026, 11, 24))))
    expected = ["08:00", "08:30", "09:00", "09:30", "13:00", "13:30"]
    assert starts == [f"{wall}+0100" for wall in expected]


def test_missing_hour_gives_no_times() -> None:
    starts = walls(list(starts_on(service(Hours(60, 4 * 60)), PRAGUE, SPRING)))
    assert starts == ["01:00+0100", "01:30+0100", "03:00+0200", "03:30+0200"]


def test_hours_within_the_missing_hour_give_nothing() -> None:
    assert list(starts_on(service(Hours(125, 175)), PRAGUE, SPRING)) == []


def test_double_hour_gives_its_times_twice_with_different_names() -> None:
    starts = list(starts_on(service(Hours(60, 4 * 60)), PRAGUE, AUTUMN))
    assert walls(starts)[2:6] == ["02:00+0200", "02:30+0200", "02:00+0100", "02:30+0100"]
    assert len({time_id(start) for start in starts}) == len(starts) == 8


def test_closed_day_and_other_weekday_give_nothing() -> None:
    day = date(2026, 12, 24)
    assert not list(starts_on(service(Hours(0, 60), closed=frozenset({day})), PRAGUE, day))
    only_monday = service(hours=((Hours(0, 60),), *((),) * 6))
    assert not list(starts_on(only_monday, PRAGUE, day))


def test_full_and_past_and_too_near_times_are_not_free() -> None:
    now = datetime(2026, 11, 24, 7, 40, tzinfo=UTC)  # 08:40 in the city
    open_hours = service(Hours(8 * 60, 11 * 60), days_ahead=0, notice=timedelta(minutes=30))
    taken = {datetime(2026, 11, 24, 9, tzinfo=UTC): 1}
    free = free_times(open_hours, PRAGUE, now, taken)
    assert [time.id for time in free] == ["20261124T0830Z", "20261124T0930Z"]
    assert free[0].starts.isoformat() == "2026-11-24T09:30:00+01:00"
    assert free[0].ends - free[0].starts == timedelta(minutes=30)


@pytest.mark.parametrize(
    "name",
    [
        *("", "now", "20261124", "20261124T0830", "20261124T0830Z ", "2026-11-24T08:30Z"),
        *("20261324T0830Z", "20261124T2460Z", "2026112T08300Z", "00000000T0000Z"),
    ],
)
def test_name_that_is_no_time(name: str) -> None:
    assert start_of(name) is None


def test_only_times_of_the_service_are_bookable() -> None:
    now = datetime(2026, 11, 24, 7, tzinfo=UTC)
    open_hours = service(Hours(8 * 60, 11 * 60))

    def can(name: str) -> bool:
        start = start_of(name)
        assert start is not None
        return is_bookable(open_hours, PRAGUE, now, start)

    assert can("20261125T0730Z")
    assert can("20261204T0930Z")
    assert not can("20261125T0740Z")  # between two times
    assert not can("20261205T0930Z")  # the day after the last
    assert not can("20261124T0730Z")  # within the notice
    assert not can("20200101T0800Z")
    assert not can("99991231T2359Z")  # no calendar has its end
    assert not can("20261206T0000Z")


def test_hours_and_lengths_that_cannot_be() -> None:
    for opens, closes in ((60, 60), (90, 60), (-1, 60), (0, MINUTES_OF_A_DAY + 1)):
        with pytest.raises(ValueError, match="opening hours"):
            Hours(opens, closes)
    for slot in (timedelta(), timedelta(seconds=90), timedelta(minutes=-5)):
        with pytest.raises(ValueError, match="whole minutes"):
            service(slot=slot)


def test_hours_may_end_at_midnight() -> None:
    late = service(Hours(23 * 60, MINUTES_OF_A_DAY))
    assert len(list(starts_on(late, PRAGUE, AUTUMN))) == 2


@given(
    day=st.one_of(
        st.sampled_from([SPRING, AUTUMN]), st.dates(date(2020, 1, 1), date(2040, 12, 31))
    ),
    edges=st.lists(st.integers(0, MINUTES_OF_A_DAY), min_size=2, max_size=6, unique=True),
    minutes=st.integers(5, 240),
    zone=st.sampled_from(["Europe/Prague", "UTC", "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_times_are_real_ordered_apart_and_within_the_hours(
    day: date, edges: list[int], minutes: int, zone: str
) -> None:
    edges = sorted(edges)[: len(edges) // 2 * 2]
    hours = [Hours(*pair) for pair in zip(edges[::2], edges[1::2], strict=True)]
    offered, city = service(*hours, minutes=minutes), ZoneInfo(zone)
    starts = list(starts_on(offered, city, day))
    for earlier, later in pairwise(starts):
        assert later - earlier >= offered.slot
    for start in starts:
        wall = start.astimezone(city)
        assert wall.date() == day
        minute = wall.hour * 60 + wall.minute
        # Who opened in the double hour stays open while the clock shows it again.
        assert wall.fold or any(span.opens <= minute < span.closes for span in hours)
        assert start_of(time_id(start)) == start
        assert is_bookable(offered, city, start - timedelta(hours=2), start)


@given(now=st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds without a zone are what it takes
def test_whatever_is_offered_can_be_booked(now: datetime) -> None:
    offered = service(Hours(0, MINUTES_OF_A_DAY), minutes=45, days_ahead=2)
    free = free_times(offered, PRAGUE, now, {})
    assert free
    for time in free:
        start = start_of(time.id)
        assert start == time.starts
        assert start is not None
        assert is_bookable(offered, PRAGUE, now, start)
