"""What an alert says on the screen, in which order and with which sign; pure, paints nothing."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from device_agent.wire.alert import Alert, AlertInfo, Severity

_FIRST = ("cs", "en", "de", "pl")


@dataclass(frozen=True)
class Look:
    """A severity's words, colours (background, band, text; RGB) and sign."""

    czech: str
    english: str
    ground: tuple[int, int, int]
    band: tuple[int, int, int]
    ink: tuple[int, int, int]
    sign: str


_WHITE = (255, 255, 255)
LOOKS = {
    Severity.EXTREME: Look(
        "MIMOŘÁDNÉ NEBEZPEČÍ", "EXTREME DANGER", (138, 13, 28), (96, 4, 16), _WHITE, "octagon"
    ),
    Severity.SEVERE: Look(
        "VYSOKÉ NEBEZPEČÍ", "SEVERE DANGER", (178, 62, 4), (128, 40, 0), _WHITE, "triangle"
    ),
    Severity.MODERATE: Look(
        "NEBEZPEČÍ", "DANGER", (246, 190, 44), (214, 150, 10), (32, 24, 4), "diamond"
    ),
    Severity.MINOR: Look("UPOZORNĚNÍ", "NOTICE", (22, 84, 150), (12, 60, 114), _WHITE, "circle"),
    Severity.UNKNOWN: Look("ZPRÁVA MĚSTA", "NOTICE", (52, 64, 84), (36, 46, 62), _WHITE, "circle"),
}


@dataclass(frozen=True)
class Words:
    """The first language large, the second beside it, and what stands at the foot."""

    look: Look
    first: AlertInfo | None
    second: AlertInfo | None
    foot: str


def words(alerts: tuple[Alert, ...], site: ZoneInfo) -> Words:
    """The words for the worst alert, which comes first; the others are named at the foot."""
    alert = alerts[0]
    ranked = sorted(alert.infos, key=_language_rank)
    first = ranked[0] if ranked else None
    second = next((info for info in ranked[1:] if _tongue(info) != _tongue(ranked[0])), None)
    return Words(LOOKS[alert.severity], first, second, _foot(alerts, site))


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
