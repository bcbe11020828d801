"""Short-lived values are gone in time and never too many."""

from datetime import UTC, datetime, timedelta

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
