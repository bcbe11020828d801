"""Encodes and decodes commands and their answers; whether a command is obeyed is not its matter.

A command is the payload of a DSSE envelope of PAYLOAD_TYPE; an answer is plain JSON.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from device_agent.wire.strict_json import WireError, read_object, write_object
from device_agent.wire.topics import is_name

PAYLOAD_TYPE = "application/vnd.otevrene-mesto.command+json"
LIMIT = 16 * 1024


class CommandStatus(StrEnum):
    """How far a command is; the last three are final."""

    ACCEPTED = "accepted"
    EXECUTING = "executing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUSED = "refused"

    @property
    def final(self) -> bool:
        """Whether no further answer follows."""
        return self in {CommandStatus.SUCCEEDED, CommandStatus.FAILED, CommandStatus.REFUSED}


@dataclass(frozen=True)
class Command:
    """One order to one device; `action` may be one this agent does not know."""

    device: str
    id: str
    action: str
    issued: datetime
    expires: datetime


@dataclass(frozen=True)
class CommandResult:
    """One answer to a command; `reason` is empty unless it failed or was refused."""

    device: str
    id: str
    status: CommandStatus
    reason: str
    at: datetime


def encode_command(command: Command) -> bytes:
    """Canonical JSON of the command."""
    return write_object(
        {
            "device": command.device,
            "id": command.id,
            "action": command.action,
            "issued": command.issued.isoformat(),
            "expires": command.expires.isoformat(),
        }
    )


def decode_command(data: bytes) -> Command:
    """Parse a command.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "command", LIMIT)
    command = Command(
        device=fields.text("device", 64),
        id=fields.text("id", 64),
        action=fields.text("action", 64),
        issued=fields.moment("issued"),
        expires=fields.moment("expires"),
    )
    fields.done()
    if not is_name(command.id):
        raise WireError("command: 'id' is not a plain name.")
    return command


def encode_result(result: CommandResult) -> bytes:
    """JSON of the answer."""
    return write_object(
        {
            "device": result.device,
            "id": result.id,
            "status": result.status.value,
            "reason": result.reason,
            "at": result.at.isoformat(),
        }
    )


def decode_result(data: bytes) -> CommandResult:
    """Parse an answer.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "command result", LIMIT)
    status = fields.text("status", 32)
    if status not in list(CommandStatus):
        raise WireError("command result: 'status' is none of ours.")
    result = CommandResult(
        device=fields.text("device", 64),
        id=fields.text("id", 64),
        status=CommandStatus(status),
        reason=fields.text("reason"),
        at=fields.moment("at"),
    )
    fields.done()
    return result
