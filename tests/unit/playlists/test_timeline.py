"""The timeline of a programme: turns, blocks, limits and the page."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from playlists import parse_programme
from playlists.__main__ import main
from playlists.timeline import blocks, timeline
from playlists.timeline_page import timeline_page
from tests.unit.playlists.documents import HASH, OTHER, encoded, image, playlist

NIGHT = {"name": "rule", "playlist": "night", "priority": 1}
SCHEDULE = {
    "base": "base",
    "rules": [{**NIGHT, "day_parts": [{"start": "13:00", "end": "13:30"}]}],
    "campaigns": [{"name": "waste", "playlist": "night", "share": 20}],
    "interrupts": [{**NIGHT, "name": "news", "every_minutes": 15, "seconds": 30}],
}
LISTS = [
    playlist("base", *(image(f"b{n}", OTHER) | {"title": f"<i>{n}</i>"} for n in range(9))),
    playlist("night", image("n", HASH)),
]
PROGRAMME = parse_programme(encoded(schedule=SCHEDULE, playlists=LISTS))
NOON = datetime(2026, 5, 17, 10, tzinfo=UTC)


def test_turns_follow_each_other_and_blocks_gather_them() -> None:
    ((_, turns),) = timeline(PROGRAMME, NOON, NOON + timedelta(hours=2))
    assert all(one.until == other.start for one, other in pairwise(turns))
    gathered = blocks(turns)
    assert {block.layer.name for block in gathered} == {"BASE", "CAMPAIGN", "RULE", "INTERRUPT"}
    assert sum(len(block.turns) for block in gathered) == len(turns)


@pytest.mark.parametrize("hours", [0, -1, 24 * 7 + 1])
def test_span_that_is_empty_or_too_long_is_refused(hours: int) -> None:
    with pytest.raises(ValueError, match="--to"):
        timeline(PROGRAMME, NOON, NOON + timedelta(hours=hours))


def test_too_many_turns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playlists.timeline.MOST_TURNS", 3)
    with pytest.raises(ValueError, match="shorter span"):
        timeline(PROGRAMME, NOON, NOON + timedelta(hours=1))


def test_the_page_loads_nothing_and_escapes_what_the_programme_says() -> None:
    for hours in (1, 24):
        end = NOON + timedelta(hours=hours)
        page = timeline_page(PROGRAMME, timeline(PROGRAMME, NOON, end), NOON, end)
        assert "&lt;i&gt;" in page
        assert "<i>0" not in page
        assert "http" not in page
        assert "src=" not in page


def test_the_command_prints_a_line_a_turn_or_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(encoded(schedule=SCHEDULE, playlists=LISTS))
    span = ["--from", "2026-05-17T12:00", "--to", "2026-05-17T13:15"]
    assert main(["timeline", str(path), *span]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["layer"] for line in lines} == {"base", "campaign", "rule", "interrupt"}
    assert main(["timeline", str(path), *span, "--html"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
