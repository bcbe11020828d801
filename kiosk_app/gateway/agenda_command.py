"""Try one declaration as the gateway would, for the programmer who writes it; it prints nothing."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Final, get_args

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.agenda.declaration import (
    AgendaDeclaration,
    Declaration,
    HttpSource,
    MandatesDeclaration,
    PersonsDeclaration,
    SqlSource,
    parse_declaration,
)
from kiosk_app.gateway.agenda.kinds import AgendaItems, ItemKind, Question, leaves
from kiosk_app.gateway.agenda.rest import RestAgenda
from kiosk_app.gateway.agenda.sql import SqlAgenda
from kiosk_app.gateway.database import Database
from kiosk_app.gateway.errors import CannotServe
from kiosk_app.gateway.mandates import Mandates
from kiosk_app.gateway.persons import Persons


@dataclass
class Report:
    """What came out: lines to read, and one sentence for each mistake."""

    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Asked:
    """Of which file, for whom, and when."""

    file: str
    person: str | None
    now: datetime


def check_file(path: Path, url: str | None, person: str | None, now: datetime) -> Report:
    """Try every query of a declaration; with a person's key also read that person's items.

    Raises:
        DeclarationError, OSError: the file cannot be used at all.
    """
    declared = parse_declaration(path.read_bytes(), path.name)
    report = Report([f"{path.name}: the declaration is well-formed."])
    asked = _Asked(path.name, person, now)
    try:
        if isinstance(declared, AgendaDeclaration) and isinstance(declared.source, HttpSource):
            service = RestAgenda(declared, declared.source, path.parent)
            _read(report, service, declared, asked)
            service.close()
        elif url is None:
            report.problems.append(f"{path.name}: is read from a database: name it by --database")
        else:
            _check_in_database(report, declared, Database(url), asked)
    except CannotServe as problem:
        report.problems.append(f"{path.name}: {problem}")
    return report


def _check_in_database(
    report: Report, declared: Declaration, database: Database, asked: _Asked
) -> None:
    match declared:
        case PersonsDeclaration():
            Persons(database, declared).check()
            report.lines.append("persons: the queries run and give every column.")
        case MandatesDeclaration():
            _mandates(report, Mandates(database, declared), asked)
        case AgendaDeclaration(source=SqlSource() as source):
            _sql(report, SqlAgenda(database, declared, source), declared, asked)
        case _:
            raise AssertionError(declared)
    database.close()


def _mandates(report: Report, mandates: Mandates, asked: _Asked) -> None:
    mandates.check()
    report.lines.append("mandates: the query runs and gives every column.")
    for mandate in mandates.of(asked.person, asked.now) if asked.person is not None else ():
        principal = mandate.principal
        ico = "" if principal.ico is None else f", IČO {principal.ico}"
        report.lines.append(f"acts for {principal.display_name}{ico} ({principal.role.cs})")


def _sql(report: Report, agenda: SqlAgenda, declared: AgendaDeclaration, asked: _Asked) -> None:
    for kind in sorted(declared.kinds):
        try:
            agenda.check(frozenset({kind}))
            report.lines.append(f"{kind}: the query runs and gives every column.")
        except CannotServe as problem:
            report.problems.append(f"{asked.file}: {problem}")
    if not report.problems:
        _read(report, agenda, declared, asked)


def _read(
    report: Report, reader: SqlAgenda | RestAgenda, declared: AgendaDeclaration, asked: _Asked
) -> None:
    if asked.person is None:
        report.lines.append("No items were read: name a person of the agenda by --person.")
        return
    begun = time.monotonic()
    items = reader.read(Question(asked.person, asked.now))
    took = time.monotonic() - begun
    report.lines += list(_lines(items))
    report.lines.append(f"took {1000 * took:.0f} ms of {1000 * declared.time_limit:.0f} ms")
    if took > declared.time_limit / 2:
        report.problems.append(
            f"{asked.file}: more than half of the time limit was used: is there an index?"
        )


def _lines(items: AgendaItems) -> Iterator[str]:
    for part in fields(items):
        found = getattr(items, part.name)
        if not isinstance(found, tuple):
            continue
        for item in found:
            yield f"{part.name}: {item.id}"
            yield from _members(item)
    if not any(isinstance(value, tuple) and value for value in vars(items).values()):
        yield "This person has nothing in this agenda."


def _members(item: object, indent: str = "    ") -> Iterator[str]:
    for member in fields(item) if is_dataclass(item) else ():
        value = getattr(item, member.name)
        if isinstance(value, tuple):
            for part in value:
                yield f"{indent}{member.name}:"
                yield from _members(part, indent + "    ")
        elif isinstance(value, LocalizedText):
            yield f"{indent}{member.name}: {value.cs} / {value.en}"
        elif value is not None:
            yield f"{indent}{member.name}: {value}"


def field_table() -> str:
    """The fields of every kind as a Markdown table, for docs/integration.md."""
    rows = ["| kind | field | value | needed |", "|---|---|---|---|"]
    for kind in ItemKind:
        for name, leaf in leaves(kind).items():
            needed = "yes" if leaf.required else "no"
            rows.append(f"| `{kind}` | `{name}` | {_words(leaf.type)} | {needed} |")
    return "\n".join(rows) + "\n"


def _words(hint: object) -> str:
    kind = next((part for part in get_args(hint) if part is not NoneType), hint)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{value}`" for value in kind)
    return _KINDS[kind]


_KINDS: Final[Mapping[object, str]] = {
    str: "text",
    bool: "0 or 1, true or false",
    date: "date",
    datetime: "date and time, of the city where it has no zone",
    Decimal: "amount in CZK, at most two places",
}
