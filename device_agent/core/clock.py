"""What the time is, as an argument; the core never asks a clock."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Clock:
    """The wall's aware instant, which may jump, and seconds since some start, which never do."""

    wall: datetime
    ticks: float
