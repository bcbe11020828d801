"""What each zone shows over a span of time, turn by turn and in blocks; draws nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from playlists.model import Programme, Zone
from playlists.schedule import Turn, turn
from playlists.windows import Layer

LONGEST = timedelta(days=7)
MOST_TURNS = 100_000


@dataclass(frozen=True)
class Block:
    """Neighbouring turns of one playlist for one reason; times in UTC."""

    layer: Layer
    reason: str
    playlist: str
    turns: tuple[Turn, ...]

    @property
    def start(self) -> datetime:
        """When the first turn begins."""
        return self.turns[0].start

    @property
    def until(self) -> datetime:
        """When the last turn ends."""
        return self.turns[-1].until


def timeline(
    programme: Programme, start: datetime, end: datetime
) -> tuple[tuple[Zone, tuple[Turn, ...]], ...]:
    """The turns of each zone that meet a span of at most a week.

    Raises:
        ValueError: the span is empty or too long, or has over 100,000 turns in a zone.
    """
    if not start < end <= start + LONGEST:
        raise ValueError(f"--to must be after --from and at most {LONGEST.days} days later")
    return tuple((zone, tuple(_turns(programme, zone, start, end))) for zone in programme.zones)


def blocks(turns: tuple[Turn, ...]) -> tuple[Block, ...]:
    """The same turns, those together that follow each other for one reason."""
    groups = groupby(turns, key=lambda found: (found.layer, found.reason, found.playlist))
    return tuple(Block(*key, tuple(group)) for key, group in groups)


def _turns(programme: Programme, zone: Zone, start: datetime, end: datetime) -> Iterator[Turn]:
    for _ in range(MOST_TURNS):
        found = turn(programme, zone, start)
        yield found
        start = found.until
        if start >= end:
            return
    raise ValueError(f"zone {zone.name!r} has over {MOST_TURNS} turns; ask for a shorter span")
