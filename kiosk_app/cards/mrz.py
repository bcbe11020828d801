"""The machine readable zone of ICAO Doc 9303 parts 4 to 6: lines in, checked facts out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from types import MappingProxyType

from kiosk_app.cards.mrz_layout import LAYOUTS, TD3, Layout

_FILLER = "<"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_VALUES: Mapping[str, int] = MappingProxyType(
    {_FILLER: 0}
    | {digit: int(digit) for digit in _DIGITS}
    | {letter: index + 10 for index, letter in enumerate(_LETTERS)}
)
_WEIGHTS = (7, 3, 1)
_SHORT_NUMBER = 9
_CENTURY = 100


class MrzError(ValueError):
    """The characters are not a machine readable zone, or a check digit is wrong."""


@dataclass(frozen=True, slots=True)
class ShortDate:
    """A date of an MRZ: two digits each; month and day may be unknown (None)."""

    year: int
    month: int | None
    day: int | None

    def birth(self, today: date) -> date | None:
        """Give the date in the last hundred years, or None when a part is unknown."""
        year = today.year - today.year % _CENTURY + self.year
        found = self._in(year)
        if found is not None and found > today:
            return self._in(year - _CENTURY)
        return found

    def expiry(self) -> date | None:
        """Give the date in this century, or None when a part is unknown."""
        return self._in(2000 + self.year)

    def _in(self, year: int) -> date | None:
        if self.month is None or self.day is None:
            return None
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class MrzFacts:
    """What a machine readable zone says.

    Attributes:
        document_code: such as "ID", "I", "P".
        sex: "F", "M" or "" where it is not said.
        optional: what the state put into the optional data; may hold a birth number.
    """

    document_code: str
    issuing_state: str
    document_number: str
    surname: str
    given_names: str
    birth: ShortDate
    sex: str
    expiry: ShortDate
    nationality: str
    optional: str = field(repr=False)


def check_digit(characters: str) -> str:
    """Compute the check digit of ICAO Doc 9303 part 3 section 4.9.

    Raises:
        MrzError: a character that no machine readable zone has.
    """
    if not set(characters) <= _VALUES.keys():
        raise MrzError("The machine readable zone has a character that it may not have.")
    weighted = zip(characters, cycle(_WEIGHTS), strict=False)
    return str(sum(_VALUES[character] * weight for character, weight in weighted) % 10)


def parse_mrz(characters: str) -> MrzFacts:
    """Read a machine readable zone of 90 (TD1), 72 (TD2) or 88 (TD3) characters.

    Raises:
        MrzError: another length, a forbidden character or a wrong check digit.
    """
    layout = _checked_layout(characters)
    surname, given_names = _names(characters[layout.names])
    return MrzFacts(
        document_code=_bare(characters[layout.code]),
        issuing_state=_bare(characters[layout.state]),
        document_number=_bare(_number(characters, layout)),
        surname=surname,
        given_names=given_names,
        birth=_date(characters[layout.birth]),
        sex=_bare(characters[layout.sex]),
        expiry=_date(characters[layout.expiry]),
        nationality=_bare(characters[layout.nationality]),
        optional=" ".join(filter(None, (_bare(characters[part]) for part in layout.optional))),
    )


def key_fields(characters: str) -> tuple[str, str, str]:
    """Give document number, birth date and expiry as printed: what opens the chip.

    Raises:
        MrzError: as ``parse_mrz``.
    """
    layout = _checked_layout(characters)
    number = _number(characters, layout)
    return number, characters[layout.birth], characters[layout.expiry]


def expired(facts: MrzFacts, today: date) -> bool:
    """Tell whether a document's last day has passed; one without a whole date never expires."""
    last_day = facts.expiry.expiry()
    return last_day is not None and last_day < today


def _checked_layout(characters: str) -> Layout:
    layout = LAYOUTS.get(len(characters))
    if layout is None:
        raise MrzError("A machine readable zone has 90, 72 or 88 characters.")
    composite = "".join(characters[part] for part in layout.composite)
    _check("composite", composite, characters[layout.composite_digit])
    check_digit(characters)  # refuses a forbidden character anywhere
    fields = [("birth date", layout.birth), ("expiry date", layout.expiry)]
    if layout is TD3:
        fields.append(("optional data", layout.optional[0]))
    for name, part in fields:
        _check(name, characters[part], characters[part.stop])
    return layout


def _check(name: str, characters: str, digit: str) -> None:
    if check_digit(characters) != (digit if digit != _FILLER else "0"):
        raise MrzError(f"The check digit of the {name} is wrong.")


def _bare(characters: str) -> str:
    return characters.replace(_FILLER, " ").strip()


def _number(characters: str, layout: Layout) -> str:
    """Read the document number; a long TD1/TD2 number goes on in the optional data."""
    number, digit = characters[layout.number], characters[layout.number.stop]
    if digit == _FILLER and layout is not TD3:
        rest = characters[layout.optional[0]].split(_FILLER, maxsplit=1)[0]
        if len(rest) > 1:
            number, digit = number + rest[:-1], rest[-1]
    _check("document number", number, digit)
    return number


def _names(characters: str) -> tuple[str, str]:
    surname, _, given = characters.partition("<<")
    return _bare(surname), " ".join(given.replace(_FILLER, " ").split())


def _date(characters: str) -> ShortDate:
    parts = [characters[i : i + 2] for i in (0, 2, 4)]
    numbers = [int(part) if part.isascii() and part.isdigit() else None for part in parts]
    if numbers[0] is None:
        raise MrzError("A date of the machine readable zone has no year.")
    return ShortDate(numbers[0], numbers[1], numbers[2])
