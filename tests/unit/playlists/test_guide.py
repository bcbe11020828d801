"""Every example of docs/playlist.md: it is a schedule, and shows what the page says."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from playlists import Programme, parse_programme
from playlists.timeline import timeline
from tests.unit.playlists.documents import HASH, OTHER, document, image, playlist
from tests.unit.playlists.test_codec import SCHEMA

GUIDE = Path(__file__).parents[3] / "docs" / "playlist.md"
EXAMPLES = re.findall(r"```json\n(.+?)\n```\n\n((?:- .+\n)+)", GUIDE.read_text(encoding="utf-8"))
LISTS = [
    playlist("base", image("a", HASH, 20_000), image("b", OTHER, 30_000)),
    playlist("night", image("n", HASH)),
    playlist("news", image("x", HASH, 15_000), image("y", OTHER, 15_000)),
]


def _at(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo("Europe/Prague"))


def _holds(programme: Programme, line: str) -> bool:
    when, _, what = line.removeprefix("- ").partition(" → ")
    begin, _, end = when.partition(" … ")
    close = _at(end) if end else _at(begin) + timedelta(seconds=1)
    ((_, turns),) = timeline(programme, _at(begin), close)
    if not end:
        return turns[0].playlist == what
    share, _, name = what.partition(" % ")
    inside = sum(
        (min(t.until, close) - max(t.start, _at(begin))).total_seconds()
        for t in turns
        if t.playlist == name
    )
    return abs(inside - int(share) / 100 * (close - _at(begin)).total_seconds()) <= 30


def test_the_guide_has_an_example_for_each_feature() -> None:
    words = ("rrule", "holidays", "except", "also", "campaigns", "every_minutes", '"end"')
    assert all(any(word in example for example, _ in EXAMPLES) for word in words)


@pytest.mark.parametrize(("example", "lines"), EXAMPLES)
def test_an_example_shows_what_the_guide_says(example: str, lines: str) -> None:
    found = document(schedule=json.loads(example), playlists=LISTS)
    jsonschema.validate(found, SCHEMA)
    programme = parse_programme(json.dumps(found).encode())
    assert [line for line in lines.splitlines() if not _holds(programme, line)] == []
