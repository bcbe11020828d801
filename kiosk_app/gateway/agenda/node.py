"""One place in a declaration: takes values of the wanted kind, or says where which one is wrong."""

from typing import Final

import yaml

from kiosk_app.gateway.errors import CannotServe

_MAX_FILE: Final = 1 << 16


class DeclarationError(CannotServe):
    """A declaration cannot be used; one sentence with the file and the place in it."""


class _DoubleName(Exception):  # noqa: N818 - one sentence for the declaration
    """A mapping has one name twice; YAML's own loader would keep the last one only."""


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002 - the library's signature
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for index, name in enumerate(names):
            if name in names[:index]:
                line = node.value[index][0].start_mark.line + 1
                raise _DoubleName(f"{name}: stands twice in one mapping (line {line})")
        return super().construct_mapping(node, deep=deep)


class Node:
    """A mapping of names at a place, such as `waste-fee.yaml: gives.receivables`."""

    def __init__(self, raw: object, file: str, path: str = "") -> None:
        """Take a mapping that is not empty.

        Raises:
            DeclarationError: it is none.
        """
        self.file = file
        self._path = path
        if not isinstance(raw, dict) or not raw or not all(isinstance(key, str) for key in raw):
            raise self.error("is not a mapping of names")
        self._raw: dict[str, object] = raw

    @classmethod
    def of_file(cls, data: bytes, file: str) -> "Node":
        """The whole of one YAML file.

        Raises:
            DeclarationError: it is too long, no YAML, or no mapping.
        """
        if len(data) > _MAX_FILE:
            raise DeclarationError(f"{file}: is longer than {_MAX_FILE} bytes")
        try:
            # Not libyaml's loader: a file nested deep enough would end the process.
            return cls(yaml.load(data, _Loader), file)  # noqa: S506 - it is a safe loader
        except _DoubleName as error:
            raise DeclarationError(f"{file}: {error}") from error
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise DeclarationError(f"{file}: is not YAML{_line_of(error)}") from error

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, in the file's order."""
        return tuple(self._raw)

    def only(self, known: frozenset[str]) -> None:
        """Refuse names that are not known here."""
        for name in sorted(self._raw.keys() - known):
            raise self.error(f"{name}: is not known here")

    def node(self, name: str) -> "Node":
        """The mapping under a name."""
        path = f"{self._path}.{name}" if self._path else name
        return Node(self._raw.get(name), self.file, path)

    def is_node(self, name: str) -> bool:
        """Whether a mapping stands under that name."""
        return isinstance(self._raw.get(name), dict)

    def text(self, name: str) -> str:
        """The text under a name, not empty."""
        value = self._raw.get(name)
        if not isinstance(value, str) or not value.strip():
            quotes = "" if value is None or isinstance(value, str | dict | list) else "; quote it"
            raise self.error(f"{name}: is not a text{quotes}")
        return value

    def number(self, name: str, most: int, default: int | None = None) -> int:
        """The whole number from 1 under a name."""
        value = self._raw.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
            raise self.error(f"{name}: is not 1 to {most}")
        return value

    def error_at(self, name: str, sentence: str) -> DeclarationError:
        """The error that says what is wrong at a name in here."""
        path = f"{self._path}.{name}" if self._path else name
        return DeclarationError(f"{self.file}: {path}: {sentence}")

    def error(self, sentence: str) -> DeclarationError:
        """The error that says what is wrong here."""
        place = f"{self.file}: {self._path}" if self._path else self.file
        return DeclarationError(f"{place}: {sentence}")


def _line_of(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return "" if mark is None else f" (line {mark.line + 1})"
