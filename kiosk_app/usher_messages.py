"""JSON lines between the usher and its windows; no account data and no card data cross them.

What the agent says goes on to the windows in the agent's own lines (`device_agent.wire.local`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from device_agent.wire import WireError
from device_agent.wire.local import AgentMessage, decode_from_agent, encode
from device_agent.wire.strict_json import Fields, read_object, write_object
from kiosk_app.session.causes import EndReason

MAX_LINE = 64 * 1024
_WHAT = "usher message"


@dataclass(frozen=True)
class Front:
    """Usher to window: come before the citizen."""


ToWindow = Front | AgentMessage


@dataclass(frozen=True)
class Painted:
    """Window to usher: warm, painted once, ready to come to the front."""


@dataclass(frozen=True)
class Raised:
    """Window to usher: in front, and the first frame there is painted."""


@dataclass(frozen=True)
class Showing:
    """Window to usher, each second: the name of the screen, never what is on it."""

    screen: str
    painting: bool
    problems: tuple[str, ...]


@dataclass(frozen=True)
class SessionOver:
    """Window to usher: this process has served its citizen."""

    reason: EndReason


@dataclass(frozen=True)
class Cleared:
    """Window to usher: the token was given back; nothing keeps this process any more."""


@dataclass(frozen=True)
class AlertSeen:
    """Window to usher: an alert stood on the front screen."""

    identifier: str
    at: datetime


FromWindow = Painted | Raised | Showing | SessionOver | Cleared | AlertSeen


def encode_to_window(message: ToWindow) -> bytes:
    """One line for a window."""
    match message:
        case Front():
            return write_object({"type": "front"}) + b"\n"
        case _:
            return encode(message)


def decode_to_window(line: bytes) -> ToWindow:
    """What the usher says.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(line, _WHAT, MAX_LINE)
    if fields.text("type", 32) != "front":
        return decode_from_agent(line)
    fields.done()
    return Front()


def encode_from_window(message: FromWindow) -> bytes:
    """One line for the usher."""
    return write_object(_members(message)) + b"\n"


def _members(message: FromWindow) -> dict[str, object]:
    match message:
        case Painted():
            return {"type": "painted"}
        case Raised():
            return {"type": "raised"}
        case Showing(screen, painting, problems):
            problem_list = list(problems)
            return {
                "type": "showing",
                "screen": screen,
                "painting": painting,
                "problems": problem_list,
            }
        case SessionOver(reason):
            return {"type": "session_over", "reason": reason.value}
        case Cleared():
            return {"type": "cleared"}
        case AlertSeen(identifier, at):
            return {"type": "alert_seen", "identifier": identifier, "at": at.isoformat()}
        case _ as unreachable:
            assert_never(unreachable)


def decode_from_window(line: bytes) -> FromWindow:
    """What a window says.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(line, _WHAT, MAX_LINE)
    message = _read(fields, fields.text("type", 32))
    fields.done()
    return message


def _read(fields: Fields, kind: str) -> FromWindow:
    match kind:
        case "painted":
            return Painted()
        case "raised":
            return Raised()
        case "showing":
            screen, painting = fields.text("screen", 64), fields.truth("painting")
            return Showing(screen, painting, fields.texts("problems", 256, 16))
        case "session_over":
            return SessionOver(_reason(fields.text("reason", 32)))
        case "cleared":
            return Cleared()
        case "alert_seen":
            return AlertSeen(fields.text("identifier", 256), fields.moment("at"))
        case _:
            raise WireError(f"{_WHAT}: 'type' is none a window may send.")


def _reason(text: str) -> EndReason:
    try:
        return EndReason(text)
    except ValueError as error:
        raise WireError(f"{_WHAT}: 'reason' is not known.") from error
