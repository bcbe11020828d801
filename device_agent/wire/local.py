"""Encodes and decodes the JSON lines of the local socket; no card and no account data cross it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from device_agent.wire.alert import Alert
from device_agent.wire.alert_json import alert_members, read_alert
from device_agent.wire.strict_json import Fields, WireError, read_object, write_object

MAX_LINE = 64 * 1024
MAX_PROBLEMS = 16
MAX_ALERTS = 64
PROGRAMS = ("kiosk", "player")


@dataclass(frozen=True)
class Hello:
    """A program introduces itself; `program` is one of PROGRAMS."""

    program: str
    pid: int
    version: str


@dataclass(frozen=True)
class Beat:
    """A program says, each second, how it is and what it shows."""

    program: str
    healthy: bool
    showing: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class AlertShown:
    """An alert stood on the screen at an instant."""

    program: str
    alert_id: str
    at: datetime


@dataclass(frozen=True)
class ProofOfPlay:
    """An item was shown from `start` to `end`; `reason` says why it was its turn."""

    item_id: str
    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True)
class Alerts:
    """All alerts in force, the worst first; sent on connecting and at each change."""

    alerts: tuple[Alert, ...]


@dataclass(frozen=True)
class ProgrammeReady:
    """A programme document at an absolute path, whose blobs are all here and verified."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Connection:
    """Whether the agent has its broker."""

    online: bool


ProgramMessage = Hello | Beat | AlertShown | ProofOfPlay
AgentMessage = Alerts | ProgrammeReady | Connection


def _members(message: ProgramMessage | AgentMessage) -> dict[str, object]:  # noqa: PLR0911 - one for each message
    match message:
        case Hello(program, pid, version):
            return {"type": "hello", "program": program, "pid": pid, "version": version}
        case Beat(program, healthy, showing, problems):
            return {
                "type": "beat",
                "program": program,
                "healthy": healthy,
                "showing": showing,
                "problems": list(problems),
            }
        case AlertShown(program, alert_id, at):
            return {
                "type": "alert_shown",
                "program": program,
                "alert_id": alert_id,
                "at": at.isoformat(),
            }
        case ProofOfPlay(item_id, start, end, reason):
            return {
                "type": "proof_of_play",
                "item_id": item_id,
                "start": start.isoformat(),
                "end": end.isoformat(),
                "reason": reason,
            }
        case Alerts(alerts):
            return {"type": "alerts", "alerts": [alert_members(alert) for alert in alerts]}
        case ProgrammeReady(path, sha256):
            return {"type": "programme_ready", "path": path, "sha256": sha256}
        case Connection(online):
            return {"type": "connection", "online": online}
        case _ as unreachable:
            assert_never(unreachable)


def encode(message: ProgramMessage | AgentMessage) -> bytes:
    """One line with its newline.

    Raises:
        WireError: the line would be longer than MAX_LINE.
    """
    line = write_object(_members(message)) + b"\n"
    if len(line) > MAX_LINE:
        raise WireError(f"local message: longer than {MAX_LINE} bytes.")
    return line


def fitting(alerts: Sequence[Alert]) -> Alerts:
    """As many of the alerts, the worst and newest first, as one line carries."""
    ranked = sorted(alerts, key=lambda a: (a.severity.rank, -a.sent.timestamp(), a.identifier))
    chosen: list[Alert] = []
    size = len('{"alerts":[],"type":"alerts"}\n')
    for alert in ranked[:MAX_ALERTS]:
        size += len(write_object(alert_members(alert))) + 1
        if size > MAX_LINE:
            break
        chosen.append(alert)
    return Alerts(tuple(chosen))


def _program(fields: Fields) -> str:
    program = fields.text("program", 16)
    if program not in PROGRAMS:
        raise WireError("local message: 'program' is neither kiosk nor player.")
    return program


def _beat(fields: Fields) -> Beat:
    return Beat(
        program=_program(fields),
        healthy=fields.truth("healthy"),
        showing=fields.text("showing", 512),
        problems=fields.texts("problems", 512, MAX_PROBLEMS),
    )


def _proof_of_play(fields: Fields) -> ProofOfPlay:
    return ProofOfPlay(
        item_id=fields.text("item_id", 256),
        start=fields.moment("start"),
        end=fields.moment("end"),
        reason=fields.text("reason", 512),
    )


def decode_from_program(line: bytes) -> ProgramMessage:
    """Parse a line a program sent to the agent.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(line, "local message", MAX_LINE)
    message: ProgramMessage
    match fields.text("type", 32):
        case "hello":
            message = Hello(_program(fields), fields.whole("pid", 1), fields.text("version", 64))
        case "beat":
            message = _beat(fields)
        case "alert_shown":
            message = AlertShown(
                _program(fields), fields.text("alert_id", 256), fields.moment("at")
            )
        case "proof_of_play":
            message = _proof_of_play(fields)
        case _:
            raise WireError("local message: 'type' is none a program may send.")
    fields.done()
    return message


def decode_from_agent(line: bytes) -> AgentMessage:
    """Parse a line the agent sent to a program.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(line, "local message", MAX_LINE)
    message: AgentMessage
    match fields.text("type", 32):
        case "alerts":
            message = Alerts(tuple(map(read_alert, fields.children("alerts", MAX_ALERTS))))
        case "programme_ready":
            message = ProgrammeReady(fields.text("path"), fields.text("sha256", 64))
        case "connection":
            message = Connection(fields.truth("online"))
        case _:
            raise WireError("local message: 'type' is none an agent sends.")
    fields.done()
    return message
