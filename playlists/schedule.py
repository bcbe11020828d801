"""What a programme shows at an instant: pure, stateless, in the site's wall time.

Two players with the same programme and clock agree, because nothing is remembered: the place in
a sequence is counted from an anchor that anybody can compute. The anchor of a rule's window is
the window's start; the anchor of the base playlist is the Unix epoch.

Rule for the two hours of daylight saving: a boundary (start or end of a day part) happens exactly
once. In the hour that is missing in spring it happens at the first instant after the gap, so
02:15-02:45 is empty that day and 02:30-04:00 begins at 03:00. In the hour that comes twice in
autumn it happens at its first occurrence, so 02:15-02:45 lasts half an hour, not an hour and a
half, and 02:30-04:00 lasts two and a half hours. Parts that touch on the wall therefore touch in
time on every day of the year: no gap, no overlap. Items run on in real seconds all the while.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from playlists.model import DayPart, Item, Playlist, Programme, Rule, Sequence, Zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_WHOLE_DAY = (DayPart(time.min, time.min),)


@dataclass(frozen=True)
class ZoneDue:
    """What one zone shows from `start` until `until`, and what follows; times in UTC."""

    zone: Zone
    playlist: str
    item: Item
    start: datetime
    until: datetime
    next: Item


@dataclass(frozen=True)
class Due:
    """What every zone shows at `at`; nothing changes before `until`; times in UTC."""

    at: datetime
    zones: tuple[ZoneDue, ...]
    until: datetime


@dataclass(frozen=True)
class _Window:
    """A span of time in UTC, start inclusive, end exclusive, in which a rule holds."""

    rule: Rule
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Turn:
    """An item's turn in one zone, and the playlist it comes from; times in UTC."""

    playlist: str
    item: Item
    start: datetime
    until: datetime


def due(programme: Programme, now: datetime) -> Due:
    """What is due at `now` (aware; else ValueError) in a programme that was checked."""
    zones = tuple(_zone_due(programme, zone, now) for zone in programme.zones)
    return Due(now.astimezone(UTC), zones, min(zone.until for zone in zones))


def turn(programme: Programme, zone: Zone, now: datetime) -> Turn:
    """Whose turn it is in one zone at `now` (aware; else ValueError); what `due` is made of."""
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    rules = tuple(r for r in programme.schedule.rules if _names(programme, r, zone))
    return _turn(programme, zone, rules, now.astimezone(UTC), ZoneInfo(programme.timezone))


def place_wall_time(day: date, clock: time, site: ZoneInfo) -> datetime:
    """The one instant (UTC) at which the wall first shows that time or, in a gap, has passed it."""
    first = datetime.combine(day, clock, site)
    as_if_before = first.astimezone(UTC)
    if as_if_before.astimezone(site).replace(tzinfo=None) == first.replace(tzinfo=None):
        return as_if_before
    return _end_of_gap(first, site)


def _end_of_gap(missing: datetime, site: ZoneInfo) -> datetime:
    """The transition instant: wall time before it keeps the old offset, after it the new one."""
    low = missing.replace(fold=1).astimezone(UTC)  # the new offset: before the transition
    high = missing.astimezone(UTC)  # the old offset: after the transition
    old = missing.utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(site).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _zone_due(programme: Programme, zone: Zone, now: datetime) -> ZoneDue:
    found = turn(programme, zone, now)
    following = turn(programme, zone, found.until)
    return ZoneDue(zone, found.playlist, found.item, found.start, found.until, following.item)


def _names(programme: Programme, rule: Rule, zone: Zone) -> bool:
    playlist = programme.playlist(rule.playlist)
    return playlist is not None and playlist.sequence(zone.name) is not None


def _turn(
    programme: Programme, zone: Zone, rules: tuple[Rule, ...], instant: datetime, site: ZoneInfo
) -> Turn:
    """The item at an instant, cut where another playlist takes over."""
    current = _winner(rules, instant, site)
    name, anchor = (
        (current.rule.playlist, current.start) if current else (programme.schedule.base, _EPOCH)
    )
    item, start, until = _place(_sequence(programme.playlist(name), zone), anchor, instant)
    for window in _windows(rules, start, until, site):
        for boundary in (window.start, window.end):
            if instant < boundary < until and _winner(rules, boundary, site) != current:
                until = boundary
            if start < boundary <= instant and _winner(rules, boundary - _TICK, site) != current:
                start = boundary
    return Turn(name, item, start, until)


_TICK = timedelta(microseconds=1)


def _sequence(playlist: Playlist | None, zone: Zone) -> Sequence:
    found = playlist.sequence(zone.name) if playlist else None
    if found is None:
        raise ValueError(f"zone {zone.name!r} has no sequence; check the programme first")
    return found


def _place(
    sequence: Sequence, anchor: datetime, instant: datetime
) -> tuple[Item, datetime, datetime]:
    """The item of a sequence at an instant, with its unclipped start and end."""
    elapsed = instant - anchor
    round_start = instant - elapsed % timedelta(milliseconds=sequence.length_ms)
    start = round_start
    for item in sequence.items:
        end = start + timedelta(milliseconds=item.duration_ms)
        if instant < end:
            return item, start, end
        start = end
    raise AssertionError("an instant lies within one round of its sequence")


def _winner(rules: tuple[Rule, ...], instant: datetime, site: ZoneInfo) -> _Window | None:
    """The window in force: the highest priority, then the earlier rule of the document."""
    best: _Window | None = None
    for window in _windows(rules, instant, instant, site):
        if window.start <= instant < window.end and (
            best is None or window.rule.priority > best.rule.priority
        ):
            best = window
    return best


def _windows(
    rules: tuple[Rule, ...], start: datetime, end: datetime, site: ZoneInfo
) -> tuple[_Window, ...]:
    """Every window that touches a span: one may begin the day before it, up to its last day."""
    day, last = start.astimezone(site).date() - _DAY, end.astimezone(site).date()
    days = [day + _DAY * offset for offset in range((last - day).days + 1)]
    return tuple(
        _Window(rule, begin, close)
        for rule in rules
        for day in days
        if _holds(rule, day)
        for part in rule.day_parts or _WHOLE_DAY
        for begin, close in (_span(day, part, site),)
        if begin <= end and start <= close
    )


def _holds(rule: Rule, day: date) -> bool:
    return (
        (rule.first is None or rule.first <= day)
        and (rule.last is None or day <= rule.last)
        and (not rule.weekdays or day.weekday() in rule.weekdays)
    )


@lru_cache(maxsize=8192)  # the same few days are asked for at every change of item
def _span(day: date, part: DayPart, site: ZoneInfo) -> tuple[datetime, datetime]:
    end_day = day if part.end > part.start else day + _DAY
    return place_wall_time(day, part.start, site), place_wall_time(end_day, part.end, site)
