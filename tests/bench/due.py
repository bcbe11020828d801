"""What is due, asked as a player does and at random, beside a programme without rules."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock

from playlists import (
    Campaign,
    DayPart,
    Days,
    Image,
    Interrupt,
    Playlist,
    Programme,
    Repeating,
    Rule,
    Schedule,
    Sha256,
    Weekday,
    Zone,
    due,
)
from playlists import Sequence as Items
from playlists.rrule import parse_recurrence
from tests.bench.harness import Goal, Result, Series

ITEMS, RULES, CALLS = 1000, 200, 20_000
GOAL = Goal(0.99, 1.0)
BEGIN = datetime(2026, 3, 27, 5, 0, tzinfo=UTC)
RECURRENCES = [
    parse_recurrence(text)
    for text in ("FREQ=MONTHLY;BYDAY=1MO", "FREQ=DAILY;INTERVAL=3", "FREQ=YEARLY;BYMONTH=5")
]


def measure() -> Sequence[Result]:
    """As a player asks (each change of item in turn), and at random instants of one day."""
    full, empty = _programme(ITEMS, RULES), _programme(10, 0)
    chance = random.Random(1)  # noqa: S311 - no secret
    scattered = [BEGIN + timedelta(seconds=chance.random() * 86400) for _ in range(CALLS)]
    note = (
        f"{ITEMS} items, {RULES} rules, 3 campaigns, 1 interrupt; the first call of a day included"
    )
    return (
        _result("due, from item to item over days", full, empty, _following, note),
        _result("due, at random instants of a day", full, empty, lambda _: iter(scattered), note),
    )


def _result(
    name: str,
    full: Programme,
    empty: Programme,
    instants: Callable[[Programme], Iterator[datetime]],
    note: str,
) -> Result:
    ours = Series("1,000 items and 200 rules", tuple(_timed(full, instants(full))))
    beside = Series("10 items, no rules", tuple(_timed(empty, instants(empty))))
    return Result(name, ours, (beside,), GOAL, note)


def _timed(programme: Programme, instants: Iterator[datetime]) -> Iterator[float]:
    for instant in instants:
        begun = time.perf_counter()
        due(programme, instant)
        yield 1000 * (time.perf_counter() - begun)


def _following(programme: Programme) -> Iterator[datetime]:
    instant = BEGIN
    for _ in range(CALLS):
        yield instant
        instant = due(programme, instant).until


def _programme(items: int, rules: int) -> Programme:
    half = items // 2
    lists = (_playlist("base", half), *(_playlist(f"p{n}", max(1, half // 20)) for n in range(20)))
    kept = tuple(
        Rule(f"r{n}", f"p{n % 20}", n % 10, _days(n), (DayPart(clock(n % 24), clock(n % 24, 20)),))
        for n in range(rules)
    )
    campaigns = tuple(Campaign(f"c{n}", f"p{n}", 20) for n in range(3 if rules else 0))
    every = Repeating(15, 0, 30)
    interrupts = (Interrupt("news", "p4", 1, every),) if rules else ()
    schedule = Schedule("base", kept, campaigns, interrupts)
    return Programme("c", 1, f"{items}", (Zone("main", 0, 0, 100, 100),), lists, schedule, ())


def _days(number: int) -> Days:
    recurrence = (None, *RECURRENCES)[number % 4]
    weekdays = frozenset({Weekday(number % 7), Weekday((number + 3) % 7)})
    return Days(first=BEGIN.date(), recurrence=recurrence, weekdays=weekdays)


def _playlist(name: str, length: int) -> Playlist:
    items = tuple(
        Image(f"{name}-{n}", Sha256("a" * 64), 1000 * (5 + n % 20), "x") for n in range(length)
    )
    return Playlist(name, (Items("main", items),))
