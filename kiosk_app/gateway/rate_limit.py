"""How often somebody may try within a window; it counts and forgets, and knows no request."""

from collections import deque
from datetime import datetime, timedelta


class RateLimit:
    """At most `allowed` tries of one key within `window`; quiet keys are forgotten."""

    def __init__(self, allowed: int, window: timedelta = timedelta(minutes=1)) -> None:
        self._allowed = allowed
        self._window = window
        self._tries: dict[str, deque[datetime]] = {}

    def __len__(self) -> int:
        return len(self._tries)

    def allow(self, key: str, now: datetime) -> bool:
        """Count one try of that key; False when it is one too many (which is not counted)."""
        self._forget_quiet(now)
        # Pulled out and put back last: the quietest keys stay first.
        tries = self._tries.pop(key, deque())
        while tries and tries[0] <= now - self._window:
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
            if self._tries[key][-1] > now - self._window:
                return
            del self._tries[key]
