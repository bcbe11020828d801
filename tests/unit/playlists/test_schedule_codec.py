"""Days, campaigns and interrupts of a document: read, refused with advice, and as in the schema."""

import json

import jsonschema
import pytest

from playlists import ProgrammeError, encode_programme, parse_programme
from tests.unit.playlists.documents import HASH, OTHER, encoded, image, playlist
from tests.unit.playlists.test_codec import SCHEMA

DAYS = {
    "first": "2026-06-01",
    "last": "2026-12-31",
    "weekdays": ["mo"],
    "rrule": "FREQ=WEEKLY;INTERVAL=2",
    "holidays": "never",
    "except": ["2026-06-15"],
    "also": ["2026-06-16"],
}
RULE = {"name": "r", "playlist": "night", "priority": 1}
CAMPAIGN = {"name": "c", "playlist": "night", "share": 60}
EVERY = {**RULE, "every_minutes": 15, "seconds": 30}
ONCE = {**RULE, "start": "2026-05-17T18:00", "end": "2026-05-18T02:00"}


def _schedule(**parts: object) -> dict[str, object]:
    return {"base": "base", **parts}


def _problems(**parts: object) -> str:
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(encoded(schedule=_schedule(**parts)))
    return str(caught.value)


def test_every_feature_of_a_schedule_survives_encoding_and_fits_the_schema() -> None:
    part = [{"start": "08:00", "end": "10:00"}]
    schedule = _schedule(
        rules=[{**RULE, **DAYS}],
        campaigns=[{**CAMPAIGN, **DAYS, "day_parts": part}, {**CAMPAIGN, "name": "d", "share": 40}],
        interrupts=[{**EVERY, **DAYS, "minute": 7}, {**ONCE, "name": "once"}],
    )
    found = parse_programme(encoded(schedule=schedule))
    data = encode_programme(found)
    assert parse_programme(data) == found
    assert encode_programme(parse_programme(data)) == data
    jsonschema.validate(json.loads(data), SCHEMA)


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"rules": [{**RULE, "rrule": "FREQ=DAILY"}]}, "rules[0].rrule: add 'first'"),
        ({"rules": [{**RULE, **DAYS, "rrule": "FREQ=X"}]}, "rules[0].rrule: write FREQ"),
        ({"rules": [{**RULE, **DAYS, "rrule": 3}]}, "rules[0].rrule: must be a text"),
        ({"rules": [{**RULE, **DAYS, "first": "1999-12-31"}]}, "rules[0].first: let a recurrence"),
        ({"rules": [{**RULE, "holidays": "maybe"}]}, "rules[0].holidays"),
        ({"rules": [{**RULE, "except": []}]}, "rules[0].except"),
        ({"rules": [{**RULE, "also": ["2026-02-30"]}]}, "rules[0].also[0]"),
        ({"rules": [{**RULE, "also": ["2026-02-03"], "except": ["2026-02-03"]}]}, "keep one"),
        ({"rules": [{**RULE, "day_parts": [{"start": "08:0٣", "end": "09:00"}]}]}, ".start"),
        ({"campaigns": [{**CAMPAIGN, "share": 0}]}, "campaigns[0].share"),
        ({"campaigns": [{**CAMPAIGN, "playlist": "no"}]}, "campaigns[0].playlist"),
        ({"campaigns": [CAMPAIGN, CAMPAIGN]}, "campaigns[1]: 'c' stands twice"),
        ({"campaigns": [{**CAMPAIGN, "first": "2027-01-01", "last": "2026-01-01"}]}, "swap them"),
        ({"interrupts": [RULE]}, "interrupts[0]: add 'every_minutes' and 'seconds'"),
        ({"interrupts": [{**EVERY, "every_minutes": 7}]}, "interrupts[0].every_minutes"),
        ({"interrupts": [{**EVERY, "minute": 15}]}, "interrupts[0].minute"),
        ({"interrupts": [{**EVERY, "seconds": 901}]}, "interrupts[0].seconds"),
        ({"interrupts": [{**EVERY, "last": "2026-01-01", "first": "2027-01-01"}]}, "swap them"),
        ({"interrupts": [{**ONCE, "seconds": 3}]}, "interrupts[0].seconds: remove it"),
        ({"interrupts": [{**RULE, "start": "2026-05-17T18:00"}]}, "add the key 'end'"),
        ({"interrupts": [{**ONCE, "start": "2026-05-17 18:00"}]}, "interrupts[0].start"),
        ({"interrupts": [{**ONCE, "start": "2026-02-30T18:00"}]}, "no day of the calendar"),
        ({"interrupts": [{**ONCE, "end": "2026-05-17T18:00"}]}, "'start' is not before 'end'"),
        ({"interrupts": [{**ONCE, "start": "0001-01-01T00:00"}]}, "let it lie between"),
    ],
)
def test_faults_of_a_schedule_are_named_with_path_and_advice(
    parts: dict[str, object], where: str
) -> None:
    assert where in _problems(**parts)


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        ({}, {}, True),
        ({"last": "2026-05-31"}, {"first": "2026-06-01"}, False),
        ({"last": "2026-06-01"}, {"first": "2026-06-01"}, True),
        ({"weekdays": ["mo", "tu"]}, {"weekdays": ["we"]}, False),
        ({"weekdays": ["mo", "tu"]}, {"first": "2026-06-03", "weekdays": ["tu"]}, True),
        ({"weekdays": ["mo"]}, {"weekdays": ["we"], "also": ["2026-06-01"]}, True),
        ({"day_parts": [("08:00", "10:00")]}, {"day_parts": [("10:00", "12:00")]}, False),
        ({"day_parts": [("08:00", "10:01")]}, {"day_parts": [("10:00", "12:00")]}, True),
        ({"day_parts": [("22:00", "02:00")]}, {"day_parts": [("01:00", "03:00")]}, True),
        ({"first": "9999-12-31"}, {"first": "0001-01-01", "last": "0001-01-01"}, False),
        ({"also": ["9999-12-31"], "first": "9999-12-31"}, {"last": "2020-01-01"}, False),
    ],
)
def test_shares_over_the_whole_are_refused_where_campaigns_may_meet(
    one: dict[str, object], other: dict[str, object], *, refused: bool
) -> None:
    for entry in (one, other):
        parts: list[tuple[str, str]] = entry.get("day_parts", [])  # type: ignore[assignment]
        if parts:
            entry["day_parts"] = [{"start": start, "end": end} for start, end in parts]
    campaigns = [{**CAMPAIGN, **one}, {**CAMPAIGN, "name": "d", **other}]
    data = encoded(schedule=_schedule(campaigns=campaigns))
    if refused:
        assert "$.schedule.campaigns[1].share" in _problems(campaigns=campaigns)
    else:
        assert len(parse_programme(data).schedule.campaigns) == 2


def test_campaigns_of_different_zones_do_not_meet() -> None:
    zones = [
        {"name": "main", "x": 0, "y": 0, "width": 80, "height": 100},
        {"name": "side", "x": 80, "y": 0, "width": 20, "height": 100},
    ]
    both = [
        {"zone": "main", "items": [image("a", HASH)]},
        {"zone": "side", "items": [image("s", OTHER)]},
    ]
    lists = [
        {"name": "base", "sequences": both},
        playlist("night", image("n", HASH)),
        playlist("side", image("t", HASH), zone="side"),
    ]
    campaigns = [CAMPAIGN, {**CAMPAIGN, "name": "d", "playlist": "side"}]
    schedule = _schedule(campaigns=campaigns)
    parse_programme(encoded(zones=zones, playlists=lists, schedule=schedule))
