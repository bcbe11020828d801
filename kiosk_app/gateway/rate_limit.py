"""How often somebody may try within a window; it counts and forgets, and knows no request."""

from collections import deque
from datetime import UTC, datetime, timedelta


class RateLimit:
    """At most `allowed` tries of one key within `window`; quiet keys are forgotten."""

    def __init__(self, allowed: int, window: timedelta = timedelta(minutes=1)) -> None:
        self._allowed = allowed
        self._window = window
        self._tries: dict[str, deque[datetime]] = {}

    def __len__(self) -> int:
        return len(self._tries)

    def allow(self, key: str, now: datetime) -> bool:
        """Count one try of that key; False when it is one too many (which is not counted).

        `now` is aware, and reckoned in UTC: in a zone an hour of the autumn night comes twice.
        """
        now = now.astimezone(UTC)
        self._forget_quiet(now)
        # Pulled out and put back last: the quietest keys stay first.
        tries = self._tries.pop(key, deque())
        while tries and self._is_over(tries[0], now):
            tries.popleft()
        good = len(tries) < self._allowed
        if good:
            tries.append(now)
        if tries:
            self._tries[key] = tries
        return good

    def _forget_quiet(self, now: datetime) -> None:
        while self._tries:
            key = next(iter(self._tries))
            if not self._is_over(self._tries[key][-1], now):
                return
            del self._tries[key]

    def _is_over(self, tried: datetime, now: datetime) -> bool:
        # A try of a time to come was counted before the clock was set back.
        return not now - self._window < tried < now + self._window
