"""One agenda as the city's programmer declares it in YAML; it parses, and runs no query.

    agenda: waste-fee
    name: {cs: Poplatek za odpad, en: Waste fee}
    time_limit_ms: 800
    gives:
      receivables:
        sql: SELECT … FROM … WHERE person = :person
        fields: {id: charge_id, title: {cs: "=Poplatek", en: "=Fee"}, …}

A field is a column's name, or a constant behind `=`. Queries know `:person`, `:today` and, sixty
days later, `:soon`.
"""

import re
from dataclasses import dataclass
from typing import Final

import yaml

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.agenda.items import ItemKind, known_fields, required_fields
from kiosk_app.gateway.errors import CannotServe

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MAX_FILE: Final = 1 << 16
_MAX_TIME_LIMIT_MS: Final = 10_000
_AGENDA_KEYS: Final = frozenset({"agenda", "name", "time_limit_ms", "gives"})
_PERSONS_KEYS: Final = frozenset({"persons", "time_limit_ms"})


class DeclarationError(CannotServe):
    """A declaration cannot be used; one sentence with the file and the place in it."""


@dataclass(frozen=True)
class Query:
    """One query and where each field of the model comes from: a column, or a constant with `=`."""

    kind: ItemKind
    sql: str
    fields: dict[str, str]


@dataclass(frozen=True)
class AgendaDeclaration:
    """One agenda: its id, its name for people, its time limit in seconds, and its queries."""

    id: str
    name: LocalizedText
    time_limit: float
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class PersonsDeclaration:
    """The register's query that finds a document's person, and its time limit in seconds."""

    sql: str
    time_limit: float


def parse_declaration(data: bytes, file: str) -> AgendaDeclaration | PersonsDeclaration:
    """The declaration in one YAML file.

    Raises:
        DeclarationError: with the file and the place.
    """
    raw = _mapping(_load(data, file), file)
    if "persons" in raw:
        return _persons(raw, file)
    _refuse_unknown(raw, _AGENDA_KEYS, file)
    agenda = _text(raw, "agenda", file)
    if _NAME.fullmatch(agenda) is None:
        raise DeclarationError(
            f"{file}: agenda: is not a name of small letters, digits and hyphens"
        )
    gives = _mapping(raw.get("gives"), f"{file}: gives")
    return AgendaDeclaration(
        id=agenda,
        name=_name(raw.get("name"), f"{file}: name"),
        time_limit=_time_limit(raw, file),
        queries=tuple(
            _query(kind, query, f"{file}: gives.{kind}") for kind, query in gives.items()
        ),
    )


def _load(data: bytes, file: str) -> object:
    if len(data) > _MAX_FILE:
        raise DeclarationError(f"{file}: is longer than {_MAX_FILE} bytes")
    try:
        # Not libyaml's loader: a file nested deep enough would end the process.
        return yaml.safe_load(data)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DeclarationError(f"{file}: is not YAML{_line_of(error)}") from error


def _line_of(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return "" if mark is None else f" (line {mark.line + 1})"


def _persons(raw: dict[str, object], file: str) -> PersonsDeclaration:
    _refuse_unknown(raw, _PERSONS_KEYS, file)
    query = _mapping(raw["persons"], f"{file}: persons")
    _refuse_unknown(query, frozenset({"sql"}), f"{file}: persons")
    return PersonsDeclaration(_text(query, "sql", f"{file}: persons"), _time_limit(raw, file))


def _query(kind: str, raw: object, place: str) -> Query:
    if kind not in set(ItemKind):
        raise DeclarationError(f"{place}: is none of {', '.join(ItemKind)}")
    query = _mapping(raw, place)
    _refuse_unknown(query, frozenset({"sql", "fields"}), place)
    fields = _flatten(_mapping(query.get("fields"), f"{place}.fields"), f"{place}.fields")
    _refuse_unknown(dict.fromkeys(fields), known_fields(ItemKind(kind)), f"{place}.fields")
    for name in sorted(required_fields(ItemKind(kind)) - fields.keys()):
        raise DeclarationError(f"{place}.fields.{name}: is missing")
    return Query(ItemKind(kind), _text(query, "sql", place), fields)


def _flatten(raw: dict[str, object], place: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in raw.items():
        if isinstance(value, dict):
            inner = _flatten(_mapping(value, f"{place}.{name}"), f"{place}.{name}")
            flat |= {f"{name}.{part}": source for part, source in inner.items()}
        else:
            flat[name] = _text(raw, name, place)
    return flat


def _mapping(raw: object, place: str) -> dict[str, object]:
    if not isinstance(raw, dict) or not raw or not all(isinstance(key, str) for key in raw):
        raise DeclarationError(f"{place}: is not a mapping of names")
    return raw


def _refuse_unknown(raw: dict[str, object], known: frozenset[str], place: str) -> None:
    for name in sorted(raw.keys() - known):
        raise DeclarationError(f"{place}: {name}: is not known here")


def _text(raw: dict[str, object], name: str, place: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise DeclarationError(f"{place}: {name}: is not a text")
    return value


def _name(raw: object, place: str) -> LocalizedText:
    texts = _mapping(raw, place)
    _refuse_unknown(texts, frozenset({"cs", "en"}), place)
    return LocalizedText(_text(texts, "cs", place), _text(texts, "en", place))


def _time_limit(raw: dict[str, object], file: str) -> float:
    value = raw.get("time_limit_ms")
    if not isinstance(value, int) or not 0 < value <= _MAX_TIME_LIMIT_MS:
        raise DeclarationError(f"{file}: time_limit_ms: is not 1 to {_MAX_TIME_LIMIT_MS}")
    return value / 1000
