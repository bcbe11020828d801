"""Reads one JSON object field by field with types and limits; it knows no message of ours."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NoReturn

MAX_TEXT = 4096
MAX_LIST = 64
MAX_WHOLE = 2**53 - 1


class WireError(ValueError):
    """A message was refused; the text is one sentence naming what and where."""


class Fields:
    """The not yet read fields of one JSON object; `done` refuses what nobody asked for."""

    def __init__(self, members: dict[str, object], what: str) -> None:
        self._members = members
        self._what = what

    def _refuse(self, key: str, expected: str) -> NoReturn:
        raise WireError(f"{self._what}: '{key}' must be {expected}.")

    def text(self, key: str, limit: int = MAX_TEXT) -> str:
        """A string of at most `limit` characters without control characters but tab and newline."""
        value = self._members.pop(key, None)
        if not isinstance(value, str) or len(value) > limit or not _is_clean(value):
            self._refuse(key, f"clean text of at most {limit} characters")
        return value

    def optional_text(self, key: str, limit: int = MAX_TEXT) -> str | None:
        """The same, or None when the field is null or absent."""
        if self._members.get(key) is None:
            self._members.pop(key, None)
            return None
        return self.text(key, limit)

    def whole(self, key: str, low: int = 0, high: int = MAX_WHOLE) -> int:
        """An integer from `low` to `high`."""
        value = self._members.pop(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self._refuse(key, f"a whole number from {low} to {high}")
        return value

    def truth(self, key: str) -> bool:
        """True or false."""
        value = self._members.pop(key, None)
        if not isinstance(value, bool):
            self._refuse(key, "true or false")
        return value

    def moment(self, key: str) -> datetime:
        """An ISO 8601 instant with its offset from UTC."""
        text = self.text(key, 40)
        try:
            value = datetime.fromisoformat(text)
            if value.tzinfo is None:
                self._refuse(key, "an instant with its offset from UTC")
            value.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise WireError(f"{self._what}: '{key}' must be an ISO 8601 instant.") from error
        return value

    def optional_moment(self, key: str) -> datetime | None:
        """The same, or None when the field is null or absent."""
        if self._members.get(key) is None:
            self._members.pop(key, None)
            return None
        return self.moment(key)

    def texts(self, key: str, limit: int = 256, count: int = MAX_LIST) -> tuple[str, ...]:
        """A list of at most `count` strings."""
        values = self._list(key, count)
        if not all(isinstance(v, str) and len(v) <= limit and _is_clean(v) for v in values):
            self._refuse(key, f"a list of clean texts of at most {limit} characters")
        return tuple(str(value) for value in values)

    def child(self, key: str) -> "Fields":
        """A nested object."""
        value = self._members.pop(key, None)
        if not isinstance(value, dict):
            self._refuse(key, "an object")
        return Fields(value, f"{self._what}.{key}")

    def optional_child(self, key: str) -> "Fields | None":
        """A nested object, or None when the field is null or absent."""
        if self._members.get(key) is None:
            self._members.pop(key, None)
            return None
        return self.child(key)

    def children(self, key: str, count: int = MAX_LIST) -> tuple["Fields", ...]:
        """A list of at most `count` nested objects."""
        found: list[Fields] = []
        for index, value in enumerate(self._list(key, count)):
            if not isinstance(value, dict):
                self._refuse(key, "a list of objects")
            found.append(Fields(value, f"{self._what}.{key}[{index}]"))
        return tuple(found)

    def counts(self, key: str, count: int = MAX_LIST) -> tuple[tuple[str, int], ...]:
        """An object of at most `count` whole numbers, as pairs in the order of their names."""
        value = self._members.get(key)
        names = sorted(value) if isinstance(value, dict) else []
        child = self.child(key)
        if len(names) > count:
            self._refuse(key, f"an object of at most {count} numbers")
        return tuple((name, child.whole(name)) for name in names)

    def done(self) -> None:
        """Refuse fields that nobody read."""
        if self._members:
            name = min(self._members)[:64]
            raise WireError(f"{self._what}: unknown field {name!r}.")

    def _list(self, key: str, count: int) -> Sequence[object]:
        value = self._members.pop(key, None)
        if not isinstance(value, list) or len(value) > count:
            self._refuse(key, f"a list of at most {count} members")
        return value


def _is_clean(text: str) -> bool:
    return all(c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff") for c in text)


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a field stands twice")
    return members


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def read_object(data: bytes, what: str, limit: int) -> Fields:
    """Parse one JSON object of at most `limit` bytes (RFC 8259, no field twice).

    Raises:
        WireError: too long, not JSON, or not an object.
    """
    if len(data) > limit:
        raise WireError(f"{what}: longer than {limit} bytes.")
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise WireError(f"{what}: not one plain JSON object.") from error
    if not isinstance(value, dict):
        raise WireError(f"{what}: not a JSON object.")
    return Fields(value, what)


def write_object(members: dict[str, object]) -> bytes:
    """Encode as compact UTF-8 JSON with sorted keys."""
    text = json.dumps(members, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")
