"""From the configuration to a desk that works, or one sentence why not; it serves nothing yet."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from kiosk_app.gateway.admission import Admission
from kiosk_app.gateway.agenda.declaration import (
    AgendaDeclaration,
    DeclarationError,
    PersonsDeclaration,
    parse_declaration,
)
from kiosk_app.gateway.agenda.sql import check_agenda, read_agenda
from kiosk_app.gateway.audit import Audit
from kiosk_app.gateway.config import GatewayConfig
from kiosk_app.gateway.database import Database
from kiosk_app.gateway.desk import Desk, Limits
from kiosk_app.gateway.gathering import AgendaPort, Gathering
from kiosk_app.gateway.persons import Persons
from kiosk_app.gateway.proving import Prover
from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.revocation import RevocationList
from kiosk_app.gateway.sessions import Sessions
from kiosk_app.gateway.short_lived import ShortLived

_CAPACITY: Final = 10_000


def local_now() -> datetime:
    """Now, in the zone of the city's machine: "today" is the city's day."""
    return datetime.now().astimezone()


def load_declarations(folder: Path) -> tuple[PersonsDeclaration, tuple[AgendaDeclaration, ...]]:
    """The one declaration of persons and all agendas in a folder, in the order of their files.

    Raises:
        DeclarationError: with the file and the place.
    """
    try:
        files = sorted(folder.glob("*.yaml"))
        parsed = [parse_declaration(file.read_bytes(), file.name) for file in files]
    except OSError as error:
        raise DeclarationError(f"{folder}: cannot be read: {error.strerror}") from error
    persons = [item for item in parsed if isinstance(item, PersonsDeclaration)]
    agendas = tuple(item for item in parsed if isinstance(item, AgendaDeclaration))
    if len(persons) != 1:
        raise DeclarationError(f"{folder}: has {len(persons)} declarations of persons, not one")
    if len({agenda.id for agenda in agendas}) != len(agendas):
        raise DeclarationError(f"{folder}: two agendas have the same name")
    return persons[0], agendas


def build_desk(config: GatewayConfig, prover: Prover) -> Desk:
    """A desk whose every query was tried once.

    Raises:
        DeclarationError, DatabaseProblem, AgendaBroken, RevocationError, OSError: one sentence
            what is wrong.
    """
    declared_persons, agendas = load_declarations(config.agendas)
    database = Database(config.database)
    persons = Persons(database, declared_persons)
    persons.check()
    for agenda in agendas:
        check_agenda(database, agenda)
    return Desk(
        admission=_admission(config),
        prover=prover,
        persons=persons,
        gathering=Gathering([_port(database, agenda) for agenda in agendas]),
        audit=Audit(config.state),
        logins=ShortLived(timedelta(seconds=config.login_seconds), _CAPACITY),
        sessions=Sessions(timedelta(seconds=config.session_seconds), _CAPACITY),
        limits=Limits(RateLimit(config.logins_per_kiosk), RateLimit(config.logins_per_document)),
        clock=local_now,
    )


def _admission(config: GatewayConfig) -> Admission:
    revoked = None if config.crl is None else RevocationList(config.crl, config.client_ca)
    return Admission(config.kiosks, revoked)


def _port(database: Database, agenda: AgendaDeclaration) -> AgendaPort:
    read = partial(read_agenda, database, agenda)
    return AgendaPort(agenda.id, agenda.name, agenda.time_limit, read)
