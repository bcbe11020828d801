"""Which PINs may be chosen. Pure: it keeps and compares none."""

from dataclasses import dataclass
from datetime import date
from typing import Final

_DIGITS: Final = "0123456789"
_UP: Final = _DIGITS * 2
_DOWN: Final = _UP[::-1]


@dataclass(frozen=True)
class PinRules:
    """From how many to how many digits a PIN has."""

    shortest: int = 4
    longest: int = 8

    def __post_init__(self) -> None:
        if not 4 <= self.shortest <= self.longest <= 12:  # noqa: PLR2004 - ISO 9564-1 section 4.1
            raise ValueError("a PIN has from 4 to 12 digits (ISO 9564-1)")

    def objection(self, pin: str, born: date | None) -> str | None:
        """Why that PIN may not be chosen, in one sentence without it; None when it may."""
        if not (pin.isascii() and pin.isdigit()):
            return "a PIN is made of digits"
        if not self.shortest <= len(pin) <= self.longest:
            return f"a PIN has {self.shortest} to {self.longest} digits"
        if len(set(pin)) == 1:
            return "a PIN is not one digit again and again"
        if pin in _UP or pin in _DOWN:
            return "a PIN does not count up or down"
        if born is not None and pin in _days(born):
            return "a PIN is not the date of birth"
        return None


def _days(born: date) -> frozenset[str]:
    forms = ("%d%m", "%m%d", "%Y", "%d%m%y", "%m%d%y", "%y%m%d", "%d%m%Y", "%m%d%Y", "%Y%m%d")
    return frozenset(born.strftime(form) for form in forms)
