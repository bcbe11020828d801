"""What an alert says on the screen, in which order and with which sign; pure, paints nothing."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from device_agent.wire.alert import Alert, AlertInfo
from device_agent.wire.severity_signs import SEVERITY_SIGNS, SeveritySign

_FIRST = ("cs", "en", "de", "pl")


@dataclass(frozen=True)
class Words:
    """The first language large, the second beside it, and what stands at the foot."""

    look: SeveritySign
    first: AlertInfo | None
    second: AlertInfo | None
    foot: str


def words(alerts: tuple[Alert, ...], site: ZoneInfo) -> Words:
    """The words for the worst alert, which comes first; the others are named at the foot."""
    alert = alerts[0]
    ranked = sorted(alert.infos, key=_language_rank)
    first = ranked[0] if ranked else None
    second = next((info for info in ranked[1:] if _tongue(info) != _tongue(ranked[0])), None)
    return Words(SEVERITY_SIGNS[alert.severity], first, second, _foot(alerts, site))


def _tongue(info: AlertInfo) -> str:
    return info.language.split("-")[0].lower()


def _language_rank(info: AlertInfo) -> int:
    tongue = _tongue(info)
    return _FIRST.index(tongue) if tongue in _FIRST else len(_FIRST)


def _foot(alerts: tuple[Alert, ...], site: ZoneInfo) -> str:
    alert = alerts[0]
    parts = [f"Vydáno / Issued {_clock(alert.sent, site)}"]
    parts.append(f"Platí do / Until {_clock(alert.expires, site)}")
    others = [
        info.headline
        for other in alerts[1:]
        for info in sorted(other.infos, key=_language_rank)[:1]
    ]
    if others:
        parts.append(
            f"Další / More: {others[0]}" + (f" (+{len(others) - 1})" if others[1:] else "")
        )
    return "   ·   ".join(parts)


def _clock(moment: datetime, site: ZoneInfo) -> str:
    local = moment.astimezone(site)
    return f"{local.day}. {local.month}. {local:%H:%M}"
