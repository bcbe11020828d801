"""Random programmes of every feature of the schedule, for property tests."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from playlists import (
    Campaign,
    DayPart,
    Days,
    Holidays,
    Image,
    Interrupt,
    Once,
    Playlist,
    Programme,
    Repeating,
    Rule,
    Schedule,
    Sequence,
    Sha256,
    Weekday,
    Zone,
)
from playlists.rrule import parse_recurrence

DAY = timedelta(days=1)
NAMES = ("base", "one", "two", "three")
RECURRENCES = [
    parse_recurrence(text)
    for text in ("FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=SU,MO", "FREQ=MONTHLY;BYDAY=-1SU")
]


def last_sunday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - DAY * ((end.weekday() + 1) % 7)


ANY_DAYS = st.dates(date(2000, 1, 3), date(2100, 12, 1))
SHIFTS = st.builds(last_sunday, st.integers(2000, 2099), st.sampled_from((3, 10)))
"""The days on which the clock is moved."""
SITE_DAYS = ANY_DAYS | SHIFTS
CLOCKS = st.times(time(0), time(23, 59)) | st.times(time(1, 30), time(3, 30))
MINUTES = CLOCKS.map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
PARTS = st.lists(st.builds(DayPart, MINUTES, MINUTES), max_size=2).map(tuple)


@st.composite
def days_around(draw: st.DrawFn, day: date) -> Days:
    near = st.integers(-3, 3).map(lambda offset: day + DAY * offset)
    first = draw(st.none() | st.integers(0, 3).map(lambda offset: day - DAY * offset))
    exceptions = draw(st.frozensets(near, max_size=1))
    return Days(
        first=first,
        last=draw(st.none() | st.integers(0, 2).map(lambda offset: day + DAY * offset)),
        weekdays=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(Weekday), min_size=4)),
        recurrence=draw(st.none() | st.sampled_from(RECURRENCES)) if first else None,
        holidays=draw(st.sampled_from((None, None, *Holidays))),
        except_days=exceptions,
        also_days=draw(st.frozensets(near, max_size=1)) - exceptions,
    )


@st.composite
def playlists(draw: st.DrawFn) -> tuple[Playlist, ...]:
    lengths = st.lists(st.integers(1, 600) | st.integers(5, 40), min_size=1, max_size=5)
    return tuple(
        Playlist(
            name,
            (
                Sequence(
                    "main",
                    tuple(
                        Image(f"{name}{place}", Sha256("a" * 64), length * 1000, name)
                        for place, length in enumerate(draw(lengths))
                    ),
                ),
            ),
        )
        for name in NAMES
    )


@st.composite
def _interrupts(draw: st.DrawFn, day: date) -> Repeating | Once:
    if draw(st.booleans()):
        start = datetime.combine(day, draw(MINUTES))
        return Once(start, start + timedelta(minutes=draw(st.integers(1, 600))))
    every = draw(st.sampled_from((5, 15, 60)))
    seconds = draw(st.integers(1, every * 60) | st.integers(10, 60))
    minute = draw(st.integers(0, every - 1))
    return Repeating(every, minute, seconds, draw(days_around(day)), draw(PARTS))


@st.composite
def programmes(draw: st.DrawFn, day: date) -> Programme:
    """A programme of one zone whose conditions matter around a day."""
    name, priority = st.sampled_from(NAMES), st.integers(0, 2)
    rules = [
        Rule(f"r{n}", draw(name), draw(priority), draw(days_around(day)), draw(PARTS))
        for n in range(draw(st.integers(0, 3)))
    ]
    shares = draw(st.lists(st.integers(1, 100), max_size=3).filter(lambda s: sum(s) <= 100))
    campaigns = [
        Campaign(f"c{n}", draw(name), share, draw(days_around(day)), draw(PARTS))
        for n, share in enumerate(shares)
    ]
    interrupts = [
        Interrupt(f"i{n}", draw(name), draw(priority), draw(_interrupts(day)))
        for n in range(draw(st.integers(0, 2)))
    ]
    schedule = Schedule("base", tuple(rules), tuple(campaigns), tuple(interrupts))
    zone = Zone("main", 0, 0, 100, 100)
    return Programme("lobby", 1, "Vestibul", (zone,), draw(playlists()), schedule, ())
