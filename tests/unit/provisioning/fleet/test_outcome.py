"""What a device's report says about an offered release."""

import pytest

from device_agent.wire.reported import (
    Reported,
    ReportedUpdate,
    ReportedVerdict,
    UpdatePhase,
)
from provisioning.fleet import Seconds, outcome_of


def _report(phase: UpdatePhase, version: str, release: str, serial: int) -> Reported:
    return Reported(
        device="lobby-001",
        boot_id="b",
        agent_version="1",
        slot="A",
        release=release,
        update=ReportedUpdate(phase, version, "VZOR"),
        programme=None,
        verdict=ReportedVerdict(healthy=True, reasons=()),
        desired_serial=serial,
        alerts=(),
        refused=(),
    )


@pytest.mark.parametrize(
    ("report", "committed"),
    [
        (_report(UpdatePhase.COMMITTED, "2", "2", 5), True),
        (_report(UpdatePhase.IDLE, "", "2", 6), True),
        (_report(UpdatePhase.ROLLED_BACK, "2", "1", 5), False),
        (_report(UpdatePhase.ROLLED_BACK, "1.5", "1", 5), None),
        (_report(UpdatePhase.ON_PROBATION, "2", "2", 5), None),
        (_report(UpdatePhase.FETCHING, "2", "1", 5), None),
        (_report(UpdatePhase.COMMITTED, "1", "1", 5), None),
        (_report(UpdatePhase.COMMITTED, "2", "2", 4), None),
        (_report(UpdatePhase.ROLLED_BACK, "2", "1", 4), None),
    ],
)
def test_outcome(report: Reported, committed: bool | None) -> None:  # noqa: FBT001 - a table
    outcome = outcome_of(report, "2", 5, Seconds(1))
    assert (outcome.committed if outcome else None) is committed
