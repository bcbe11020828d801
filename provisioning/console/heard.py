"""Parses what devices say on their topics; it opens no connection and judges no health."""

from dataclasses import dataclass

from device_agent.wire.reported import Reported, decode_reported
from device_agent.wire.status import Status, decode_status
from device_agent.wire.strict_json import WireError
from device_agent.wire.topics import ReportedTopic, StatusTopic, parse


@dataclass(frozen=True)
class DeviceSaid:
    """One parsed statement of a device, as the topic it came on allows."""

    device: str
    statement: Reported | Status


def parse_said(topic: str, payload: bytes) -> DeviceSaid:
    """The statement of a message; it must be about the device whose topic it came on.

    Raises:
        WireError: another topic, a malformed statement, or one about another device.
    """
    match parse(topic):
        case ReportedTopic(device):
            statement: Reported | Status = decode_reported(payload)
        case StatusTopic(device):
            statement = decode_status(payload)
        case other:
            raise WireError(f"{type(other).__name__} was not asked for.")
    if statement.device != device:
        raise WireError(f"{device!r} speaks of another device.")
    return DeviceSaid(device, statement)
