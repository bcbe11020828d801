"""What is due: rotation, rules, and the two hours of daylight saving."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playlists import Programme, Sha256, due, parse_programme
from playlists.wall_time import place_wall_time
from tests.unit.playlists.documents import HASH, OTHER, encoded, image, playlist

PRAGUE = ZoneInfo("Europe/Prague")


def _programme(*rules: dict[str, object]) -> Programme:
    return parse_programme(encoded(schedule={"base": "base", "rules": list(rules)}))


def _rule(start: str, end: str, **changes: object) -> dict[str, object]:
    part = {"start": start, "end": end}
    found = {"name": "night", "playlist": "night", "priority": 1, "day_parts": [part]}
    return {**found, **changes}


def _item(programme: Programme, when: datetime) -> str:
    return due(programme, when).zones[0].item.id


def _wall(*numbers: int, fold: int = 0) -> datetime:
    return datetime(*numbers, tzinfo=PRAGUE, fold=fold)  # type: ignore[arg-type,misc]


def test_base_rotates_by_the_clock_and_names_what_follows() -> None:
    found = due(_programme(), datetime(2026, 5, 17, 10, 0, 7, tzinfo=UTC)).zones[0]
    assert (found.item.id, found.next.id) == ("b", "a")
    assert found.start == datetime(2026, 5, 17, 10, 0, 5, tzinfo=UTC)
    assert found.until == datetime(2026, 5, 17, 10, 0, 10, tzinfo=UTC)


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        due(_programme(), datetime(2026, 5, 17))  # noqa: DTZ001 - the case


def test_rule_cuts_the_base_at_its_start_and_gives_it_back_at_its_end() -> None:
    programme = _programme(_rule("08:00", "09:00", weekdays=["su"]))
    before = due(programme, _wall(2026, 5, 17, 7, 59, 58)).zones[0]
    assert before.until == _wall(2026, 5, 17, 8, 0)
    assert before.next.id == "n"
    assert _item(programme, _wall(2026, 5, 17, 8, 0)) == "n"
    assert _item(programme, _wall(2026, 5, 17, 9, 0)) in "ab"
    assert _item(programme, _wall(2026, 5, 18, 8, 30)) in "ab"


def test_item_that_a_rule_cut_begins_again_only_where_the_rule_ends() -> None:
    programme = parse_programme(
        encoded(
            playlists=[
                playlist("base", image("a", HASH, 3_600_000), image("b", OTHER)),
                playlist("night", image("n", HASH)),
            ],
            schedule={"base": "base", "rules": [_rule("08:00", "08:01")]},
        )
    )
    after = due(programme, _wall(2026, 5, 17, 8, 1, 1)).zones[0]
    assert after.start >= _wall(2026, 5, 17, 8, 1)


def test_part_over_midnight_belongs_to_the_day_on_which_it_starts() -> None:
    programme = _programme(_rule("22:00", "06:00", first="2026-05-17", last="2026-05-17"))
    assert _item(programme, _wall(2026, 5, 18, 5, 59)) == "n"
    assert _item(programme, _wall(2026, 5, 17, 5, 59)) in "ab"
    assert _item(programme, _wall(2026, 5, 18, 22, 0)) in "ab"


def test_higher_priority_wins_then_the_earlier_rule() -> None:
    lists = [
        playlist("base", image("a", HASH), image("b", OTHER)),
        playlist("night", image("n", HASH)),
        playlist("feast", image("f", OTHER)),
    ]
    low = _rule("08:00", "10:00")
    high = _rule("09:00", "10:00", name="high", playlist="feast", priority=2)
    same = _rule("08:00", "10:00", name="same", playlist="feast")
    rules = {"base": "base", "rules": [low, high, same]}
    programme = parse_programme(encoded(playlists=lists, schedule=rules))
    assert _item(programme, _wall(2026, 5, 17, 8, 30)) == "n"
    assert _item(programme, _wall(2026, 5, 17, 9, 30)) == "f"


def test_part_in_the_hour_missing_in_spring_is_empty() -> None:
    programme = _programme(_rule("02:15", "02:45"))
    gap = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    for minutes in range(-60, 120, 5):
        assert _item(programme, gap + timedelta(minutes=minutes)) in "ab"
    assert _item(programme, _wall(2026, 3, 30, 2, 30)) == "n"


def test_part_that_starts_in_the_missing_hour_begins_after_the_gap() -> None:
    programme = _programme(_rule("02:30", "04:00"))
    assert _item(programme, datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)) in "ab"
    assert _item(programme, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "n"


def test_part_in_the_hour_that_comes_twice_happens_once() -> None:
    programme = _programme(_rule("02:15", "02:45"))
    assert _item(programme, _wall(2026, 10, 25, 2, 30)) == "n"
    assert _item(programme, _wall(2026, 10, 25, 2, 30, fold=1)) in "ab"


def test_part_that_starts_in_the_doubled_hour_begins_at_its_first_occurrence() -> None:
    programme = _programme(_rule("02:30", "04:00"))
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert _item(programme, start - timedelta(seconds=1)) in "ab"
    for minutes in (0, 30, 60, 149):
        assert _item(programme, start + timedelta(minutes=minutes)) == "n"
    assert _item(programme, start + timedelta(minutes=150)) in "ab"


def test_a_zone_that_a_rule_does_not_name_keeps_the_base() -> None:
    zones = [
        {"name": "main", "x": 0, "y": 0, "width": 80, "height": 100},
        {"name": "side", "x": 80, "y": 0, "width": 20, "height": 100},
    ]
    both = [
        {"zone": "main", "items": [image("a", HASH)]},
        {"zone": "side", "items": [image("s", OTHER)]},
    ]
    lists = [{"name": "base", "sequences": both}, playlist("night", image("n", HASH))]
    every = {"name": "i", "playlist": "night", "priority": 1, "every_minutes": 60, "seconds": 9}
    rules = {"base": "base", "rules": [_rule("08:00", "10:00")], "interrupts": [every]}
    programme = parse_programme(encoded(zones=zones, playlists=lists, schedule=rules))
    shown = due(programme, _wall(2026, 5, 17, 9, 0))
    assert [zone.item.id for zone in shown.zones] == ["n", "s"]


def test_an_item_runs_over_midnight_where_its_holder_stays() -> None:
    lists = [
        playlist("base", image("a", HASH, 7 * 3_600_000)),
        playlist("night", image("n", OTHER, 86_400_000)),
    ]
    plain = parse_programme(encoded(playlists=lists))
    found = due(plain, _wall(2026, 5, 18, 0, 0)).zones[0]
    assert found.start < _wall(2026, 5, 18, 0, 0) < found.until
    rules = {"base": "base", "rules": [_rule("22:00", "06:00")]}
    night = due(parse_programme(encoded(playlists=lists, schedule=rules)), _wall(2026, 5, 17, 1, 0))
    assert night.zones[0].start == _wall(2026, 5, 16, 22, 0)
    assert night.zones[0].until == _wall(2026, 5, 17, 6, 0)
    daily = {"base": "base", "rules": [{"name": "n", "playlist": "night", "priority": 1}]}
    cut = due(parse_programme(encoded(playlists=lists, schedule=daily)), _wall(2026, 3, 29, 1, 0))
    assert cut.until == _wall(2026, 3, 30, 0, 0)
    autumn = due(
        parse_programme(encoded(playlists=lists, schedule=daily)), _wall(2026, 10, 26, 0, 0)
    )
    assert autumn.zones[0].start == _wall(2026, 10, 26, 0, 0)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_what_is_due_holds_until_it_says_so(now: datetime) -> None:
    programme = _programme(_rule("02:30", "14:00"), _rule("13:00", "01:10", name="two"))
    found = due(programme, now)
    zone = found.zones[0]
    assert zone.start <= now < zone.until == found.until
    last = due(programme, zone.until - timedelta(microseconds=1)).zones[0]
    assert (last.item, last.start, last.until) == (zone.item, zone.start, zone.until)
    assert due(programme, zone.until).zones[0].item == zone.next


@given(
    st.dates(date(2000, 1, 2), date(2100, 1, 1)),
    st.times(time(0), time(23, 59)),
    st.times(time(0), time(23, 59)),
)
def test_wall_times_are_placed_in_their_order(day: date, one: time, other: time) -> None:
    first, second = sorted((one.replace(second=0, microsecond=0), other))
    assert place_wall_time(day, first, PRAGUE) <= place_wall_time(day, second, PRAGUE)


def test_a_programme_whose_base_does_not_fill_a_zone_is_refused_and_not_guessed() -> None:
    programme = _programme()
    unchecked = replace(programme, playlists=())
    with pytest.raises(ValueError, match="'main' has no sequence"):
        due(unchecked, datetime(2026, 5, 17, tzinfo=UTC))


def test_blob_of_a_hash_that_is_not_pinned_is_none() -> None:
    programme = _programme()
    assert programme.blob(Sha256(HASH)) == programme.blobs[0]
    assert programme.blob(Sha256("c" * 64)) is None


def test_item_in_the_middle_of_which_a_rule_begins_is_cut_there() -> None:
    base = playlist("base", image("a", HASH, 11_000), image("b", OTHER, 18_000))
    night = playlist("night", image("n", HASH))
    rules = [_rule("08:00", "09:00")]
    uncut = parse_programme(encoded(playlists=[base, night]))
    cut = parse_programme(
        encoded(playlists=[base, night], schedule={"base": "base", "rules": rules})
    )
    before, eight = _wall(2026, 5, 17, 7, 59, 59), _wall(2026, 5, 17, 8, 0)
    assert due(uncut, before).zones[0].until > eight
    assert due(cut, before).zones[0].until == eight
