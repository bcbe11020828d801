"""From a folder of declarations to the city's departments, each tried once; it serves nothing."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk_app.gateway.agenda.declaration import (
    CITY,
    AgendaDeclaration,
    Declaration,
    MandatesDeclaration,
    PersonsDeclaration,
    SqlSource,
    parse_declaration,
)
from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.agenda.sql import SqlAgenda
from kiosk_app.gateway.database import Database, DatabaseUnreachable
from kiosk_app.gateway.document_files import DocumentFiles, FileQuery
from kiosk_app.gateway.gathering import WHOLE_SECONDS, AgendaPort, Gathering
from kiosk_app.gateway.mandate_desk import MandateDesk
from kiosk_app.gateway.mandates import Mandates
from kiosk_app.gateway.persons import Persons
from kiosk_app.gateway.viewing import Viewing

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Declarations:
    """Everything that one folder declares, the agendas in the order of their files."""

    persons: PersonsDeclaration
    mandates: MandatesDeclaration | None
    agendas: tuple[AgendaDeclaration, ...]


@dataclass(frozen=True)
class Departments:
    """Whom a document belongs to, and what may be seen of it."""

    persons: Persons
    viewing: Viewing
    files: DocumentFiles
    databases: Mapping[str, Database]

    def close(self) -> None:
        """Close all connections; nobody is waited for."""
        self.viewing.mandates.close()
        self.viewing.gathering.close()
        for database in self.databases.values():
            database.close()


def load_declarations(folder: Path) -> Declarations:
    """All declarations in a folder.

    Raises:
        DeclarationError: with the file and the place.
    """
    try:
        files = sorted(folder.glob("*.y*ml"))
        parsed = [parse_declaration(file.read_bytes(), file.name) for file in files]
        for file in files:
            if file.suffix != ".yaml":
                raise DeclarationError(f"{file.name}: a declaration's name ends with .yaml")
    except OSError as error:
        raise DeclarationError(f"{folder}: cannot be read: {error.strerror}") from error
    persons = [item for item in parsed if isinstance(item, PersonsDeclaration)]
    mandates = [item for item in parsed if isinstance(item, MandatesDeclaration)]
    agendas = tuple(item for item in parsed if isinstance(item, AgendaDeclaration))
    if len(persons) != 1:
        raise DeclarationError(f"{folder}: has {len(persons)} declarations of persons, not one")
    if len(mandates) > 1:
        raise DeclarationError(f"{folder}: has {len(mandates)} declarations of mandates")
    if len({agenda.id for agenda in agendas}) != len(agendas):
        raise DeclarationError(f"{folder}: two agendas have the same name")
    return Declarations(persons[0], mandates[0] if mandates else None, agendas)


def connect(folder: Path, urls: Mapping[str, str]) -> Departments:
    """The departments that a folder declares, over the databases of those names and URLs.

    Every query is tried once. An agenda whose own database is away at the moment does not keep
    the others from being served; one whose query is wrong does.

    Raises:
        DeclarationError, DatabaseProblem, AgendaBroken: one sentence what is wrong.
    """
    declared = load_declarations(folder)
    databases = {name: Database(url) for name, url in urls.items()}
    for each in _all(declared):
        _require_database(each, databases)
    persons = Persons(databases[declared.persons.database], declared.persons)
    persons.check()
    of_mandates = CITY if declared.mandates is None else declared.mandates.database
    mandates = Mandates(databases[of_mandates], declared.mandates)
    mandates.check()
    ports = [_port(agenda, databases, folder) for agenda in declared.agendas]
    files = _files(declared, databases)
    desk = MandateDesk(mandates.of, min(mandates.time_limit, WHOLE_SECONDS))
    return Departments(persons, Viewing(desk, Gathering(ports)), files, databases)


def _files(declared: Declarations, databases: Mapping[str, Database]) -> DocumentFiles:
    files = DocumentFiles(
        {
            agenda.id: FileQuery(
                databases[agenda.source.database], agenda.file_sql, agenda.time_limit
            )
            for agenda in declared.agendas
            if agenda.file_sql is not None and isinstance(agenda.source, SqlSource)
        }
    )
    try:
        files.check()
    except DatabaseUnreachable as problem:
        logger.warning("%s; it is tried again when a document is wanted.", problem)
    return files


def _all(declared: Declarations) -> tuple[Declaration, ...]:
    mandates = () if declared.mandates is None else (declared.mandates,)
    return (declared.persons, *mandates, *declared.agendas)


def _require_database(declared: Declaration, databases: Mapping[str, Database]) -> None:
    source = declared.source if isinstance(declared, AgendaDeclaration) else declared
    if isinstance(source, SqlSource | PersonsDeclaration | MandatesDeclaration):
        name = source.database
        if name not in databases:
            what = declared.id if isinstance(declared, AgendaDeclaration) else "persons or mandates"
            raise DeclarationError(
                f"agenda {what}: database: {name} is not in [databases] of the configuration"
            )


def _port(agenda: AgendaDeclaration, databases: Mapping[str, Database], folder: Path) -> AgendaPort:
    source = agenda.source
    if isinstance(source, SqlSource):
        sql = SqlAgenda(databases[source.database], agenda, source)
        _try(agenda, sql)
        read, name = sql.read, source.database
    else:
        from kiosk_app.gateway.agenda.rest import RestAgenda  # noqa: PLC0415 - slow to load

        read, name = RestAgenda(agenda, source, folder).read, None
    return AgendaPort(agenda.id, agenda.name, agenda.time_limit, agenda.kinds, read, name)


def _try(agenda: AgendaDeclaration, reader: SqlAgenda) -> None:
    try:
        reader.check()
    except DatabaseUnreachable as problem:
        logger.warning("%s; agenda %s is tried again at each question.", problem, agenda.id)
