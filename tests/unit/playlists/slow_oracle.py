"""A second opinion on what is due, written differently: it walks a day second by second.

It shares with the product only the nouns, which days hold, and the documented place of a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from playlists import Campaign, Item, Once, Programme, Repeating, Rule
from playlists.days import holds_on
from playlists.windows import spread

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Asked = tuple[int, int, int, datetime, datetime, str, int]


@lru_cache(maxsize=4096)
def first_shown(day: date, clock: time, site: ZoneInfo) -> datetime:
    """Minute by minute: the first at which the wall shows that time or a later one."""
    target = datetime.combine(day, clock)
    instant = target.replace(tzinfo=UTC) - timedelta(hours=4)
    while instant.astimezone(site).replace(tzinfo=None) < target:
        instant += MINUTE
    return instant


def parts(
    entry: Rule | Campaign | Repeating, day: date, site: ZoneInfo
) -> Iterator[tuple[datetime, datetime, date]]:
    for start_day in (day - DAY, day, day + DAY):
        if holds_on(entry.days, start_day):
            whole = [(time.min, time.min)]
            for start, end in [(p.start, p.end) for p in entry.day_parts] or whole:
                end_day = start_day + DAY if end <= start else start_day
                yield (
                    first_shown(start_day, start, site),
                    first_shown(end_day, end, site),
                    start_day,
                )


def asked_windows(programme: Programme, day: date) -> list[Asked]:
    """Kind, priority, order (negative), start, end, playlist, place of its first item."""
    site, found = ZoneInfo(programme.timezone), list[Asked]()
    for order, rule in enumerate(programme.schedule.rules):
        for start, end, _ in parts(rule, day, site):
            found.append((1, rule.priority, -order, start, end, rule.playlist, 0))
    for order, interrupt in enumerate(programme.schedule.interrupts):
        head = (2, interrupt.priority, -order)
        when = interrupt.when
        if isinstance(when, Once):
            start = first_shown(when.start.date(), when.start.time(), site)
            end = first_shown(when.end.date(), when.end.time(), site)
            found.append((*head, start, end, interrupt.playlist, 0))
            continue
        length = len(items(programme, interrupt.playlist))
        for start, end, start_day in parts(when, day, site):
            minute, place = start, spread(start_day, length)
            while minute < end:
                if minute.astimezone(site).minute % when.every_minutes == when.minute:
                    close = min(end, minute + SECOND * when.seconds)
                    found.append((*head, minute, close, interrupt.playlist, place))
                    place += 1
                minute += MINUTE
    return found


def items(programme: Programme, name: str) -> tuple[Item, ...]:
    return next(p for p in programme.playlists if p.name == name).sequences[0].items


@dataclass
class _Share:
    """The state of the walk where campaigns share."""

    parties: tuple[tuple[str, int], ...]
    since: datetime
    given: dict[str, int]
    current: tuple[str, Item, datetime] | None = None


def shown_on(programme: Programme, day: date) -> Iterator[tuple[datetime, str, str]]:
    """Each second of a site's day with the playlist and the item that is shown."""
    site = ZoneInfo(programme.timezone)
    asked = asked_windows(programme, day)
    takings = [
        (start, end, campaign)
        for campaign in programme.schedule.campaigns
        for start, end, _ in parts(campaign, day, site)
    ]
    now, places, share = first_shown(day, time.min, site), dict[str, int](), None
    edges = {edge for window in asked for edge in window[3:5]}
    edges |= {edge for start, end, _ in takings for edge in (start, end)} | {now}
    open_now, campaigns, midnight = (
        list[Asked](),
        list[Campaign](),
        first_shown(day + DAY, time.min, site),
    )
    while now < midnight:
        if now in edges:
            open_now = [window for window in asked if window[3] <= now < window[4]]
            campaigns = [c for start, end, c in takings if start <= now < end]
        if open_now:
            *_, start, _, name, place = max(open_now, key=lambda w: (*w[:3], midnight - w[3]))
            share = None
            yield now, name, rotating(items(programme, name), start, place, now)
        elif not campaigns:
            share = None
            base = programme.schedule.base
            yield now, base, rotating(items(programme, base), EPOCH, 0, now)
        else:
            share = _tick(programme, share, campaigns, now, places, day)
            assert share.current
            yield now, _playlist(programme, share.current[0]), share.current[1].id
            share.given[share.current[0]] += 1
        now += SECOND


def rotating(line: tuple[Item, ...], anchor: datetime, place: int, now: datetime) -> str:
    lengths = [item.duration_ms // 1000 for item in line]
    passed = (int((now - anchor).total_seconds()) + sum(lengths[: place % len(line)])) % sum(
        lengths
    )
    for item, length in zip(line, lengths, strict=True):
        if passed < length:
            return item.id
        passed -= length
    raise AssertionError


def _playlist(programme: Programme, party: str) -> str:
    named = {campaign.name: campaign.playlist for campaign in programme.schedule.campaigns}
    return named.get(party, programme.schedule.base)


def _parties(programme: Programme, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    found = tuple((c.name, c.share) for c in programme.schedule.campaigns if c.name in names)
    left = 100 - sum(share for _, share in found)
    return (*found, ("", left)) if left else found


def _tick(
    programme: Programme,
    share: _Share | None,
    campaigns: list[Campaign],
    now: datetime,
    places: dict[str, int],
    day: date,
) -> _Share:
    parties = _parties(programme, tuple(dict.fromkeys(c.name for c in campaigns)))
    site = ZoneInfo(programme.timezone)
    full_hour = now.second == now.minute % 15 == 0 and now.astimezone(site).minute == 0
    if share is None or share.parties != parties:
        share = _Share(parties, now, dict.fromkeys(dict(parties), 0))
    elif full_hour:
        share.since, share.given = now, dict.fromkeys(share.given, 0)
    if share.current is None or share.current[2] <= now:
        share.current = _choose(programme, share, now, places, day)
    return share


def _choose(
    programme: Programme, share: _Share, now: datetime, places: dict[str, int], day: date
) -> tuple[str, Item, datetime]:
    lines = {name: items(programme, _playlist(programme, name)) for name, _ in share.parties}
    longest = max(item.duration_ms // 1000 for line in lines.values() for item in line)
    passed = int((now - share.since).total_seconds())
    best: tuple[Fraction, str] | None = None
    for name, percent in share.parties:
        part = Fraction(percent, 100)
        line = lines[name]
        places.setdefault(name, spread(day, len(line)))
        length = line[places[name] % len(line)].duration_ms // 1000
        ahead = share.given[name] + length - part * (passed + length)
        short_at = (share.given[name] + longest) / part
        if (ahead < longest or part == 1) and (best is None or short_at < best[0]):
            best = (short_at, name)
    assert best
    chosen = best[1]
    item = lines[chosen][places[chosen] % len(lines[chosen])]
    places[chosen] += 1
    return chosen, item, now + SECOND * (item.duration_ms // 1000)
