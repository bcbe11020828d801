"""Lays one site day of a zone out in spans: who holds the zone from when to when; no items.

Interrupts outrank rules; among each the higher priority wins, then the earlier of the document,
then the window that began earlier.
Where neither holds the base does, and the campaigns of that moment share its time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from zoneinfo import ZoneInfo

from playlists.days import holds_on
from playlists.model import (
    Campaign,
    DayPart,
    Interrupt,
    Once,
    Programme,
    Repeating,
    Rule,
    Sequence,
)
from playlists.wall_time import next_minute, place_span, place_wall_time

_DAY = timedelta(days=1)
_WHOLE_DAY = (DayPart(time.min, time.min),)


class Layer(IntEnum):
    """Why an item is shown; the higher outranks."""

    BASE = 0
    CAMPAIGN = 1
    RULE = 2
    INTERRUPT = 3


@dataclass(frozen=True)
class Window:
    """A span in UTC (end exclusive) in which a rule or an interrupt asks for a zone.

    Its playlist begins at `start` with the item of that `place` (modulo the number of items).
    """

    layer: Layer
    name: str
    playlist: str
    rank: int
    start: datetime
    end: datetime
    place: int = 0


@dataclass(frozen=True)
class Span:
    """A part of a site day with one holder; without a window the base, shared by campaigns."""

    start: datetime
    end: datetime
    window: Window | None
    campaigns: tuple[Campaign, ...] = ()


def site_day(instant: datetime, site: ZoneInfo) -> date:
    """The day that the site's calendar shows."""
    return instant.astimezone(site).date()


def spread(day: date, length: int) -> int:
    """A place in 0..length-1 to begin a day at; over many days all places come equally often.

    The golden ratio's multiples never cluster, so no item waits much longer than it must.
    """
    return ((day.toordinal() * 0x9E3779B97F4A7C15) % (1 << 64)) * length >> 64


@lru_cache(maxsize=128)
def spans(programme: Programme, zone: str, day: date) -> tuple[Span, ...]:
    """The spans of a site day, in order and without gaps; windows that meet it may reach out."""
    site = ZoneInfo(programme.timezone)
    begin, end = (place_wall_time(which, time.min, site) for which in (day, day + _DAY))
    windows = sorted(
        (w for w in _windows(programme, zone, day, site) if w.start < end and begin < w.end),
        key=lambda window: window.start,
    )
    takings = [
        (max(start, begin), min(close, end), campaign)
        for campaign in programme.schedule.campaigns
        if _sequence_of(programme, campaign, zone)
        for start, close, _ in _parts(campaign, day, site)
        if start < end and begin < close and start < close
    ]
    return tuple(_merge(_cut(begin, end, windows, takings)))


def _cut(
    begin: datetime,
    end: datetime,
    windows: list[Window],
    takings: list[tuple[datetime, datetime, Campaign]],
) -> Iterator[Span]:
    """Spans between neighbouring boundaries; the holder is the top of a heap of open windows."""
    edges = {begin, end, *(edge for start, close, _ in takings for edge in (start, close))}
    edges.update(edge for w in windows for edge in (w.start, w.end) if begin < edge < end)
    order, waiting = sorted(edges), 0
    pending: list[tuple[int, int, int, Window]] = []
    for start, close in pairwise(order):
        while waiting < len(windows) and windows[waiting].start <= start:
            window = windows[waiting]
            heappush(pending, (-window.layer, -window.rank, waiting, window))
            waiting += 1
        while pending and pending[0][3].end <= start:
            heappop(pending)
        holder = pending[0][3] if pending else None
        sharing = [] if holder else [c for since, till, c in takings if since <= start < till]
        yield Span(start, close, holder, tuple(dict.fromkeys(sharing)))


def _merge(pieces: Iterator[Span]) -> Iterator[Span]:
    held = next(pieces)
    for piece in pieces:
        if (piece.window, piece.campaigns) == (held.window, held.campaigns):
            held = Span(held.start, piece.end, held.window, held.campaigns)
        else:
            yield held
            held = piece
    yield held


def _sequence_of(
    programme: Programme, entry: Rule | Campaign | Interrupt, zone: str
) -> Sequence | None:
    playlist = programme.playlist(entry.playlist)
    return playlist.sequence(zone) if playlist else None


def _windows(programme: Programme, zone: str, day: date, site: ZoneInfo) -> Iterator[Window]:
    for order, rule in enumerate(programme.schedule.rules):
        if _sequence_of(programme, rule, zone):
            for start, end, _ in _parts(rule, day, site):
                rank = _rank(rule.priority, order)
                yield Window(Layer.RULE, rule.name, rule.playlist, rank, start, end)
    for order, interrupt in enumerate(programme.schedule.interrupts):
        sequence = _sequence_of(programme, interrupt, zone)
        if sequence:
            name, playlist = interrupt.name, interrupt.playlist
            rank = _rank(interrupt.priority, order)
            for start, end, place in _occasions(interrupt.when, day, site, len(sequence.items)):
                yield Window(Layer.INTERRUPT, name, playlist, rank, start, end, place)


def _rank(priority: int, order: int) -> int:
    return priority * 1000 - order


def _parts(
    entry: Rule | Campaign | Repeating, day: date, site: ZoneInfo
) -> Iterator[tuple[datetime, datetime, date]]:
    """The day parts that begin on a day or the day before it (they may reach into it)."""
    for start_day in (day - _DAY, day):
        if holds_on(entry.days, start_day):
            for part in entry.day_parts or _WHOLE_DAY:
                start, end = place_span(start_day, part.start, part.end, site)
                if start < end:
                    yield start, end, start_day


def _occasions(
    when: Repeating | Once, day: date, site: ZoneInfo, length: int
) -> Iterator[tuple[datetime, datetime, int]]:
    """Start, end and first item of each occasion; each begins with the item after the last's."""
    if isinstance(when, Once):
        edges = [place_wall_time(t.date(), t.time(), site) for t in (when.start, when.end)]
        yield edges[0], edges[1], 0
        return
    for start, end, start_day in _parts(when, day, site):
        mark = next_minute(start, when.every_minutes, when.minute, site)
        place = spread(start_day, length)
        while mark < end:
            close = min(mark + timedelta(seconds=when.seconds), end)
            yield mark, close, place
            mark, place = mark + timedelta(minutes=when.every_minutes), place + 1
