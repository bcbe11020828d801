"""The password of a card from a command's options, environment or input; keeps it nowhere.

A list of processes shows options to everybody on the machine, so ``-`` reads from the input.
"""

import re
from collections.abc import Mapping
from typing import TextIO

from kiosk_app.cards.icao.passwords import Can, MrzKey, Password, mrz_key
from kiosk_app.cards.mrz import MrzError

CAN_VARIABLE = "KIOSK_APP_CAN"
MRZ_VARIABLE = "KIOSK_APP_MRZ"
NEEDED = (
    "this card is opened by the six digits printed on it (--can) or by its machine readable "
    f"zone (--mrz); --can - and --mrz - read them from the input, {CAN_VARIABLE} and "
    f"{MRZ_VARIABLE} from the environment"
)

_FROM_INPUT = "-"
_MOST_CHARACTERS = 400
_LINES = 3
_FIELDS = 3
_CAN = re.compile(r"[0-9]{6}")
_DATE = re.compile(r"(?:[0-9]{2})?([0-9]{2})-([0-9]{2})-([0-9]{2})|([0-9]{6})")


class PasswordOptionError(ValueError):
    """What was given is no password; the sentence does not repeat it."""


def password_from(
    can: str | None, mrz: str | None, environment: Mapping[str, str], given: TextIO
) -> Password | None:
    """Take the password from the options, else from the environment; None: there is none.

    Args:
        can: the option: six digits, or ``-`` for the input's first line.
        mrz: the option: the two or three lines with spaces between, or the three fields document
            number, birth date and expiry date; or ``-`` for up to three lines of the input.
        environment: KIOSK_APP_CAN and KIOSK_APP_MRZ count where no option is given.
        given: the input.

    Raises:
        PasswordOptionError: it is no password.
    """
    if can is None and mrz is None:
        can, mrz = environment.get(CAN_VARIABLE), environment.get(MRZ_VARIABLE)
    if can is not None and mrz is not None:
        raise PasswordOptionError("a card is opened by its CAN or by its MRZ, not by both")
    if can is not None:
        return _can(_input(given, 1) if can == _FROM_INPUT else can)
    if mrz is not None:
        return _mrz(_input(given, _LINES) if mrz == _FROM_INPUT else mrz)
    return None


def _input(given: TextIO, most_lines: int) -> str:
    lines: list[str] = []
    while len(lines) < most_lines and (line := given.readline(_MOST_CHARACTERS)).strip():
        lines.append(line)
    return " ".join(lines)


def _can(text: str) -> Can:
    if not _CAN.fullmatch(text.strip()):
        raise PasswordOptionError("a CAN is six digits")
    return Can(text.strip())


def _mrz(text: str) -> MrzKey:
    parts = text.upper().replace(",", " ").split()
    dates = [_DATE.fullmatch(part) for part in parts[1:]]
    if len(parts) == _FIELDS and all(dates):
        birth, expiry = ("".join(filter(None, found.groups())) for found in dates if found)
        return MrzKey(parts[0], birth, expiry)
    try:
        return mrz_key("".join(parts))
    except MrzError as error:
        raise PasswordOptionError(
            "an MRZ is its two or three lines, or document number, birth and expiry date "
            "as YYMMDD or YYYY-MM-DD"
        ) from error
