"""Derives what a device reports and tells its programs from what it knows; it decides nothing."""

from typing import assert_never

from device_agent.core.agent_words import Agent
from device_agent.core.alerts import in_force
from device_agent.core.update_states import (
    Committed,
    Fetching,
    Idle,
    Installing,
    OnProbation,
    Rebooting,
    RolledBack,
    RollingBack,
    UpdateState,
)
from device_agent.wire.local import Alerts, fitting
from device_agent.wire.reported import Reported, ReportedUpdate, ReportedVerdict, UpdatePhase


def areas_of(agent: Agent) -> tuple[str, ...]:
    """The areas whose alerts concern the device."""
    desired = agent.memory.desired
    return desired.areas if desired else agent.settings.areas


def channel_of(agent: Agent) -> str:
    """The channel whose programme the device shows."""
    desired = agent.memory.desired
    return desired.channel if desired else agent.settings.channel


def alerts_of(agent: Agent) -> Alerts:
    """What the programs are told of alerts."""
    return fitting([active.alert for active in in_force(agent.memory.alerts)])


def reported_of(agent: Agent) -> Reported:
    """What the city is told."""
    desired, programme = agent.memory.desired, agent.programme
    return Reported(
        device=agent.settings.device,
        boot_id=agent.settings.boot_id,
        agent_version=agent.settings.version,
        slot=agent.slot,
        release=agent.release,
        update=_update(agent.memory.update),
        programme=programme.reported if programme else None,
        verdict=ReportedVerdict(agent.verdict.healthy, agent.verdict.reasons),
        desired_serial=desired.serial if desired else 0,
        alerts=tuple(active.alert.identifier for active in in_force(agent.memory.alerts)),
        refused=agent.refused,
    )


def _update(state: UpdateState) -> ReportedUpdate:  # noqa: PLR0911 - one for each state
    match state:
        case Idle():
            return ReportedUpdate(UpdatePhase.IDLE, "", "")
        case Fetching(version):
            return ReportedUpdate(UpdatePhase.FETCHING, version, "")
        case Installing(version):
            return ReportedUpdate(UpdatePhase.INSTALLING, version, "")
        case Rebooting(version):
            return ReportedUpdate(UpdatePhase.REBOOTING, version, "")
        case OnProbation(version):
            return ReportedUpdate(UpdatePhase.ON_PROBATION, version, "")
        case RollingBack(version, _, reason):
            return ReportedUpdate(UpdatePhase.REBOOTING, version, reason)
        case Committed(version):
            return ReportedUpdate(UpdatePhase.COMMITTED, version, "")
        case RolledBack(version, _, reason):
            return ReportedUpdate(UpdatePhase.ROLLED_BACK, version, reason)
        case _ as unreachable:
            assert_never(unreachable)
