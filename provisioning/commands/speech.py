"""What a command group needs of the command line; it knows no command."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from provisioning.city import City
from provisioning.founding import enrolled

Say = Callable[[str], None]
"""Tells the person at the terminal one line."""
Run = Callable[[argparse.Namespace, Say], int]
"""A command: does it and returns the exit code."""
Groups: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives it no public name


class CommandError(Exception):
    """An argument cannot be used; one sentence says which and why."""


def now() -> datetime:
    """The time on this machine's clock, aware."""
    return datetime.now(UTC)


def add_command(groups: Groups, name: str, sentence: str) -> argparse.ArgumentParser:
    """Add a command; its sentence stands in the list of commands and above its own help."""
    return groups.add_parser(
        name, help=sentence, description=f"{sentence[0].upper()}{sentence[1:]}."
    )


def add_city(parser: argparse.ArgumentParser) -> None:
    """Let the first argument be the city's folder."""
    parser.add_argument("dir", metavar="DIR", type=Path, help="the city's folder")


def city_of(arguments: argparse.Namespace) -> City:
    """The city that was named.

    Raises:
        CommandError: there is none.
    """
    folder: Path = arguments.dir
    if not (folder / "city.toml").is_file():
        raise CommandError(f"There is no city in {folder}; found one with: provisioning init DIR.")
    return City(folder)


def enrolled_device(city: City, name: str) -> str:
    """The name of a device, once it is certain that it is enrolled.

    Raises:
        CommandError: it is not, be it by a slip of the pen.
    """
    if name not in enrolled(city):
        raise CommandError(f"No device {name[:64]!r} is enrolled; see: provisioning list DIR.")
    return name


def moment(text: str) -> datetime:
    """An ISO 8601 time; one without an offset is meant on this machine's clock."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = f"{text!r} is not a time such as 2026-05-01T18:00+02:00"
        raise argparse.ArgumentTypeError(message) from error
