"""What the signs promise to the eye."""

from device_agent.wire.alert import Severity
from device_agent.wire.severity_signs import SEVERITY_SIGNS, Rgb, hexadecimal

_READABLE = 4.5
"""WCAG 2.2, 1.4.3, for text; EN 301 549 asks the same of a terminal."""


def test_every_severity_has_a_sign_of_its_own() -> None:
    assert set(SEVERITY_SIGNS) == set(Severity)
    assert len({(s.czech, s.english, s.ground) for s in SEVERITY_SIGNS.values()}) == len(Severity)


def test_warnings_differ_by_more_than_colour() -> None:
    warnings = (Severity.EXTREME, Severity.SEVERE, Severity.MODERATE, Severity.MINOR)
    assert len({SEVERITY_SIGNS[severity].sign for severity in warnings}) == len(warnings)
    assert len({SEVERITY_SIGNS[severity].czech for severity in warnings}) == len(warnings)


def test_text_is_readable_on_ground_and_band() -> None:
    for sign in SEVERITY_SIGNS.values():
        assert _contrast(sign.ink, sign.ground) >= _READABLE
        assert _contrast(sign.ink, sign.band) >= _READABLE


def test_colour_as_hexadecimal() -> None:
    assert hexadecimal((178, 62, 4)) == "#b23e04"


def _contrast(one: Rgb, other: Rgb) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
