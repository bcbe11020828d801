"""When an agenda that does not answer in time is no longer waited for. Pure: no clock, no thread.

After `FAILURES` time-outs in a row it is not asked for `REST` seconds; then one citizen's question
tries it again. An answer closes the matter, a further time-out begins the next rest.
"""

from dataclasses import dataclass, replace
from typing import Final

FAILURES: Final = 3
REST: Final = 15.0


@dataclass(frozen=True)
class Breaker:
    """How an agenda did lately; `rests_until` is in seconds of a monotonic clock."""

    failures: int = 0
    rests_until: float | None = None

    def ask(self, now: float) -> tuple["Breaker", bool]:
        """Whether to ask the agenda now; the one who tries it keeps others out meanwhile."""
        if self.rests_until is None:
            return self, True
        if now < self.rests_until:
            return self, False
        return replace(self, rests_until=now + REST), True

    def answered(self) -> "Breaker":
        """It answered, be it that it is broken: what it costs is not time."""
        return Breaker()

    def timed_out(self, now: float) -> "Breaker":
        """It did not answer in time."""
        failures = self.failures + 1
        return Breaker(failures, now + REST if failures >= FAILURES else None)
