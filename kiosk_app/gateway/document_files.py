"""The PDF files of documents, as the agendas hold them; whose they may be, others say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.database import Database, DatabaseProblem
from kiosk_app.gateway.proving import Refusal

MAX_FILE: Final = 10_000_000
"""A file of more bytes is not handed out."""
_PDF: Final = b"%PDF-"


@dataclass(frozen=True)
class FileQuery:
    """One agenda's query for a file: `:person` and `:id` bound, one row of one column of bytes."""

    database: Database
    sql: str
    time_limit: float


@dataclass(frozen=True)
class DocumentFiles:
    """The queries by the agendas' ids; an agenda without one has no files."""

    queries: Mapping[str, FileQuery]

    def check(self) -> None:
        """Try each query once for nobody.

        Raises:
            DatabaseProblem: it cannot be asked.
        """
        for agenda, query in self.queries.items():
            try:
                _ask(query, None, None)
            except DatabaseProblem as problem:
                raise type(problem)(f"agenda {agenda}, file: {problem}") from problem

    def find(self, person: str, document_id: str) -> bytes:
        """The PDF of a document of that person, named as the account names it. It blocks.

        Raises:
            Refusal: NOT_FOUND, the person has no such document, or it has no file; UNAVAILABLE,
                the database does not answer, or what it gives is no PDF.
        """
        agenda, _, key = document_id.partition(":")
        query = self.queries.get(agenda)
        if query is None:
            raise Refusal(ProblemType.NOT_FOUND)
        try:
            data = _ask(query, person, key)
        except DatabaseProblem as problem:
            raise Refusal(ProblemType.UNAVAILABLE) from problem
        if data is None:
            raise Refusal(ProblemType.NOT_FOUND)
        if not data.startswith(_PDF) or len(data) > MAX_FILE:
            raise Refusal(ProblemType.UNAVAILABLE)
        return data


def _ask(query: FileQuery, person: str | None, key: str | None) -> bytes | None:
    parameters = {"person": person, "id": key}
    return query.database.file(query.sql, parameters, query.time_limit, MAX_FILE)
