"""A clock that a test sets: time passes when the test says so."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """Called, it gives its time (aware)."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime.now(UTC)

    def __call__(self) -> datetime:
        return self._now

    def pass_(self, seconds: float) -> None:
        """Let so much time pass."""
        self._now += timedelta(seconds=seconds)
