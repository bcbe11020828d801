"""Encodes and decodes the numbered events of a device; it does not keep them."""

from dataclasses import dataclass
from typing import assert_never

from device_agent.wire.local import AlertShown, ProofOfPlay
from device_agent.wire.strict_json import Fields, WireError, read_object, write_object

LIMIT = 8 * 1024
EventBody = AlertShown | ProofOfPlay


@dataclass(frozen=True)
class Event:
    """One event; `number` grows by one on each device and never starts again."""

    device: str
    number: int
    body: EventBody


def kind_of(body: EventBody) -> str:
    """The last level of the topic an event goes to."""
    match body:
        case AlertShown():
            return "alert-shown"
        case ProofOfPlay():
            return "proof-of-play"
        case _ as unreachable:
            assert_never(unreachable)


def body_members(body: EventBody) -> dict[str, object]:
    """The JSON members of an event's body."""
    match body:
        case AlertShown(program, alert_id, at):
            return {"program": program, "alert_id": alert_id, "at": at.isoformat()}
        case ProofOfPlay(item_id, start, end, reason):
            return {
                "item_id": item_id,
                "start": start.isoformat(),
                "end": end.isoformat(),
                "reason": reason,
            }
        case _ as unreachable:
            assert_never(unreachable)


def encode_event(event: Event) -> bytes:
    """JSON of the event."""
    return write_object(
        {
            "device": event.device,
            "number": event.number,
            "kind": kind_of(event.body),
            "body": body_members(event.body),
        }
    )


def _body(kind: str, fields: Fields) -> EventBody:
    body: EventBody
    match kind:
        case "alert-shown":
            body = AlertShown(
                fields.text("program", 16), fields.text("alert_id", 256), fields.moment("at")
            )
        case "proof-of-play":
            body = ProofOfPlay(
                fields.text("item_id", 256),
                fields.moment("start"),
                fields.moment("end"),
                fields.text("reason", 512),
            )
        case _:
            raise WireError("event: 'kind' is none of ours.")
    fields.done()
    return body


def decode_event(data: bytes) -> Event:
    """Parse an event.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "event", LIMIT)
    event = Event(
        device=fields.text("device", 64),
        number=fields.whole("number", 1),
        body=_body(fields.text("kind", 32), fields.child("body")),
    )
    fields.done()
    return event
