"""Whose account a document opens: one query of the register of persons; it checks no document."""

from dataclasses import dataclass, field

from kiosk_app.account.model import PersonSummary
from kiosk_app.gateway.agenda.declaration import PersonsDeclaration
from kiosk_app.gateway.database import Database, DatabaseProblem

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
        """Try the query once for nobody.

        Raises:
            DatabaseProblem: the database does not answer it, or it gives too few columns.
        """
        declared = self._declaration
        nobody = {"issuing_state": "", "document_number": ""}
        try:
            columns = self._database.columns(declared.sql, nobody, declared.time_limit)
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
        rows = self._database.rows(self._declaration.sql, document, self._declaration.time_limit)
        if len(rows) != 1:
            return None
        row = rows[0]
        name, key = row["display_name"], row["person"]
        if not isinstance(name, str) or not isinstance(key, str | int):
            raise DatabaseProblem("persons: a row is no person")
        return Person(str(key), PersonSummary(name, is_sample=bool(row["is_sample"])))
