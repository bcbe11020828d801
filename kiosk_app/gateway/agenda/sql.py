"""An agenda read from a database by its declared queries; it decides nothing about the rows."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from kiosk_app.gateway.agenda.declaration import AgendaDeclaration, Query
from kiosk_app.gateway.agenda.items import AgendaBroken, AgendaItems, Row, items_of
from kiosk_app.gateway.database import Database, DatabaseProblem

_CONSTANT: Final = "="
_SOON: Final = timedelta(days=60)


def read_agenda(
    database: Database, declaration: AgendaDeclaration, person: str, today: date
) -> AgendaItems:
    """What the agenda knows about that person.

    Raises:
        DatabaseProblem: the database did not answer.
        AgendaBroken: it answered with what is no item.
    """
    parameters = _parameters(person, today)
    rows = {
        query.kind: [
            _row(query, found, f"agenda {declaration.id}, {query.kind}")
            for found in database.rows(query.sql, parameters, declaration.time_limit)
        ]
        for query in declaration.queries
    }
    return items_of(declaration.id, rows, today)


def check_agenda(database: Database, declaration: AgendaDeclaration) -> None:
    """Try every query once for nobody.

    Raises:
        DatabaseProblem: the database does not answer a query.
        AgendaBroken: a query does not give a column that a field names.
    """
    parameters = _parameters("", date(1970, 1, 1))
    for query in declaration.queries:
        place = f"agenda {declaration.id}, {query.kind}"
        try:
            columns = database.columns(query.sql, parameters, declaration.time_limit)
        except DatabaseProblem as problem:
            raise DatabaseProblem(f"{place}: {problem}") from problem
        _row(query, dict.fromkeys(columns), place)


def _parameters(person: str, today: date) -> dict[str, object]:
    return {
        "person": person,
        "today": today.isoformat(),
        "soon": (today + _SOON).isoformat(),
    }


def _row(query: Query, found: Mapping[str, object], place: str) -> Row:
    return {name: _value(source, found, place) for name, source in query.fields.items()}


def _value(source: str, found: Mapping[str, object], place: str) -> object:
    if source.startswith(_CONSTANT):
        return source.removeprefix(_CONSTANT)
    if source not in found:
        raise AgendaBroken(f"{place}: the query gives no column {source}")
    return found[source]
