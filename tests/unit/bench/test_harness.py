"""The benchmark form must not flatter: percentiles by nearest rank, goals strictly below."""

import json
from pathlib import Path

import pytest

from tests.bench.harness import Goal, Result, Series, table, write_json

HUNDRED = Series("ours", tuple(float(n) for n in range(1, 101)))


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0), (0.0, 1.0)]
)
def test_percentile_is_nearest_rank(share: float, expected: float) -> None:
    assert HUNDRED.percentile(share) == expected


def test_a_goal_that_is_only_reached_is_not_met() -> None:
    assert not Goal(0.95, 95.0).met_by(HUNDRED)
    assert Goal(0.95, 95.1).met_by(HUNDRED)


def test_table_says_that_a_goal_was_missed() -> None:
    result = Result("r", HUNDRED, (Series("peer", (25.0,)),), Goal(0.95, 10))
    text = table(result)
    assert "NOT met" in text
    assert "ratio of medians to “peer”: 2.00" in text


def test_json_keeps_every_sample(tmp_path: Path) -> None:
    result = Result("r", Series("ours", (3.0, 1.0)), (Series("peer", (2.0,)),))
    body = json.loads(write_json("r", [result], tmp_path).read_text())
    assert body["results"][0]["series"]["ours"]["samples_ms"] == [3.0, 1.0]
