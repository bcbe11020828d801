"""Encodes and decodes the status a device keeps at the broker; the last will is one of them."""

from dataclasses import dataclass
from datetime import datetime

from device_agent.wire.strict_json import read_object, write_object

LIMIT = 1024


@dataclass(frozen=True)
class Status:
    """Online or not, in which boot, since when this start of the agent."""

    device: str
    online: bool
    boot_id: str
    since: datetime


def encode_status(status: Status) -> bytes:
    """JSON of the status."""
    return write_object(
        {
            "device": status.device,
            "online": status.online,
            "boot_id": status.boot_id,
            "since": status.since.isoformat(),
        }
    )


def decode_status(data: bytes) -> Status:
    """Parse a status.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    fields = read_object(data, "status", LIMIT)
    status = Status(
        device=fields.text("device", 64),
        online=fields.truth("online"),
        boot_id=fields.text("boot_id", 64),
        since=fields.moment("since"),
    )
    fields.done()
    return status
