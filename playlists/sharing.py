"""Shares the base's time between the base and its campaigns; knows no rules and no wall times.

Anchor and carry. The count begins wherever the base's time begins again: at a site day's midnight,
after a rule or an interrupt, and where the set of campaigns changes; there an item may be cut. From
then on it goes in clock hours. At each full hour every party's account is set to zero and nothing
is carried over but the item that runs: it is not cut, and the part of it that lies in the new hour
is charged to its owner. So each hour is exact by itself to less than one item (the longest of the
parties' items), and an error cannot grow. Places in the playlists are carried through the whole
day; a day begins at a place that is spread over all items (`windows.spread`), so every item of
the base and of each campaign gets its turn even where a day is too short for all.

Who is next: of the parties that would not be given more than their share and one item by taking
the next item, the one whose account would first be short of a whole item (R. Tijdeman, The chairman
assignment problem, Discrete Mathematics 32, 1980, for items of one length).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playlists.model import Sequence

WHOLE = 100
_FINE = 1_000_000


@dataclass(frozen=True)
class Party:
    """Who shares: its sequence, its share in per cent, and the place it begins the day at."""

    name: str
    playlist: str
    sequence: Sequence
    share: int
    begin: int


@dataclass(frozen=True)
class Shown:
    """An item's turn in milliseconds of the Unix epoch; `party` and `index` are places."""

    party: int
    index: int
    start: int
    end: int


@dataclass(frozen=True)
class Laid:
    """One laid out piece: the turns that cover it and the next place of each party by name."""

    turns: tuple[Shown, ...]
    places: Mapping[str, int]


def lay_out(
    parties: tuple[Party, ...],
    piece: tuple[int, int],
    limit: int,
    running: Shown | None,
    places: Mapping[str, int],
) -> Laid:
    """Lay one piece of at most a clock hour out, in milliseconds.

    `running` hangs over from the piece before; the last item may hang over, but not past `limit`.
    """
    start, end = piece
    given = [0] * len(parties)
    turns = [running] if running else []
    now = start
    if running:
        given[running.party] = min(running.end, end) - start
        now = running.end
    following = {**{party.name: party.begin for party in parties}, **places}
    longest = max(item.duration_ms for party in parties for item in party.sequence.items)
    while now < end:
        chosen, index, duration = _next(parties, following, given, now - start, longest)
        close = min(now + duration, limit)
        turns.append(Shown(chosen, index, now, close))
        given[chosen] += min(close, end) - now
        following[parties[chosen].name] = index + 1
        now = close
    return Laid(tuple(turns), following)


def _next(
    parties: tuple[Party, ...],
    following: Mapping[str, int],
    given: list[int],
    elapsed: int,
    longest: int,
) -> tuple[int, int, int]:
    """The next party, its item's index and duration: the earliest of those not ahead."""
    best = min(
        _offers(parties, following, given, elapsed, longest),
        key=lambda offer: (offer[0], offer[1]),
    )
    return best[1], best[2], best[3]


def _offers(
    parties: tuple[Party, ...],
    following: Mapping[str, int],
    given: list[int],
    elapsed: int,
    longest: int,
) -> Iterator[tuple[int, int, int, int]]:
    """Deadline, party, index and duration of each party that may be next; there is always one.

    Accounts sum to zero, so somebody is not ahead of its share; and who is not, may be next.
    """
    for number, party in enumerate(parties):
        index = following[party.name] % len(party.sequence.items)
        duration = party.sequence.items[index].duration_ms
        after = party.share * (elapsed + duration) - WHOLE * (given[number] + duration)
        if after > -WHOLE * longest or party.share == WHOLE:
            deadline = (given[number] + longest) * _FINE // party.share
            yield deadline, number, index, duration
