"""One agenda as the city's programmer declares it in YAML; it parses, and asks nobody.

    agenda: waste-fee
    name: {cs: Poplatek za odpad, en: Waste fee}
    time_limit_ms: 800
    gives:
      receivables:
        sql: SELECT … FROM … WHERE person = :person
        fields: {id: charge_id, title: {cs: "=Poplatek", en: "=Fee"}, …}

A field is a column's name, or a constant behind `=`. Queries know `:person`, `:today` and, sixty
days later, `:soon`. With `rest:` beside `gives:` the agenda is asked over HTTPS instead; a field is
then a JSON pointer (RFC 6901) into one item of the answer. docs/integration.md has all of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.agenda.json_pointer import PointerError, check_pointer
from kiosk_app.gateway.agenda.kinds import ItemKind, known_fields, required_fields
from kiosk_app.gateway.agenda.node import DeclarationError, Node
from kiosk_app.gateway.agenda.rest_source import RestSource, rest_source
from kiosk_app.gateway.agenda.sql_text import SqlRefused, checked_sql

CITY: Final = "city"
"""The database that an agenda is read from when it names none."""
CONSTANT: Final = "="
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
# The gateway's own to-dos begin so.
_TAKEN: Final = frozenset({"pay", "read", "answer", "renew"})
_MAX_TIME_LIMIT_MS: Final = 10_000
_AGENDA_KEYS: Final = frozenset(
    {"agenda", "name", "time_limit_ms", "database", "rest", "gives", "file"}
)
_PERSON: Final = frozenset({"person"})
_PARAMETERS: Final = _PERSON | {"today", "soon"}
_SUBJECT: Final = frozenset({"subject"})
_FILE: Final = _PERSON | {"id"}
_DOCUMENT: Final = frozenset({"issuing_state", "document_number"})


@dataclass(frozen=True)
class Query:
    """One query and where each field of the model comes from: a column, or a constant with `=`."""

    kind: ItemKind
    sql: str
    fields: dict[str, str]


@dataclass(frozen=True)
class SqlSource:
    """The database an agenda is read from, by its name in the configuration, and the queries."""

    database: str
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class Listing:
    """One request and where each field comes from: a JSON pointer, or a constant with `=`.

    `path` is below the source's URL and has `{person}`; `items` points at the list of items.
    """

    kind: ItemKind
    path: str
    items: str
    fields: dict[str, str]


@dataclass(frozen=True)
class HttpSource:
    """The service an agenda is asked over HTTPS, and the requests."""

    service: RestSource
    listings: tuple[Listing, ...]


@dataclass(frozen=True)
class AgendaDeclaration:
    """One agenda: its id, its name for people, its time limit in seconds, and whom it asks."""

    id: str
    name: LocalizedText
    time_limit: float
    source: SqlSource | HttpSource
    file_sql: str | None = None
    """The query for the PDF of one document: one row of one column of bytes."""

    @property
    def kinds(self) -> frozenset[ItemKind]:
        """What it gives."""
        source = self.source
        asked = source.queries if isinstance(source, SqlSource) else source.listings
        return frozenset(each.kind for each in asked)


@dataclass(frozen=True)
class PersonsDeclaration:
    """The register's query that finds a document's person, and its time limit in seconds.

    `openid_sql` finds the person of a subject of the city's OpenID provider, if it is declared.
    """

    sql: str
    time_limit: float
    database: str = CITY
    openid_sql: str | None = None


@dataclass(frozen=True)
class MandatesDeclaration:
    """The query that tells for whom else a person may act, and its time limit in seconds."""

    sql: str
    time_limit: float
    database: str = CITY


Declaration = AgendaDeclaration | PersonsDeclaration | MandatesDeclaration


def parse_declaration(data: bytes, file: str) -> Declaration:
    """The declaration in one YAML file.

    Raises:
        DeclarationError: with the file and the place.
    """
    root = Node.of_file(data, file)
    if "persons" in root:
        return _persons(root)
    if "mandates" in root:
        return _mandates(root)
    root.only(_AGENDA_KEYS)
    agenda = root.text("agenda")
    if _NAME.fullmatch(agenda) is None or agenda in _TAKEN:
        raise root.error("agenda: is not a name of small letters, digits and hyphens")
    return AgendaDeclaration(
        id=agenda,
        name=_name(root.node("name")),
        time_limit=_time_limit(root),
        source=_source(root),
        file_sql=_file_sql(root),
    )


def _persons(root: Node) -> PersonsDeclaration:
    root.only(frozenset({"persons", "persons_openid", "time_limit_ms", "database"}))
    by_openid = _only_sql(root, "persons_openid", _SUBJECT) if "persons_openid" in root else None
    by_document = _only_sql(root, "persons", _DOCUMENT)
    return PersonsDeclaration(by_document, _time_limit(root), _database(root), by_openid)


def _mandates(root: Node) -> MandatesDeclaration:
    root.only(frozenset({"mandates", "time_limit_ms", "database"}))
    sql = _only_sql(root, "mandates", _PERSON)
    return MandatesDeclaration(sql, _time_limit(root), _database(root))


def _only_sql(root: Node, key: str, parameters: frozenset[str]) -> str:
    node = root.node(key)
    node.only(frozenset({"sql"}))
    return _sql(node, parameters, parameters)


def _source(root: Node) -> SqlSource | HttpSource:
    gives = root.node("gives")
    for kind in gives.names:
        if kind not in set(ItemKind):
            raise gives.error_at(kind, f"is none of {', '.join(ItemKind)}")
    kinds = [ItemKind(kind) for kind in gives.names]
    if "rest" not in root:
        return SqlSource(_database(root), tuple(_query(kind, gives.node(kind)) for kind in kinds))
    if "database" in root:
        raise root.error("database: an agenda with rest has none")
    service = rest_source(root.node("rest"))
    return HttpSource(service, tuple(_listing(kind, gives.node(kind)) for kind in kinds))


def _file_sql(root: Node) -> str | None:
    if "file" not in root:
        return None
    if "rest" in root:
        raise root.error("file: an agenda with rest has none")
    return _only_sql(root, "file", _FILE)


def _query(kind: ItemKind, node: Node) -> Query:
    node.only(frozenset({"sql", "fields"}))
    fields = _fields(kind, node.node("fields"), lambda _source: None)
    return Query(kind, _sql(node, _PARAMETERS, _PERSON), fields)


def _sql(node: Node, known: frozenset[str], needed: frozenset[str]) -> str:
    try:
        return checked_sql(node.text("sql"), known, needed)
    except SqlRefused as refused:
        raise node.error(f"sql: {refused}") from refused


def _listing(kind: ItemKind, node: Node) -> Listing:
    node.only(frozenset({"path", "items", "fields"}))
    path, items = node.text("path"), node.text("items") if "items" in node else ""
    if path.count("{person}") != 1 or re.search(r"[{}\s#]", path.replace("{person}", "")):
        raise node.error("path: is not a path with one {person} in it")
    if not path.startswith("/") or path.startswith("//") or ".." in path:
        raise node.error("path: does not begin with one slash, or leads upwards")
    try:
        check_pointer(items)
    except PointerError as error:
        raise node.error(f"items: {error}") from error
    return Listing(kind, path, items, _fields(kind, node.node("fields"), check_pointer))


def _fields(kind: ItemKind, node: Node, check: Callable[[str], None]) -> dict[str, str]:
    fields = _flat(node)
    for name in sorted(fields.keys() - known_fields(kind)):
        raise node.error(f"{name}: is not known here")
    for name in sorted(required_fields(kind) - fields.keys()):
        raise node.error_at(name, "is missing")
    for name, source in fields.items():
        if not source.startswith(CONSTANT):
            try:
                check(source)
            except PointerError as error:
                raise node.error(f"{name}: {error}") from error
    return fields


def _flat(node: Node) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name in node.names:
        if node.is_node(name):
            parts = node.node(name)
            flat |= {f"{name}.{part}": parts.text(part) for part in parts.names}
        else:
            flat[name] = node.text(name)
    return flat


def _name(node: Node) -> LocalizedText:
    node.only(frozenset({"cs", "en"}))
    return LocalizedText(node.text("cs"), node.text("en"))


def _time_limit(root: Node) -> float:
    return root.number("time_limit_ms", _MAX_TIME_LIMIT_MS) / 1000


def _database(root: Node) -> str:
    return root.text("database") if "database" in root else CITY


__all__ = [
    "AgendaDeclaration",
    "Declaration",
    "DeclarationError",
    "HttpSource",
    "Listing",
    "MandatesDeclaration",
    "PersonsDeclaration",
    "Query",
    "SqlSource",
    "parse_declaration",
]
