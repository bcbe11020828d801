"""Encodes and decodes what a device reports of itself; it judges nothing."""

from dataclasses import dataclass
from enum import StrEnum

from device_agent.wire.strict_json import Fields, WireError, read_object, write_object

LIMIT = 64 * 1024


class UpdatePhase(StrEnum):
    """The states of an update (DESIGN section 8)."""

    IDLE = "Idle"
    FETCHING = "Fetching"
    INSTALLING = "Installing"
    REBOOTING = "Rebooting"
    ON_PROBATION = "OnProbation"
    COMMITTED = "Committed"
    ROLLED_BACK = "RolledBack"


@dataclass(frozen=True)
class ReportedUpdate:
    """The update under way or the last one; version and reason may be empty."""

    phase: UpdatePhase
    version: str
    reason: str


@dataclass(frozen=True)
class ReportedProgramme:
    """The programme in force, by its document's digest."""

    channel: str
    sha256: str
    version: int


@dataclass(frozen=True)
class ReportedVerdict:
    """Healthy or not, with every reason why not."""

    healthy: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Reported:
    """Everything a device says of itself; `refused` counts refusals by reason."""

    device: str
    boot_id: str
    agent_version: str
    slot: str
    release: str
    update: ReportedUpdate
    programme: ReportedProgramme | None
    verdict: ReportedVerdict
    desired_serial: int
    alerts: tuple[str, ...]
    refused: tuple[tuple[str, int], ...]


def encode_reported(report: Reported) -> bytes:
    """JSON of the report."""
    update, programme, verdict = report.update, report.programme, report.verdict
    return write_object(
        {
            "device": report.device,
            "boot_id": report.boot_id,
            "agent_version": report.agent_version,
            "slot": report.slot,
            "release": report.release,
            "update": {
                "phase": update.phase.value,
                "version": update.version,
                "reason": update.reason,
            },
            "programme": {
                "channel": programme.channel,
                "sha256": programme.sha256,
                "version": programme.version,
            }
            if programme
            else None,
            "verdict": {"healthy": verdict.healthy, "reasons": list(verdict.reasons)},
            "desired_serial": report.desired_serial,
            "alerts": list(report.alerts),
            "refused": dict(report.refused),
        }
    )


def _update(fields: Fields) -> ReportedUpdate:
    phase = fields.text("phase", 32)
    if phase not in list(UpdatePhase):
        raise WireError("reported state: 'update.phase' is none of ours.")
    update = ReportedUpdate(UpdatePhase(phase), fields.text("version", 64), fields.text("reason"))
    fields.done()
    return update


def _programme(fields: Fields | None) -> ReportedProgramme | None:
    if fields is None:
        return None
    programme = ReportedProgramme(
        fields.text("channel", 64), fields.text("sha256", 64), fields.whole("version")
    )
    fields.done()
    return programme


def _verdict(fields: Fields) -> ReportedVerdict:
    verdict = ReportedVerdict(fields.truth("healthy"), fields.texts("reasons", 512))
    fields.done()
    return verdict


def decode_reported(data: bytes) -> Reported:
    """Parse a report.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "reported state", LIMIT)
    report = Reported(
        device=fields.text("device", 64),
        boot_id=fields.text("boot_id", 64),
        agent_version=fields.text("agent_version", 64),
        slot=fields.text("slot", 8),
        release=fields.text("release", 64),
        update=_update(fields.child("update")),
        programme=_programme(fields.optional_child("programme")),
        verdict=_verdict(fields.child("verdict")),
        desired_serial=fields.whole("desired_serial"),
        alerts=fields.texts("alerts"),
        refused=fields.counts("refused"),
    )
    fields.done()
    return report
