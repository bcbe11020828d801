"""Alerts as OASIS CAP 1.2; whether one is trusted or in force is not its matter.

A CAP document travels as the payload of a DSSE envelope of PAYLOAD_TYPE.
"""

from datetime import timedelta

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from device_agent.wire.cap_encode import encode_cap
from device_agent.wire.cap_message import CapInfo, CapMessage, CapReference, MsgType
from device_agent.wire.cap_parse import LIMIT, parse_cap
from device_agent.wire.strict_json import WireError

__all__ = [
    "LIMIT",
    "PAYLOAD_TYPE",
    "Alert",
    "AlertInfo",
    "CapInfo",
    "CapMessage",
    "CapReference",
    "Certainty",
    "MsgType",
    "Severity",
    "Urgency",
    "alert_of",
    "encode_cap",
    "parse_cap",
]

PAYLOAD_TYPE = "application/cap+xml"
DEFAULT_LIFETIME = timedelta(hours=24)  # CAP leaves a missing <expires> to the recipient


def alert_of(message: CapMessage) -> Alert:
    """The alert a device shows: the worst grades and the latest end of all its infos."""
    infos = message.infos
    if not infos:
        raise WireError("CAP alert: no <info> to show.")
    last = message.sent + DEFAULT_LIFETIME
    return Alert(
        identifier=message.identifier,
        sent=message.sent,
        severity=min((i.severity for i in infos), key=list(Severity).index),
        urgency=min((i.urgency for i in infos), key=list(Urgency).index),
        certainty=min((i.certainty for i in infos), key=list(Certainty).index),
        expires=max(i.expires or last for i in infos),
        infos=tuple(
            AlertInfo(
                i.language, i.event, i.headline, i.description, i.instruction, ", ".join(i.areas)
            )
            for i in infos
        ),
    )
