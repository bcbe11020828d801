"""Secrets of the servers that carry letters, from files; they are never shown or logged."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk_app.gateway.settings_table import SettingsError

_MAX_FILE: Final = 1 << 14


@dataclass(frozen=True)
class Credentials:
    """A user and a password."""

    user: str = field(repr=False)
    password: str = field(repr=False)


def read_credentials(path: Path) -> Credentials:
    """The two lines of a file: user, password.

    Raises:
        SettingsError, OSError: it is no such file.
    """
    match _lines(path):
        case [user, password]:
            return Credentials(user, password)
        case _:
            raise SettingsError(f"{path}: is not two lines, user and password")


def read_headers(path: Path) -> dict[str, str]:
    """The header lines of a file, as `Name: value`.

    Raises:
        SettingsError, OSError: it is no such file.
    """
    headers: dict[str, str] = {}
    for line in _lines(path):
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not value.strip():
            raise SettingsError(f"{path}: is not lines of a name, a colon and a value")
        headers[name.strip()] = value.strip()
    return headers


def _lines(path: Path) -> list[str]:
    with path.open("rb") as file:
        data = file.read(_MAX_FILE + 1)
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not plain ASCII") from error
    if len(data) > _MAX_FILE:
        raise SettingsError(f"{path}: is longer than {_MAX_FILE} bytes")
    return [line for line in text.splitlines() if line.strip()]
