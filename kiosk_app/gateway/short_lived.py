"""Values that live a short time in memory, bounded in number; it knows not what they are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class Full(Exception):  # noqa: N818 - a state of the shelf, not a mistake
    """No room is left and nothing has run out."""


class ShortLived(Generic[T]):
    """Values by key, each gone after `lifetime`; time is an argument."""

    def __init__(self, lifetime: timedelta, capacity: int) -> None:
        self.lifetime = lifetime
        self._capacity = capacity
        self._items: dict[str, tuple[datetime, T]] = {}

    def __len__(self) -> int:
        return len(self._items)

    def put(self, key: str, value: T, now: datetime) -> datetime:
        """Keep the value; the answer is when it runs out.

        Raises:
            Full: as many values as may be are alive.
        """
        self._sweep(now)
        if len(self._items) >= self._capacity:
            raise Full
        until = now + self.lifetime
        self._items[key] = (until, value)
        return until

    def get(self, key: str, now: datetime) -> T | None:
        """The value, while it lives."""
        self._sweep(now)
        found = self._items.get(key)
        return None if found is None else found[1]

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
            if self._items[oldest][0] > now:
                return
            del self._items[oldest]
