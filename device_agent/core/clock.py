"""What the time is, as an argument; the core never asks a clock."""

from dataclasses import dataclass
from datetime import UTC, datetime

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # nothing of this suite is older


@dataclass(frozen=True)
class Clock:
    """The wall's aware instant, which may jump, and seconds since some start, which never do."""

    wall: datetime
    ticks: float

    @property
    def is_set(self) -> bool:
        """Whether the wall's instant can be true at all."""
        return self.wall >= EARLIEST
