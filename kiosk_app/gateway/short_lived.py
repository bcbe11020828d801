"""Values that live a short time in memory, bounded in number; it knows not what they are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class Full(Exception):  # noqa: N818 - a state of the shelf, not a mistake
    """No room is left and nothing has run out."""


class ShortLived(Generic[T]):
    """Values by key, each gone after `lifetime`; time is an argument (aware).

    It is reckoned in UTC: in a city's own zone an hour of the autumn night comes twice.
    """

    def __init__(self, lifetime: timedelta, capacity: int) -> None:
        self.lifetime = lifetime
        self._capacity = capacity
        self._items: dict[str, tuple[datetime, T]] = {}

    def __len__(self) -> int:
        return len(self._items)

    def put(self, key: str, value: T, now: datetime) -> datetime:
        """Keep the value; the answer is when it runs out (UTC).

        Raises:
            Full: as many values as may be are alive.
        """
        now = now.astimezone(UTC)
        self._sweep(now)
        if len(self._items) >= self._capacity:
            raise Full
        until = now + self.lifetime
        self._items[key] = (until, value)
        return until

    def get(self, key: str, now: datetime) -> T | None:
        """The value, while it lives."""
        now = now.astimezone(UTC)
        self._sweep(now)
        found = self._items.get(key)
        return found[1] if found is not None and self._lives(found[0], now) else None

    def pop(self, key: str) -> None:
        """Forget the value at once."""
        self._items.pop(key, None)

    def drop(self, gone: Callable[[T], bool]) -> None:
        """Forget all values for which `gone` is true."""
        for key in [key for key, (_, value) in self._items.items() if gone(value)]:
            del self._items[key]

    def _sweep(self, now: datetime) -> None:
        # All live equally long, so the oldest stand first: this stops at the first one alive.
        while self._items:
            oldest = next(iter(self._items))
            if self._lives(self._items[oldest][0], now):
                return
            del self._items[oldest]

    def _lives(self, until: datetime, now: datetime) -> bool:
        # What runs out so late was put here before the clock was set back.
        return now < until < now + 2 * self.lifetime
