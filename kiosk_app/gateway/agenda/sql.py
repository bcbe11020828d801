"""An agenda read from a database by its declared queries; it decides nothing about the rows."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from kiosk_app.gateway.agenda.declaration import CONSTANT, AgendaDeclaration, Query, SqlSource
from kiosk_app.gateway.agenda.items import Row, items_of
from kiosk_app.gateway.agenda.kinds import AgendaBroken, AgendaItems, ItemKind, Question
from kiosk_app.gateway.database import Database, DatabaseProblem
from kiosk_app.gateway.neglect import SOON

# Nobody's key is NULL: unlike an empty text it can be cast to a number or a UUID.
_NOBODY: Final = {"person": None, "today": date(1970, 1, 1), "soon": date(1970, 1, 1) + SOON}


class SqlAgenda:
    """One agenda in one database."""

    def __init__(
        self, database: Database, declaration: AgendaDeclaration, source: SqlSource
    ) -> None:
        self._database = database
        self._declaration = declaration
        self._source = source

    def read(self, question: Question) -> AgendaItems:
        """What the agenda knows about that person, of the kinds that are wanted.

        Raises:
            DatabaseProblem: the database did not answer.
            AgendaBroken: it answered with what is no item.
        """
        parameters = _parameters(question)
        wanted = [query for query in self._source.queries if query.kind in question.kinds]
        with self._database.reading(self._declaration.time_limit) as reading:
            found = [(query, reading.rows(query.sql, parameters)) for query in wanted]
        rows = {query.kind: self._rows(query, of_query) for query, of_query in found}
        return items_of(self._declaration.id, rows, question.now)

    def check(self, kinds: frozenset[ItemKind] = frozenset(ItemKind)) -> None:
        """Try every query of those kinds once for nobody.

        Raises:
            DatabaseUnreachable: the database is not there at the moment.
            DatabaseProblem: the database does not answer a query.
            AgendaBroken: a query does not give a column that a field names.
        """
        for query in (each for each in self._source.queries if each.kind in kinds):
            place = self._place(query)
            try:
                columns = self._database.columns(query.sql, _NOBODY, self._declaration.time_limit)
            except DatabaseProblem as problem:
                raise type(problem)(f"{place}: {problem}") from problem
            _row(query, dict.fromkeys(columns), place)

    def _rows(self, query: Query, found: list[dict[str, object]]) -> list[Row]:
        place = self._place(query)
        return [_row(query, row, place) for row in found]

    def _place(self, query: Query) -> str:
        return f"agenda {self._declaration.id}, {query.kind}"


def _parameters(question: Question) -> dict[str, object]:
    today: date = question.now.date()
    return {"person": question.person, "today": today, "soon": today + SOON}


def _row(query: Query, found: Mapping[str, object], place: str) -> Row:
    return {name: _value(source, found, place) for name, source in query.fields.items()}


def _value(source: str, found: Mapping[str, object], place: str) -> object:
    if source.startswith(CONSTANT):
        return source.removeprefix(CONSTANT)
    if source not in found:
        raise AgendaBroken(f"{place}: the query gives no column {source}")
    return found[source]
