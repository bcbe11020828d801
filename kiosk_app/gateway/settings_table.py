"""One table of `gateway.toml`, read key by key; what was not asked for is refused."""

from collections.abc import Mapping
from pathlib import Path

from kiosk_app.gateway.errors import CannotServe


class SettingsError(CannotServe):
    """The settings cannot be used; one sentence with the key."""


class SettingsTable:
    """One table; what was asked for is known, the rest is refused."""

    def __init__(self, raw: object, place: str, folder: Path) -> None:
        if not isinstance(raw, Mapping):
            raise SettingsError(f"{place.removesuffix('.')}: is not a table")
        self._raw: Mapping[str, object] = raw
        self._place = place
        self._folder = folder
        self._known: set[str] = set()

    def table(self, name: str) -> "SettingsTable":
        """The table of that name; empty where there is none."""
        return SettingsTable(self._value(name, {}), f"{self._place}{name}.", self._folder)

    def tables(self, name: str) -> list[tuple[str, "SettingsTable"]]:
        """The tables within the table of that name."""
        outer = self.table(name)
        return [(inner, outer.table(inner)) for inner in outer._raw]  # noqa: SLF001 - its own kind

    def has(self, name: str) -> bool:
        """Whether there is such a key."""
        self._known.add(name)
        return name in self._raw

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not blank. This and the others raise `SettingsError`."""
        value = self._value(name, default)
        if not isinstance(value, str) or not value.strip():
            raise self.error(name, "is not a text")
        return value

    def path(self, name: str) -> Path | None:
        """A path, relative to the folder of the file; None where there is no such key."""
        return self._folder / self.text(name) if self.has(name) else None

    def number(self, name: str, default: int, allowed: range) -> int:
        """A whole number."""
        value = self._value(name, default)
        if type(value) is not int or value not in allowed:
            raise self.error(name, f"is not a number from {allowed.start} to {allowed.stop - 1}")
        return value

    def choice(self, name: str, default: str, allowed: frozenset[str]) -> str:
        """One of those texts."""
        value = self.text(name, default)
        if value not in allowed:
            raise self.error(name, f"is none of {', '.join(sorted(allowed))}")
        return value

    def list(self, name: str) -> list[object]:
        """A list that is not empty."""
        value = self._value(name, None)
        if not isinstance(value, list) or not value:
            raise self.error(name, "is not a list")
        return value

    def texts(self, name: str) -> dict[str, str]:
        """A table of texts."""
        table = self.table(name)
        return {inner: table.text(inner) for inner in table._raw}  # noqa: SLF001 - its own kind

    def error(self, name: str, what: str) -> SettingsError:
        """What to raise for that key."""
        return SettingsError(f"{self._place}{name}: {what}")

    def refuse_others(self) -> None:
        """Raise `SettingsError` for a key that was not asked for."""
        for name in sorted(self._raw.keys() - self._known):
            raise self.error(name, "is not known here")

    def _value(self, name: str, default: object) -> object:
        self._known.add(name)
        return self._raw.get(name, default)
