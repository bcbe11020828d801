"""The gateway under load for a minute: nothing fails, and its memory does not grow."""

from pathlib import Path

import pytest

from tests.bench.kiosk_crowd import REQUESTS_A_VISIT
from tests.bench.loaded_gateway import crowd, loaded_gateway, memory_of

SECONDS = 60.0
REQUESTS_PER_SECOND = 200.0
PERSONS = 2_000
ROOM = 1.05
"""Memory may grow by a twentieth after the first third of the minute."""


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_minute_of_two_hundred_requests_a_second_fails_nowhere_and_leaves_memory_flat(
    tmp_path: Path,
) -> None:
    with loaded_gateway(tmp_path, f"sqlite:///{tmp_path}/city.db", PERSONS) as (gateway, plan):
        visits = REQUESTS_PER_SECOND / REQUESTS_A_VISIT
        load = {"how": "rate", "seconds": SECONDS, "visits_per_second": visits}
        with memory_of(gateway) as megabytes:
            noted = crowd({**plan, **load, "gateway": gateway})
    assert noted["errors"] == []
    assert len(noted["visits"]) == SECONDS * visits
    warm, last = megabytes[len(megabytes) // 3], megabytes[-1]
    assert last <= warm * ROOM, megabytes
