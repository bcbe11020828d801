"""Short-lived values are gone in time and never too many."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.short_lived import Full, ShortLived

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_value_is_gone_when_its_time_is_over() -> None:
    shelf: ShortLived[str] = ShortLived(10 * SECOND, 5)
    assert shelf.put("key", "value", NOW) == NOW + 10 * SECOND
    assert shelf.get("key", NOW + 9 * SECOND) == "value"
    assert shelf.get("key", NOW + 10 * SECOND) is None
    assert len(shelf) == 0


def test_full_shelf_takes_nothing_until_something_runs_out() -> None:
    shelf: ShortLived[str] = ShortLived(10 * SECOND, 2)
    shelf.put("a", "1", NOW)
    shelf.put("b", "2", NOW + SECOND)
    with pytest.raises(Full):
        shelf.put("c", "3", NOW + 2 * SECOND)
    shelf.put("c", "3", NOW + 10 * SECOND)
    assert shelf.get("b", NOW + 10 * SECOND) == "2"


def test_popped_value_is_gone_and_popping_again_is_harmless() -> None:
    shelf: ShortLived[str] = ShortLived(SECOND, 1)
    shelf.put("a", "1", NOW)
    shelf.pop("a")
    shelf.pop("a")
    assert shelf.get("a", NOW) is None


LAST_OF_SUMMER_TIME = datetime(2026, 10, 25, 2, 58, tzinfo=ZoneInfo("Europe/Prague"))


def _later(moment: datetime, seconds: int) -> datetime:
    """A city's clock so many seconds later."""
    return (moment.astimezone(UTC) + seconds * SECOND).astimezone(moment.tzinfo)


def test_session_opened_before_the_hour_that_comes_twice_lives_no_longer() -> None:
    shelf: ShortLived[str] = ShortLived(300 * SECOND, 5)
    until = shelf.put("key", "value", LAST_OF_SUMMER_TIME)
    assert until == _later(LAST_OF_SUMMER_TIME, 300).astimezone(UTC)
    assert shelf.get("key", _later(LAST_OF_SUMMER_TIME, 299)) == "value"
    assert shelf.get("key", _later(LAST_OF_SUMMER_TIME, 300)) is None


def test_hour_that_comes_twice_locks_nobody_out() -> None:
    limit = RateLimit(1)
    assert limit.allow("a", LAST_OF_SUMMER_TIME)
    assert limit.allow("a", _later(LAST_OF_SUMMER_TIME, 120))


def test_clock_that_is_set_back_lets_nothing_live_on_and_locks_nobody_out() -> None:
    shelf: ShortLived[str] = ShortLived(300 * SECOND, 5)
    limit = RateLimit(1)
    back = NOW - timedelta(hours=1)
    shelf.put("old", "value", NOW)
    limit.allow("a", NOW)
    shelf.put("new", "value", back)
    assert shelf.get("old", back) is None
    assert shelf.get("new", back + 299 * SECOND) == "value"
    assert shelf.get("new", back + 300 * SECOND) is None
    assert limit.allow("a", back)


def test_value_that_runs_out_behind_one_that_lives_is_gone() -> None:
    shelf: ShortLived[str] = ShortLived(300 * SECOND, 5)
    shelf.put("old", "value", NOW)
    shelf.put("new", "value", NOW - 10 * SECOND)
    assert shelf.get("new", NOW + 290 * SECOND) is None
    assert shelf.get("old", NOW + 290 * SECOND) == "value"


def test_rate_limit_opens_again_after_its_window() -> None:
    limit = RateLimit(2, 10 * SECOND)
    assert [limit.allow("a", NOW + i * SECOND) for i in range(3)] == [True, True, False]
    assert limit.allow("b", NOW + 2 * SECOND)
    assert limit.allow("a", NOW + 10 * SECOND)
    assert not limit.allow("a", NOW + 10 * SECOND)


def test_rate_limit_forgets_quiet_keys() -> None:
    limit = RateLimit(2, 10 * SECOND)
    for index in range(100):
        limit.allow(str(index), NOW)
    limit.allow("late", NOW + 11 * SECOND)
    assert len(limit) == 1


def test_limit_of_zero_allows_nothing_and_keeps_nothing() -> None:
    limit = RateLimit(0)
    assert not limit.allow("a", NOW)
    assert len(limit) == 0
