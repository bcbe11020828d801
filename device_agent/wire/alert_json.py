"""Writes and reads one alert as JSON members, for the local socket and the agent's state file."""

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from device_agent.wire.strict_json import Fields, WireError

_MAX_WORDS = 64 * 1024
_MAX_INFOS = 16


def alert_members(alert: Alert) -> dict[str, object]:
    """The JSON members of one alert."""
    return {
        "identifier": alert.identifier,
        "sent": alert.sent.isoformat(),
        "severity": alert.severity.value,
        "urgency": alert.urgency.value,
        "certainty": alert.certainty.value,
        "expires": alert.expires.isoformat(),
        "infos": [
            {
                "language": info.language,
                "event": info.event,
                "headline": info.headline,
                "description": info.description,
                "instruction": info.instruction,
                "area": info.area,
            }
            for info in alert.infos
        ],
    }


def _info(fields: Fields) -> AlertInfo:
    info = AlertInfo(
        language=fields.text("language", 64),
        event=fields.text("event", _MAX_WORDS),
        headline=fields.text("headline", _MAX_WORDS),
        description=fields.text("description", _MAX_WORDS),
        instruction=fields.text("instruction", _MAX_WORDS),
        area=fields.text("area", _MAX_WORDS),
    )
    fields.done()
    return info


def _grades(fields: Fields) -> tuple[Severity, Urgency, Certainty]:
    texts = (fields.text("severity", 16), fields.text("urgency", 16), fields.text("certainty", 16))
    try:
        return Severity(texts[0]), Urgency(texts[1]), Certainty(texts[2])
    except ValueError as error:
        raise WireError("alert: severity, urgency or certainty is none of CAP 1.2.") from error


def read_alert(fields: Fields) -> Alert:
    """Read the JSON members of one alert.

    Raises:
        WireError: one sentence on what is wrong where.
    """
    severity, urgency, certainty = _grades(fields)
    alert = Alert(
        identifier=fields.text("identifier", 256),
        sent=fields.moment("sent"),
        severity=severity,
        urgency=urgency,
        certainty=certainty,
        expires=fields.moment("expires"),
        infos=tuple(_info(info) for info in fields.children("infos", _MAX_INFOS)),
    )
    fields.done()
    return alert
