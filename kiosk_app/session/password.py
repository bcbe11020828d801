"""What opens a contactless chip, and the form in which a passport's part of it is typed; pure."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

CAN_LENGTH = 6  # ICAO 9303 part 11, section 4.2: the card access number; six digits on ID cards
NUMBER_LENGTH = 9  # ICAO 9303 part 4, section 4.2.2: the document number of a passport
DATE_LENGTH = 8  # day, month and year in figures


@dataclass(frozen=True)
class CardCode:
    """The CAN as printed on an ID card: six digits."""

    can: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.can) != CAN_LENGTH or not digits(self.can):
            raise ValueError(f"a CAN is {CAN_LENGTH} digits")


@dataclass(frozen=True)
class PassportData:
    """What a passport without a CAN is opened with: three facts from its data page."""

    number: str = field(repr=False)
    born: date = field(repr=False)
    expires: date = field(repr=False)


Password = CardCode | PassportData


class PassportField(StrEnum):
    """The three fields of the form, in their order."""

    NUMBER = "number"
    BORN = "born"
    EXPIRES = "expires"


@dataclass(frozen=True)
class PassportForm:
    """The form while it is filled in: dates are typed as day, month and year in figures."""

    number: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    expires: str = field(default="", repr=False)
    active: PassportField = PassportField.NUMBER

    def __post_init__(self) -> None:
        if len(self.number) > NUMBER_LENGTH or not all(map(_may_be_in_number, self.number)):
            raise ValueError(f"a passport number is at most {NUMBER_LENGTH} letters and digits")
        for typed in (self.born, self.expires):
            if len(typed) > DATE_LENGTH or not (typed == "" or digits(typed)):
                raise ValueError(f"a date being typed is at most {DATE_LENGTH} digits")

    @property
    def text(self) -> str:
        """What stands in the active field."""
        return self.of(self.active)

    def of(self, name: PassportField) -> str:
        """What stands in a field."""
        return {
            PassportField.NUMBER: self.number,
            PassportField.BORN: self.born,
            PassportField.EXPIRES: self.expires,
        }[name]

    def typed(self, sign: str) -> "PassportForm":
        """The form after a key; what does not fit the active field changes nothing."""
        if self.active is PassportField.NUMBER:
            fits = len(self.number) < NUMBER_LENGTH and _may_be_in_number(sign)
            return replace(self, number=self.number + sign) if fits else self
        if len(self.text) == DATE_LENGTH or not digits(sign):
            return self
        written = self._written(self.text + sign)
        full = len(written.text) == DATE_LENGTH
        if full and self.active is PassportField.BORN and written.wrong is not self.active:
            return replace(written, active=PassportField.EXPIRES)
        return written

    def erased(self) -> "PassportForm":
        """The form without the last sign; an empty field gives way to the one before it."""
        if self.text:
            return self._written(self.text[:-1])
        fields = list(PassportField)
        return replace(self, active=fields[max(0, fields.index(self.active) - 1)])

    def chosen(self, name: PassportField) -> "PassportForm":
        """The form with another field to type into."""
        return replace(self, active=name)

    @property
    def may_go_on(self) -> bool:
        """Whether the active field is filled and not the last one."""
        if self.active is PassportField.BORN:
            return _day(self.born) is not None
        return self.active is PassportField.NUMBER and self.number != ""

    def gone_on(self) -> "PassportForm":
        """The form with the next field to type into."""
        fields = list(PassportField)
        return replace(self, active=fields[fields.index(self.active) + 1])

    @property
    def wrong(self) -> PassportField | None:
        """The first field that is full and no day of the calendar."""
        for name in (PassportField.BORN, PassportField.EXPIRES):
            typed = self.of(name)
            if len(typed) == DATE_LENGTH and _day(typed) is None:
                return name
        return None

    @property
    def data(self) -> PassportData | None:
        """What was typed, once it is complete and can be true."""
        born, expires = _day(self.born), _day(self.expires)
        if not self.number or born is None or expires is None:
            return None
        return PassportData(self.number, born, expires)

    def _written(self, text: str) -> "PassportForm":
        if self.active is PassportField.NUMBER:
            return replace(self, number=text)
        if self.active is PassportField.BORN:
            return replace(self, born=text)
        return replace(self, expires=text)


def digits(text: str) -> bool:
    """Whether these are digits, the ten of ASCII, and at least one."""
    return text.isascii() and text.isdigit()


def _may_be_in_number(sign: str) -> bool:
    return len(sign) == 1 and sign.isascii() and (sign.isdigit() or sign.isupper())


def _day(typed: str) -> date | None:
    if len(typed) != DATE_LENGTH:
        return None
    try:
        return date(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
    except ValueError:
        return None
