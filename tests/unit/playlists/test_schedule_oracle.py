"""What is due against a slow oracle that walks a whole site day second by second, 2000–2100."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playlists import Programme, turn
from playlists.model import Zone
from tests.unit.playlists.random_programmes import SHIFTS, SITE_DAYS, programmes
from tests.unit.playlists.slow_oracle import shown_on

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def _agrees(programme: Programme, day: date, seconds: int = 25 * 3600) -> None:
    zone = programme.zones[0]
    shown = turn(programme, zone, next(shown_on(programme, day))[0])
    for instant, playlist, item in islice(shown_on(programme, day), seconds):
        if instant >= shown.until:
            shown = turn(programme, zone, instant)
            assert shown.start == instant
        assert (shown.playlist, shown.item.id) == (playlist, item), instant


@settings(max_examples=4, deadline=None, suppress_health_check=SLOW)
@given(st.data(), SITE_DAYS)
def test_every_second_of_a_day_is_what_the_slow_oracle_says(data: st.DataObject, day: date) -> None:
    _agrees(data.draw(programmes(day)), day)


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(st.data(), SHIFTS)
def test_every_second_of_a_night_in_which_the_clock_is_moved(
    data: st.DataObject, day: date
) -> None:
    _agrees(data.draw(programmes(day)), day, 5 * 3600)


@pytest.mark.soak
@settings(max_examples=1000, deadline=None, suppress_health_check=SLOW)
@given(st.data(), SITE_DAYS)
def test_a_thousand_days_against_the_slow_oracle(data: st.DataObject, day: date) -> None:
    _agrees(data.draw(programmes(day)), day)


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(st.data(), SITE_DAYS, st.integers(0, 86_399_999))
def test_a_turn_is_the_same_at_each_of_its_moments(
    data: st.DataObject, day: date, moment: int
) -> None:
    programme, zone = data.draw(programmes(day)), Zone("main", 0, 0, 100, 100)
    begin = next(shown_on(programme, day))[0]
    found = turn(programme, zone, begin + timedelta(milliseconds=moment))
    assert found.start <= begin + timedelta(milliseconds=moment) < found.until
    assert turn(programme, zone, found.start) == found
    assert turn(programme, zone, found.until - timedelta(microseconds=1)) == found
