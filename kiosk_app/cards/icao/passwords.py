"""What opens a chip: the card's number or the printed lines; asks nobody for them.

ICAO Doc 9303 part 11 sections 4.3.2 (BAC), 4.4.4.1 and 9.7.3 (PACE).
"""

import hashlib
from dataclasses import dataclass, field
from typing import assert_never

from kiosk_app.cards.mrz import MrzError, check_digit, key_fields

_CAN_DIGITS = 6
_NUMBER_SIZE = 9
_DATE_SIZE = 6
_MAX_NUMBER = 22
_SEED_SIZE = 16


class PasswordError(ValueError):
    """The password cannot be one; no chip needs to be asked."""


@dataclass(frozen=True, slots=True)
class Can:
    """The six digits printed on the front of a card."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MrzKey:
    """The three fields of the machine readable zone that have check digits of their own.

    Attributes:
        document_number: as printed, with or without fillers at its end.
        birth_date: YYMMDD as printed.
        expiry: YYMMDD as printed.
    """

    document_number: str = field(repr=False)
    birth_date: str = field(repr=False)
    expiry: str = field(repr=False)


Password = Can | MrzKey


def mrz_key(characters: str) -> MrzKey:
    """Take the key from a whole machine readable zone, all its lines joined.

    Raises:
        MrzError: not a machine readable zone, or a check digit is wrong.
    """
    return MrzKey(*key_fields(characters))


def reference(password: Password) -> bytes:
    """Name the kind of password as MSE:Set AT does (data object 83)."""
    match password:
        case MrzKey():
            return b"\x01"
        case Can():
            return b"\x02"
        case _:
            assert_never(password)


def pace_secret(password: Password) -> bytes:
    """Give the bytes that PACE derives its nonce key from.

    Raises:
        PasswordError: it cannot be a password.
    """
    match password:
        case MrzKey():
            return _digest(password)
        case Can(digits):
            if len(digits) != _CAN_DIGITS or not (digits.isascii() and digits.isdigit()):
                raise PasswordError("A CAN is six digits.")
            return digits.encode("ascii")
        case _:
            assert_never(password)


def bac_seed(key: MrzKey) -> bytes:
    """Give the seed of the document's basic access keys.

    Raises:
        PasswordError: it cannot be a password.
    """
    return _digest(key)[:_SEED_SIZE]


def mrz_information(key: MrzKey) -> str:
    """Write the three fields with their check digits.

    Raises:
        PasswordError: a field has another length or a forbidden character.
    """
    number = key.document_number.ljust(_NUMBER_SIZE, "<")
    dates = (key.birth_date, key.expiry)
    if len(number) > _MAX_NUMBER or any(len(date) != _DATE_SIZE for date in dates):
        raise PasswordError("A document number has up to 22 characters, a date has six.")
    try:
        return "".join(part + check_digit(part) for part in (number, *dates))
    except MrzError as error:
        raise PasswordError(str(error)) from error


def _digest(key: MrzKey) -> bytes:
    information = mrz_information(key).encode("ascii")
    return hashlib.sha1(information, usedforsecurity=False).digest()
