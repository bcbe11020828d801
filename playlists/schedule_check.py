"""What a well-formed schedule must also keep: playlists, days and shares; reads no bytes."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from playlists.days import Days, may_hold_on
from playlists.model import Campaign, DayPart, Interrupt, Once, Problem, Programme, Rule
from playlists.recurrence import EARLIEST, LATEST

_DAY = timedelta(days=1)
_WEEK_AND_ONE = 8
_WHOLE = 100
_MINUTES = 1440


def check_schedule(programme: Programme) -> Iterator[Problem]:
    """Every broken promise of a schedule, with path and advice."""
    schedule = programme.schedule
    yield from _base(programme)
    kinds: dict[str, tuple[Rule | Campaign | Interrupt, ...]] = {
        "rules": schedule.rules,
        "campaigns": schedule.campaigns,
        "interrupts": schedule.interrupts,
    }
    for kind, entries in kinds.items():
        for index, entry in enumerate(entries):
            path = f"$.schedule.{kind}[{index}]"
            if programme.playlist(entry.playlist) is None:
                yield Problem(f"{path}.playlist", f"there is no playlist {entry.playlist!r}")
    yield from _all_days(programme)
    yield from _shares(programme)


def _base(programme: Programme) -> Iterator[Problem]:
    base = programme.playlist(programme.schedule.base)
    if base is None:
        yield Problem("$.schedule.base", f"there is no playlist {programme.schedule.base!r}")
        return
    for zone in programme.zones:
        if base.sequence(zone.name) is None:
            yield Problem("$.schedule.base", f"give zone {zone.name!r} a sequence in the base")


def _all_days(programme: Programme) -> Iterator[Problem]:
    schedule = programme.schedule
    for index, rule in enumerate(schedule.rules):
        yield from _days(f"$.schedule.rules[{index}]", rule.days)
    for index, campaign in enumerate(schedule.campaigns):
        yield from _days(f"$.schedule.campaigns[{index}]", campaign.days)
    for index, interrupt in enumerate(schedule.interrupts):
        path = f"$.schedule.interrupts[{index}]"
        if not isinstance(interrupt.when, Once):
            yield from _days(path, interrupt.when.days)
        elif interrupt.when.start >= interrupt.when.end:
            yield Problem(path, "'start' is not before 'end'; swap them")
        elif not EARLIEST <= interrupt.when.start.date() <= interrupt.when.end.date() <= LATEST:
            yield Problem(path, f"let it lie between {EARLIEST} and {LATEST}")


def _days(path: str, days: Days) -> Iterator[Problem]:
    if days.first and days.last and days.first > days.last:
        yield Problem(path, "'first' is after 'last'; swap them")
    if days.recurrence is not None and days.first is None:
        yield Problem(f"{path}.rrule", "add 'first': a recurrence begins on that day")
    elif days.recurrence is not None and days.first and not EARLIEST <= days.first <= LATEST:
        yield Problem(f"{path}.first", f"let a recurrence begin between {EARLIEST} and {LATEST}")
    for day in sorted(days.except_days & days.also_days):
        yield Problem(path, f"{day} is in 'except' and in 'also'; keep one")


def _shares(programme: Programme) -> Iterator[Problem]:
    """At most 100 % at any time; recurrences, holidays and exceptions count as if they held.

    Overlaps are greatest on a day on which a campaign begins, in the week after it, or on an
    added day; the last campaign of an overlap is named, once in each zone.
    """
    for zone in programme.zones:
        here = [
            (index, campaign)
            for index, campaign in enumerate(programme.schedule.campaigns)
            if (found := programme.playlist(campaign.playlist)) and found.sequence(zone.name)
        ]
        if sum(campaign.share for _, campaign in here) <= _WHOLE:
            continue
        for day in _meetings([campaign for _, campaign in here]):
            if (index := _over(here, day)) is not None:
                advice = f"campaigns may take over {_WHOLE} % of zone {zone.name!r} on {day}; lower"
                yield Problem(f"$.schedule.campaigns[{index}].share", f"{advice} a share")
                break


def _meetings(campaigns: Iterable[Campaign]) -> list[date]:
    days: set[date] = set()
    for campaign in campaigns:
        begin = campaign.days.first or EARLIEST
        for start in (max(begin, EARLIEST), *campaign.days.also_days):
            if EARLIEST <= start <= LATEST:
                days.update(start + _DAY * offset for offset in range(_WEEK_AND_ONE))
    return sorted(days)


def _over(here: list[tuple[int, Campaign]], day: date) -> int | None:
    """The campaign with which the shares of one day may first be over the whole, if any."""
    spans = [
        (begin, end, index, campaign.share)
        for index, campaign in here
        for begin, end in _minutes(campaign, day)
    ]
    for moment in {begin for begin, _, _, _ in spans}:
        holding = {index: share for begin, end, index, share in spans if begin <= moment < end}
        if sum(holding.values()) > _WHOLE:
            return max(holding)
    return None


def _minutes(campaign: Campaign, day: date) -> Iterator[tuple[int, int]]:
    """The minutes of a day that a campaign may take, parts from the day before included."""
    for offset in (0, -1):
        if may_hold_on(campaign.days, day + _DAY * offset):
            for part in campaign.day_parts or (DayPart(time.min, time.min),):
                begin = part.start.hour * 60 + part.start.minute
                end = part.end.hour * 60 + part.end.minute
                end += _MINUTES if end <= begin else 0
                shift = offset * _MINUTES
                if end + shift > 0:
                    yield max(0, begin + shift), min(_MINUTES, end + shift)
