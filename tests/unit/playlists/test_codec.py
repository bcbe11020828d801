"""The programme codec: what it takes, what it refuses, and that it agrees with the schema."""

import json
from pathlib import Path

import jsonschema
import pytest

import playlists
from playlists import Fit, ProgrammeError, Weekday, encode_programme, parse_programme
from tests.unit.playlists.documents import HASH, OTHER, blob, document, encoded, image, playlist

SCHEMA = json.loads(
    (Path(playlists.__file__).parent / "schema" / "programme.schema.json").read_text("utf-8")
)
RULE = {
    "name": "winter",
    "playlist": "night",
    "priority": 5,
    "first": "2026-12-01",
    "last": "2027-02-28",
    "weekdays": ["mo", "su"],
    "day_parts": [{"start": "22:00", "end": "06:00"}],
}


def _problems(data: bytes) -> str:
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(data)
    return str(caught.value)


def _with_item(**changes: object) -> bytes:
    item = {**image("a", HASH), **changes}
    return encoded(playlists=[playlist("base", item, image("b", OTHER))])


def test_a_programme_survives_encoding_and_its_bytes_are_canonical() -> None:
    schedule = {"base": "base", "rules": [RULE]}
    web = {**image("w", "c" * 64), "type": "web"}
    film = {**image("f", "d" * 64), "type": "video", "fit": "cover"}
    lists = [playlist("base", image("a", HASH), web, film), playlist("night", image("n", OTHER))]
    files = [blob(HASH), blob(OTHER), blob("c" * 64, "text/html"), blob("d" * 64, "video/mp4")]
    found = parse_programme(encoded(schedule=schedule, playlists=lists, blobs=files))
    data = encode_programme(found)
    assert parse_programme(data) == found
    assert encode_programme(parse_programme(data)) == data
    assert found.schedule.rules[0].days.weekdays == {Weekday.MO, Weekday.SU}
    assert found.items()[2].fit is Fit.COVER  # type: ignore[union-attr]
    jsonschema.validate(json.loads(data), SCHEMA)


def test_a_rule_without_conditions_survives_encoding() -> None:
    rule = {"name": "always", "playlist": "night", "priority": 0}
    found = parse_programme(encoded(schedule={"base": "base", "rules": [rule]}))
    assert parse_programme(encode_programme(found)) == found


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"\xff", "UTF-8"),
        (b"{", "line 1"),
        (b"[" * 100_000, "nested"),
        (b'{"a":1,"a":2}', "twice"),
        (b'{"version":NaN}', "NaN"),
        (b" " * ((1 << 20) + 1), "bytes"),
        (b"[]", "$: must be an object"),
    ],
)
def test_bytes_that_are_no_document_are_refused_with_a_reason(data: bytes, where: str) -> None:
    assert where in _problems(data)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"extra": 1}, "$: remove the unknown key 'extra'"),
        ({"format": "x"}, "$.format"),
        ({"version": 0}, "$.version"),
        ({"version": True}, "$.version"),
        ({"title": ""}, "$.title"),
        ({"title": "a\nb"}, "$.title"),
        ({"timezone": "Mars/Base"}, "$.timezone"),
        ({"timezone": "../../etc/passwd"}, "$.timezone"),
        ({"channel": "../up"}, "$.channel"),
        ({"zones": []}, "$.zones"),
        ({"schedule": {"base": "none"}}, "$.schedule.base"),
        ({"schedule": {"base": "base", "rules": [{**RULE, "first": "2026-02-30"}]}}, ".first"),
        ({"schedule": {"base": "base", "rules": [{**RULE, "first": "soon"}]}}, ".first"),
        ({"schedule": {"base": "base", "rules": [{**RULE, "last": "2020-01-01"}]}}, "rules[0]"),
        ({"schedule": {"base": "base", "rules": [{**RULE, "weekdays": ["xx"]}]}}, "weekdays[0]"),
        (
            {"schedule": {"base": "base", "rules": [{**RULE, "playlist": "no"}]}},
            "rules[0].playlist",
        ),
        ({"schedule": {"base": "base", "rules": [RULE, RULE]}}, "rules[1]"),
        (
            {
                "schedule": {
                    "base": "base",
                    "rules": [{**RULE, "day_parts": [{"start": "24:00", "end": "01:00"}]}],
                }
            },
            "day_parts[0].start",
        ),
        ({"blobs": [blob(HASH)]}, "items[1].blob"),
        ({"blobs": [blob(HASH), blob(OTHER), blob("c" * 64)]}, "$.blobs[2]"),
        ({"blobs": [blob(HASH), blob(OTHER), blob(OTHER)]}, "$.blobs[2]"),
        ({"blobs": [blob(HASH, "text/html"), blob(OTHER)]}, "items[0].blob"),
        ({"blobs": [blob(HASH, "application/pdf"), blob(OTHER)]}, "$.blobs[0].media_type"),
    ],
)
def test_faults_are_named_with_path_and_advice(change: dict[str, object], where: str) -> None:
    assert where in _problems(encoded(**change))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"duration_ms": 0}, "items[0].duration_ms"),
        ({"duration_ms": 1.5}, "items[0].duration_ms"),
        ({"type": "flash"}, "items[0].type"),
        ({"blob": "A" * 64}, "items[0].blob"),
        ({"type": "web", "fit": "cover"}, "items[0]: remove the key 'fit'"),
        ({"id": None}, "items[0].id"),
    ],
)
def test_faults_of_an_item_are_named(change: dict[str, object], where: str) -> None:
    assert where in _problems(_with_item(**change))


def test_zone_that_reaches_out_of_the_screen_and_zone_nobody_fills_are_refused() -> None:
    zones = [
        {"name": "main", "x": 60, "y": 0, "width": 50, "height": 100},
        {"name": "side", "x": "0", "y": 0, "width": 10, "height": 100},
    ]
    said = _problems(encoded(zones=[{**zones[0]}, {**zones[1], "x": 0}]))
    assert "$.zones[0]" in said
    assert "'side'" in said
    assert "$.zones[1].x" in _problems(encoded(zones=zones))


def test_sequence_for_an_unknown_zone_is_refused() -> None:
    lists = [playlist("base", image("a", HASH), image("b", OTHER), zone="attic")]
    assert "there is no zone 'attic'" in _problems(encoded(playlists=lists))


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(ProgrammeError) as caught:
        parse_programme(encoded(version=-1, title=3, extra=1))
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("missing", sorted(set(document())))
def test_codec_and_schema_agree_on_required_keys(missing: str) -> None:
    found = document()
    del found[missing]
    assert f"add the key '{missing}'" in _problems(json.dumps(found).encode())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)
