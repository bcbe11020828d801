"""Reads out of a device's report what became of a release; it decides nothing about a rollout."""

from device_agent.wire.reported import Reported, UpdatePhase
from provisioning.fleet.rollout import Outcome, Seconds


def outcome_of(report: Reported, release: str, serial: int, at: Seconds) -> Outcome | None:
    """What a device made of a release it was offered with desired state `serial`.

    None while it is under way, or while the report is about an earlier desired state.
    """
    if report.desired_serial < serial:
        return None
    phase, version = report.update.phase, report.update.version
    if phase is UpdatePhase.ROLLED_BACK and version == release:
        return Outcome(report.device, committed=False, at=at, reason=report.update.reason)
    settled = phase in (UpdatePhase.COMMITTED, UpdatePhase.IDLE)
    if settled and report.release == release:
        return Outcome(report.device, committed=True, at=at)
    return None
