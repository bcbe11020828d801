"""Whose account a document opens: one query of the register of persons; it checks no document."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk_app.account.codec import AccountFormatError, decode_item
from kiosk_app.account.model import PersonSummary
from kiosk_app.gateway.agenda.declaration import PersonsDeclaration
from kiosk_app.gateway.database import Database, DatabaseProblem

_TRUE = (True, 1)
_COLUMNS = frozenset({"person", "display_name", "is_sample"})


@dataclass(frozen=True)
class Person:
    """A person with an account: the key their agendas know them by, and how they are greeted."""

    key: str = field(repr=False)
    summary: PersonSummary = field(repr=False)


class Persons:
    """The register of persons in one database."""

    def __init__(self, database: Database, declaration: PersonsDeclaration) -> None:
        self._database = database
        self._declaration = declaration

    def check(self) -> None:
        """Try the queries once for nobody.

        Raises:
            DatabaseProblem: the database does not answer one, or it gives too few columns.
        """
        declared = self._declaration
        self._check(declared.sql, {"issuing_state": None, "document_number": None})
        if declared.openid_sql is not None:
            self._check(declared.openid_sql, {"subject": None})

    def _check(self, sql: str, nobody: Mapping[str, object]) -> None:
        try:
            columns = self._database.columns(sql, nobody, self._declaration.time_limit)
        except DatabaseProblem as problem:
            raise DatabaseProblem(f"persons: {problem}") from problem
        for name in sorted(_COLUMNS - columns):
            raise DatabaseProblem(f"persons: the query gives no column {name}")

    def find(self, issuing_state: str, document_number: str) -> Person | None:
        """The one person of that document; None for none, and for more than one.

        Raises:
            DatabaseProblem: the database does not answer.
        """
        document = {"issuing_state": issuing_state, "document_number": document_number}
        return self._find(self._declaration.sql, document)

    def find_by_openid(self, subject: str) -> Person | None:
        """The one person of that subject of the city's OpenID provider; None as `find` has it.

        Raises:
            DatabaseProblem: the database does not answer.
        """
        sql = self._declaration.openid_sql
        return None if sql is None else self._find(sql, {"subject": subject})

    def _find(self, sql: str, parameters: Mapping[str, object]) -> Person | None:
        rows = self._database.rows(sql, parameters, self._declaration.time_limit)
        return _person(rows[0]) if len(rows) == 1 else None


def _person(row: Mapping[str, object]) -> Person:
    key, sample = row["person"], row["is_sample"]
    raw = {"display_name": row["display_name"], "is_sample": sample in _TRUE}
    try:
        summary = decode_item(PersonSummary, raw, "persons")
    except AccountFormatError as error:
        raise DatabaseProblem("persons: a row is no person") from error
    if not isinstance(key, str | int) or key == "":
        raise DatabaseProblem("persons: a row is no person")
    return Person(str(key), summary)
