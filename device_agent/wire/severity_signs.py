"""A severity's sign, words and colours, the same on every device; pure data, paints nothing."""

from dataclasses import dataclass
from enum import StrEnum

from device_agent.wire.alert import Severity

Rgb = tuple[int, int, int]
"""Red, green and blue from 0 to 255 (sRGB)."""


class Sign(StrEnum):
    """The outline of the sign: severities differ by more than colour."""

    OCTAGON = "octagon"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CIRCLE = "circle"


@dataclass(frozen=True)
class SeveritySign:
    """Words in sentence case; colours of the ground, of a darker band on it and of the text."""

    czech: str
    english: str
    ground: Rgb
    band: Rgb
    ink: Rgb
    sign: Sign


_WHITE, _NIGHT = (255, 255, 255), (32, 24, 4)
SEVERITY_SIGNS = {
    Severity.EXTREME: SeveritySign(
        "Mimořádné nebezpečí", "Extreme danger", (138, 13, 28), (96, 4, 16), _WHITE, Sign.OCTAGON
    ),
    Severity.SEVERE: SeveritySign(
        "Vysoké nebezpečí", "Severe danger", (178, 62, 4), (128, 40, 0), _WHITE, Sign.TRIANGLE
    ),
    Severity.MODERATE: SeveritySign(
        "Nebezpečí", "Danger", (246, 190, 44), (214, 150, 10), _NIGHT, Sign.DIAMOND
    ),
    Severity.MINOR: SeveritySign(
        "Upozornění", "Notice", (22, 84, 150), (12, 60, 114), _WHITE, Sign.CIRCLE
    ),
    Severity.UNKNOWN: SeveritySign(
        "Zpráva města", "City message", (52, 64, 84), (36, 46, 62), _WHITE, Sign.CIRCLE
    ),
}


def hexadecimal(colour: Rgb) -> str:
    """A colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
