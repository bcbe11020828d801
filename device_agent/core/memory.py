"""Writes and reads what the agent remembers through restarts, as one JSON document."""

from typing import assert_never

from device_agent.core.agent_words import Memory
from device_agent.core.alerts import (
    MAX_ACTIVE,
    MAX_SEEN,
    ActiveAlert,
    AlertBook,
    SeenMessage,
    in_force,
)
from device_agent.core.command import MAX_REMEMBERED, CommandMemory, Remembered
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
from device_agent.wire import WireError
from device_agent.wire.alert_json import alert_members, read_alert
from device_agent.wire.command import decode_result, encode_result
from device_agent.wire.desired import decode_desired, encode_desired
from device_agent.wire.strict_json import Fields, read_object, write_object

LIMIT = 8 * 1024 * 1024
_MAX_ENCODED = 64 * 1024


def encode_memory(memory: Memory) -> bytes:
    """JSON of the memory."""
    return write_object(
        {
            "desired": encode_desired(memory.desired).decode() if memory.desired else None,
            "alerts": _alert_members(memory.alerts),
            "commands": _command_members(memory.commands),
            "update": _update_members(memory.update),
        }
    )


def decode_memory(data: bytes) -> Memory:
    """Parse the memory.

    Raises:
        WireError: the document is damaged; one sentence on where.
    """
    fields = read_object(data, "agent memory", LIMIT)
    desired = fields.optional_text("desired", _MAX_ENCODED)
    memory = Memory(
        desired=decode_desired(desired.encode()) if desired else None,
        alerts=_read_alerts(fields.child("alerts")),
        commands=_read_commands(fields.child("commands")),
        update=_read_update(fields.child("update")),
    )
    fields.done()
    return memory


def _alert_members(book: AlertBook) -> dict[str, object]:
    return {
        "active": [
            {"area": a.area, "sender": a.sender, "alert": alert_members(a.alert)}
            for a in in_force(book)
        ],
        "seen": [
            {"sender": s.sender, "identifier": s.identifier, "sent": s.sent.isoformat()}
            for s in book.seen
        ],
        "forgotten": [
            {"sender": sender, "until": until.isoformat()} for sender, until in book.forgotten
        ],
    }


def _read_alerts(fields: Fields) -> AlertBook:
    book = AlertBook(
        active=tuple(
            ActiveAlert(f.text("area"), f.text("sender"), read_alert(f.child("alert")))
            for f in fields.children("active", MAX_ACTIVE)
        ),
        seen=tuple(
            SeenMessage(f.text("sender"), f.text("identifier"), f.moment("sent"))
            for f in fields.children("seen", MAX_SEEN)
        ),
        forgotten=tuple(
            (f.text("sender"), f.moment("until")) for f in fields.children("forgotten", MAX_SEEN)
        ),
    )
    fields.done()
    return book


def _command_members(memory: CommandMemory) -> dict[str, object]:
    return {
        "remembered": [
            {
                "id": r.id,
                "expires": r.expires.isoformat(),
                "result": encode_result(r.result).decode() if r.result else None,
            }
            for r in memory.remembered
        ],
        "forgotten": memory.forgotten.isoformat() if memory.forgotten else None,
    }


def _read_remembered(fields: Fields) -> Remembered:
    result = fields.optional_text("result", _MAX_ENCODED)
    return Remembered(
        fields.text("id"),
        fields.moment("expires"),
        decode_result(result.encode()) if result else None,
    )


def _read_commands(fields: Fields) -> CommandMemory:
    remembered = tuple(_read_remembered(f) for f in fields.children("remembered", MAX_REMEMBERED))
    forgotten = fields.optional_moment("forgotten")
    fields.done()
    return CommandMemory(remembered, forgotten)


def _update_members(state: UpdateState) -> dict[str, object]:
    members: dict[str, object] = {"phase": type(state).__name__}
    match state:
        case Idle():
            return members
        case Fetching(version) | Installing(version):
            return members | {"version": version}
        case Rebooting(version, slot, starts) | OnProbation(version, slot, starts=starts):
            return members | {"version": version, "slot": slot, "starts": starts}
        case Committed(version, slot):
            return members | {"version": version, "slot": slot}
        case RollingBack(version, slot, reason) | RolledBack(version, slot, reason):
            return members | {"version": version, "slot": slot, "reason": reason}
        case _ as unreachable:
            assert_never(unreachable)


def _read_update(fields: Fields) -> UpdateState:
    try:
        state = _read_phase(fields)
    except WireError:
        raise
    except ValueError as error:
        raise WireError(f"agent memory: the update is impossible: {error}") from error
    fields.done()
    return state


def _read_phase(fields: Fields) -> UpdateState:
    phase = fields.text("phase")
    if phase == "Idle":
        return Idle()
    version = fields.text("version")
    if phase in {"Fetching", "Installing"}:
        return Fetching(version) if phase == "Fetching" else Installing(version)
    slot = fields.text("slot")
    return _read_slotted(fields, phase, version, slot)


def _read_slotted(fields: Fields, phase: str, version: str, slot: str) -> UpdateState:
    match phase:
        case "Rebooting":
            return Rebooting(version, slot, fields.whole("starts"))
        case "OnProbation":
            # Monotonic seconds mean nothing in another process; `Started` begins them anew.
            return OnProbation(version, slot, 0.0, starts=fields.whole("starts"))
        case "Committed":
            return Committed(version, slot)
        case "RollingBack":
            return RollingBack(version, slot, fields.text("reason"))
        case "RolledBack":
            return RolledBack(version, slot, fields.text("reason"))
        case _:
            raise WireError("agent memory: 'update.phase' is none of ours.")
