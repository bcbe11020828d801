"""Reads JSON values into types and notes each fault with its path; knows no programme."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import NoReturn, TypeVar

from playlists.model import Problem, ProgrammeError

T = TypeVar("T")
NAME = (r"[a-z0-9][a-z0-9._-]{0,63}", "a name of small letters, digits, '.', '_' and '-'")
"""What the parts of a programme may be called, and how to say so; for `Node.match`."""


def load(data: bytes, limit: int) -> object:
    """Decode UTF-8 JSON of at most `limit` bytes; refuses doubled keys and NaN.

    Raises:
        ProgrammeError: with the one reason why this is no JSON document.
    """
    if len(data) > limit:
        _refuse(f"the document has {len(data)} bytes; make it at most {limit}")
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise ProgrammeError((Problem("$", "save the document as UTF-8"),)) from error
    except RecursionError as error:
        raise ProgrammeError((Problem("$", "the document is nested too deeply"),)) from error
    except json.JSONDecodeError as error:
        advice = f"repair the JSON at line {error.lineno} column {error.colno}: {error.msg}"
        raise ProgrammeError((Problem("$", advice),)) from error
    except ProgrammeError:
        raise
    except ValueError as error:
        raise ProgrammeError((Problem("$", "a number has too many digits"),)) from error


def _refuse(advice: str) -> NoReturn:
    raise ProgrammeError((Problem("$", advice),))


def _no_constant(name: str) -> NoReturn:
    _refuse(f"write a number instead of {name}")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        _refuse(f"the key {doubled[:40]!r} stands twice in one object; keep one")
    return found


class Node:
    """A JSON value at a path; readers return a harmless value after noting a problem."""

    def __init__(self, value: object, path: str, problems: list[Problem]) -> None:
        self._value = value
        self.path = path
        self._problems = problems

    def wrong(self, advice: str) -> None:
        """Note a problem here."""
        self._problems.append(Problem(self.path, advice))

    def members(self, required: set[str], optional: set[str] | None = None) -> dict[str, "Node"]:
        """The members of an object; unknown keys are noted, missing required ones too."""
        value = self._value
        if not isinstance(value, dict):
            self.wrong("must be an object")
            value = {}
        known = required | (optional or set())
        for key in value:
            if key not in known:
                self.wrong(f"remove the unknown key {key[:40]!r}; known are {sorted(known)}")
        for key in sorted(required - set(value)):
            self.wrong(f"add the key {key!r}")
        keys = [key for key in value if key in known] + sorted(required - set(value))
        return {
            key: Node(value.get(key), f"{self.path}.{key}", self._muted(value, key)) for key in keys
        }

    def _muted(self, value: dict[str, object], key: str) -> list[Problem]:
        """A missing key is noted once, so what is read from it is not noted again."""
        return self._problems if key in value else []

    def array(self, read: Callable[["Node"], T], least: int, most: int) -> tuple[T, ...]:
        """Read each element of an array of `least` to `most` elements."""
        value = self._value
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.wrong(f"must be an array of {least} to {most} elements")
            return ()
        return tuple(
            read(Node(element, f"{self.path}[{index}]", self._problems))
            for index, element in enumerate(value)
        )

    def text(self, most: int) -> str:
        """A string of 1 to `most` printable characters."""
        value = self._value
        if isinstance(value, str) and 0 < len(value) <= most and value.isprintable():
            return value
        self.wrong(f"must be a text of 1 to {most} printable characters")
        return ""

    def match(self, pattern: str, meaning: str) -> str:
        """A string that fully matches a pattern; `meaning` tells the person what to write."""
        value = self._value
        if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII):
            return value
        self.wrong(f"must be {meaning}")
        return ""

    def whole(self, least: int, most: int) -> int:
        """An integer between two bounds, inclusive."""
        value = self._value
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(f"must be a whole number from {least} to {most}")
        return least

    def number(self, least: float, most: float) -> float:
        """A number between two bounds, inclusive."""
        value = self._value
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and least <= value <= most
        ):
            return float(value)
        self.wrong(f"must be a number from {least:g} to {most:g}")
        return least

    def choice(self, kind: Callable[[str], T], choices: tuple[str, ...], fallback: T) -> T:
        """One of a closed list of strings, made into a value by `kind`."""
        if isinstance(self._value, str) and self._value in choices:
            return kind(self._value)
        self.wrong(f"must be one of {', '.join(choices)}")
        return fallback

    def day(self) -> date:
        """A calendar date, ISO 8601 extended (2026-05-17)."""
        text = self.match(r"\d{4}-\d{2}-\d{2}", "a date like 2026-05-17")
        try:
            return date.fromisoformat(text) if text else date.min
        except ValueError:
            self.wrong("is no day of the calendar; write a date like 2026-05-17")
            return date.min

    def clock(self) -> time:
        """A wall time in hours and minutes (08:30)."""
        text = self.match(r"([01]\d|2[0-3]):[0-5]\d", "a time like 08:30 (00:00 to 23:59)")
        return time.fromisoformat(text) if text else time.min

    def wall_time(self) -> datetime:
        """A date and wall time without an offset (2026-05-17T08:30)."""
        pattern = r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d"
        text = self.match(pattern, "a date and wall time like 2026-05-17T08:30")
        try:
            return datetime.fromisoformat(text) if text else datetime.min  # noqa: DTZ901 - on a wall
        except ValueError:
            self.wrong("is no day of the calendar; write one like 2026-05-17T08:30")
            return datetime.min  # noqa: DTZ901 - the wall's
