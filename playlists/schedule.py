"""What a programme shows at an instant: pure, stateless, in the site's wall time.

Two players with the same programme and clock agree, because nothing is remembered: the place in
a sequence is counted from an anchor that anybody can compute. The anchor of a rule's or an
interrupt's window is the window's start, the anchor of the base is the Unix epoch, and where
campaigns share the base's time the anchor is the one that `sharing` names. What was computed for
a day or an hour is kept in bounded caches and can be computed again.

Wall times are placed by the rule in `wall_time`, the two hours of daylight saving included.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from playlists.model import Campaign, Item, Playlist, Programme, Sequence, Zone
from playlists.sharing import WHOLE, Laid, Party, Shown, lay_out
from playlists.wall_time import next_full_hour
from playlists.windows import Layer, site_day, spans, spread

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class ZoneDue:
    """What one zone shows from `start` until `until`, and what follows; times in UTC."""

    zone: Zone
    playlist: str
    item: Item
    start: datetime
    until: datetime
    next: Item
    layer: Layer = Layer.BASE


@dataclass(frozen=True)
class Due:
    """What every zone shows at `at`; nothing changes before `until`; times in UTC."""

    at: datetime
    zones: tuple[ZoneDue, ...]
    until: datetime


@dataclass(frozen=True)
class Turn:
    """An item's turn in one zone, the playlist it comes from, and why; times in UTC.

    `reason` is the name of the rule, campaign or interrupt, empty for the base.
    """

    playlist: str
    item: Item
    start: datetime
    until: datetime
    layer: Layer = Layer.BASE
    reason: str = ""


def due(programme: Programme, now: datetime) -> Due:
    """What is due at `now` (aware; else ValueError) in a programme that was checked."""
    zones = tuple(_zone_due(programme, zone, now) for zone in programme.zones)
    return Due(now.astimezone(UTC), zones, min(zone.until for zone in zones))


def turn(programme: Programme, zone: Zone, now: datetime) -> Turn:
    """Whose turn it is in one zone at `now` (aware; else ValueError); what `due` is made of."""
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    return _turn(programme, zone.name, now.astimezone(UTC))


def _zone_due(programme: Programme, zone: Zone, now: datetime) -> ZoneDue:
    found = turn(programme, zone, now)
    following = turn(programme, zone, found.until)
    return ZoneDue(
        zone, found.playlist, found.item, found.start, found.until, following.item, found.layer
    )


def _turn(programme: Programme, zone: str, instant: datetime) -> Turn:
    day = site_day(instant, ZoneInfo(programme.timezone))
    plan = spans(programme, zone, day)
    number = bisect_right(plan, instant, key=lambda span: span.start) - 1
    span = plan[number]
    if span.campaigns:
        return _shared_turn(programme, zone, day, span.campaigns, instant)
    if span.window:
        playlist, anchor, place = span.window.playlist, span.window.start, span.window.place
        layer, reason = span.window.layer, span.window.name
    else:
        playlist, anchor, place = programme.schedule.base, _EPOCH, 0
        layer, reason = Layer.BASE, ""
    item, start, until = _place(
        _sequence(programme.playlist(playlist), zone), anchor, place, instant
    )
    start = max(start, _reach(programme, zone, day, number, start, -1))
    until = min(until, _reach(programme, zone, day, number, until, 1))
    return Turn(playlist, item, start, until, layer, reason)


def _reach(
    programme: Programme, zone: str, day: date, number: int, wanted: datetime, step: int
) -> datetime:
    """How far a span reaches towards an instant, over midnights where the holder stays."""
    plan = spans(programme, zone, day)
    span = plan[number]
    while True:
        edge = span.end if step > 0 else span.start
        at_midnight = span is plan[-1 if step > 0 else 0]
        if not at_midnight or (edge - wanted) * step >= timedelta():
            return edge
        day += _DAY * step
        plan = spans(programme, zone, day)
        beyond = plan[0 if step > 0 else -1]
        if (beyond.window, beyond.campaigns) != (span.window, span.campaigns):
            return edge
        span = beyond


def _sequence(playlist: Playlist | None, zone: str) -> Sequence:
    found = playlist.sequence(zone) if playlist else None
    if found is None:
        raise ValueError(f"zone {zone!r} has no sequence; check the programme first")
    return found


def _place(
    sequence: Sequence, anchor: datetime, place: int, instant: datetime
) -> tuple[Item, datetime, datetime]:
    """The item of a sequence at an instant, with its unclipped start and end."""
    offset = _MS * sequence.begin_of(place % len(sequence.items))
    into_round = (instant - anchor + offset) % (_MS * sequence.length_ms)
    index, start, end = sequence.place(into_round // _MS)
    round_start = instant - into_round
    return sequence.items[index], round_start + _MS * start, round_start + _MS * end


# ---- the base's time where campaigns share it


@dataclass(frozen=True)
class _Piece:
    """A clock hour's part of a shared span; `fresh` when the count begins anew here."""

    start: int
    end: int
    limit: int
    campaigns: tuple[Campaign, ...]
    fresh: bool


def _shared_turn(
    programme: Programme, zone: str, day: date, campaigns: tuple[Campaign, ...], instant: datetime
) -> Turn:
    hours = _hours(programme, zone, day)
    moment = (instant - _EPOCH) // _MS
    hour = bisect_right(hours, moment, key=lambda pieces: pieces[0].start) - 1
    turns = _laid(programme, zone, day, hour).turns
    shown = turns[bisect_right(turns, moment, key=lambda turn: turn.start) - 1]
    party = _parties(programme, zone, day, campaigns)[shown.party]
    start, until = (_EPOCH + _MS * edge for edge in (shown.start, shown.end))
    layer = Layer.CAMPAIGN if party.name else Layer.BASE
    item = party.sequence.items[shown.index]
    return Turn(party.playlist, item, start, until, layer, party.name)


@lru_cache(maxsize=128)
def _hours(programme: Programme, zone: str, day: date) -> tuple[tuple[_Piece, ...], ...]:
    """The shared pieces of a day, those of one clock hour together."""
    site = ZoneInfo(programme.timezone)
    found: dict[datetime, list[_Piece]] = {}
    for span in spans(programme, zone, day):
        start = span.start
        while span.campaigns and start < span.end:
            full = next_full_hour(start, site)
            end = min(full, span.end)
            begin, close, limit = ((edge - _EPOCH) // _MS for edge in (start, end, span.end))
            piece = _Piece(begin, close, limit, span.campaigns, fresh=start == span.start)
            found.setdefault(full, []).append(piece)
            start = end
    return tuple(tuple(pieces) for pieces in found.values())


@lru_cache(maxsize=256)
def _laid(programme: Programme, zone: str, day: date, hour: int) -> Laid:
    """One clock hour laid out, and so those of the day before it, whose places it goes on from."""
    before = _laid(programme, zone, day, hour - 1) if hour else Laid((), {})
    running = before.turns[-1] if before.turns else None
    places, turns = before.places, list[Shown]()
    for piece in _hours(programme, zone, day)[hour]:
        over = None if piece.fresh or not running or running.end <= piece.start else running
        parties = _parties(programme, zone, day, piece.campaigns)
        laid = lay_out(parties, (piece.start, piece.end), piece.limit, over, places)
        turns.extend(laid.turns)
        places, running = laid.places, laid.turns[-1]
    return Laid(tuple(turns), places)


@lru_cache(maxsize=128)
def _parties(
    programme: Programme, zone: str, day: date, campaigns: tuple[Campaign, ...]
) -> tuple[Party, ...]:
    """The campaigns and, with what they leave (if anything), the base, whose name is empty."""
    shares = [(campaign.name, campaign.playlist, campaign.share) for campaign in campaigns]
    left = WHOLE - sum(campaign.share for campaign in campaigns)
    shares.append(("", programme.schedule.base, left))
    return tuple(
        Party(name, playlist, found, share, spread(day, len(found.items)))
        for name, playlist, share in shares
        if share > 0
        for found in (_sequence(programme.playlist(playlist), zone),)
    )
