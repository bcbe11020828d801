"""Share of voice: exact over each clock hour to one item, every item in turn, nothing cut."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from playlists import (
    Campaign,
    Days,
    Image,
    Playlist,
    Programme,
    Schedule,
    Sequence,
    Sha256,
    Turn,
    Zone,
    turn,
)
from playlists.windows import Layer, spread

ZONE = Zone("main", 0, 0, 100, 100)
NOON = datetime(2026, 5, 17, 10, 0, tzinfo=UTC)  # 12:00 in Prague
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHARES = st.lists(st.integers(1, 100), min_size=1, max_size=6).filter(lambda s: sum(s) <= 100)
LENGTHS = st.lists(st.integers(1, 300), min_size=1, max_size=6)


def _programme(lengths: list[list[int]], shares: list[int]) -> Programme:
    """Playlist 0 is the base, each other one a campaign."""
    lists = tuple(
        Playlist(
            f"p{number}",
            (
                Sequence(
                    "main",
                    tuple(
                        Image(f"p{number}-{place}", Sha256("a" * 64), length * 1000, "x")
                        for place, length in enumerate(line)
                    ),
                ),
            ),
        )
        for number, line in enumerate(lengths)
    )
    campaigns = tuple(
        Campaign(f"c{number}", f"p{number}", share, Days())
        for number, share in enumerate(shares, 1)
    )
    return Programme("c", 1, "t", (ZONE,), lists, Schedule("p0", (), campaigns), ())


def _turns(programme: Programme, start: datetime, end: datetime) -> list[Turn]:
    found = [turn(programme, ZONE, start)]
    while found[-1].until < end:
        found.append(turn(programme, ZONE, found[-1].until))
    return found


@settings(max_examples=40, deadline=None)
@given(st.data(), SHARES)
def test_each_clock_hour_is_exact_to_one_item(data: st.DataObject, shares: list[int]) -> None:
    lengths = [data.draw(LENGTHS) for _ in range(len(shares) + 1)]
    programme = _programme(lengths, shares)
    begin = NOON + HOUR * data.draw(st.integers(-11, 10))
    shown = Counter[str]()
    for found in _turns(programme, begin, begin + HOUR):
        inside = min(found.until, begin + HOUR) - max(found.start, begin)
        shown[found.playlist] += int(inside.total_seconds())
    longest = max(max(line) for line in lengths)
    wanted = [100 - sum(shares), *shares]
    for number, share in enumerate(wanted):
        assert abs(shown[f"p{number}"] - 36 * share) <= longest


@settings(max_examples=20, deadline=None)
@given(st.data(), SHARES)
def test_the_hour_cuts_nothing_and_each_playlist_rotates(
    data: st.DataObject, shares: list[int]
) -> None:
    programme = _programme([data.draw(LENGTHS) for _ in range(len(shares) + 1)], shares)
    turns = _turns(programme, NOON, NOON + 3 * HOUR)
    places: dict[str, list[int]] = {}
    for found in turns:
        assert (found.until - found.start).total_seconds() * 1000 == found.item.duration_ms
        places.setdefault(found.playlist, []).append(int(found.item.id.partition("-")[2]))
    for name, seen in places.items():
        line = programme.playlist(name)
        assert line
        length = len(line.sequences[0].items)
        assert all((before + 1) % length == after for before, after in pairwise(seen))


def test_a_player_that_starts_now_agrees_with_one_that_ran_all_day() -> None:
    ran = _programme([[7, 11, 13], [20, 31], [5]], [40, 15])
    turns = _turns(ran, NOON - 12 * HOUR, NOON)
    fresh = _programme([[7, 11, 13], [20, 31], [5]], [40, 15])
    assert turn(fresh, ZONE, NOON - timedelta(milliseconds=1)) == turns[-1]
    assert {found.layer for found in turns} == {Layer.BASE, Layer.CAMPAIGN}


def test_a_campaign_of_the_whole_leaves_the_base_nothing() -> None:
    programme = _programme([[10], [10, 20]], [100])
    assert {found.playlist for found in _turns(programme, NOON, NOON + HOUR)} == {"p1"}


def test_a_base_too_long_for_a_day_shows_all_its_items_over_the_days() -> None:
    programme = _programme([[60] * 1000, [60]], [90])
    seen: set[str] = set()
    for offset in range(21):
        begin = NOON - 12 * HOUR + DAY * offset
        seen |= {found.item.id for found in _turns(programme, begin, begin + DAY)}
    assert len(seen) == 1001


@given(st.integers(1, 50), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_begins_at_a_place_that_is_there(length: int, day: date) -> None:
    assert 0 <= spread(day, length) < length
