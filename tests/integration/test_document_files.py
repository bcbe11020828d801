"""The file query of an agenda: one PDF, of its person only, from SQLite and PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from kiosk_app.gateway.agenda.declaration import AgendaDeclaration, parse_declaration
from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.database import Database, DatabaseProblem
from kiosk_app.gateway.document_files import MAX_FILE, DocumentFiles, FileQuery
from kiosk_app.gateway.proving import Refusal

SQL = "SELECT pdf FROM paper WHERE person = :person AND id = :id"
PAPERS = {
    "1": b"%PDF-1.7 VZOR",
    "html": b"<script>",
    "none": None,
    "long": b"%PDF-1.7" + b"x" * MAX_FILE,
    "most": b"%PDF-1.7" + b"x" * (MAX_FILE - 8),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def query(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileQuery]:
    url, kind = f"sqlite:///{tmp_path}/papers.db", "BLOB"
    if request.param == "postgresql":
        url, kind = request.getfixturevalue("postgres").database(), "BYTEA"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE paper (person TEXT, id TEXT, pdf {kind})"))
        for name, data in PAPERS.items():
            row = {"person": "jana", "id": name, "pdf": data}
            connection.execute(text("INSERT INTO paper VALUES (:person, :id, :pdf)"), row)
        connection.execute(text("INSERT INTO paper SELECT * FROM paper WHERE id = '1' LIMIT 0"))
    engine.dispose()
    database = Database(url)
    yield FileQuery(database, SQL, 5.0)
    database.close()


def found(query: FileQuery, person: str, document: str) -> bytes | str:
    try:
        return DocumentFiles({"papers": query}).find(person, document)
    except Refusal as refusal:
        return refusal.problem.short_name


def test_file_of_its_person_only(query: FileQuery) -> None:
    DocumentFiles({"papers": query}).check()
    assert found(query, "jana", "papers:1") == PAPERS["1"]
    assert found(query, "karel", "papers:1") == "not-found"
    assert found(query, "jana", "papers:2") == "not-found"
    assert found(query, "jana", "other:1") == "not-found"
    assert found(query, "jana", "papers") == "not-found"
    assert found(query, "jana", "papers:none") == "not-found"
    assert found(query, "' OR ''='", "papers:1") == "not-found"


def test_what_is_no_pdf_or_too_long_is_not_handed_out(query: FileQuery) -> None:
    assert found(query, "jana", "papers:html") == "unavailable"
    assert found(query, "jana", "papers:long") == "unavailable"
    assert found(query, "jana", "papers:most") == PAPERS["most"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pdf FROM paper WHERE person = :person OR id = :id",
        "SELECT pdf, id FROM paper WHERE person = :person AND id = :id",
        "SELECT id FROM paper WHERE person = :person AND id = :id",
        "SELECT pdf FROM nowhere WHERE person = :person AND id = :id",
    ],
)
def test_query_that_gives_other_than_one_file_is_a_fault(query: FileQuery, sql: str) -> None:
    assert found(replace(query, sql=sql), "jana", "papers:1") == "unavailable"


def test_query_that_cannot_be_asked_is_named_at_the_start(query: FileQuery) -> None:
    broken = replace(query, sql="SELECT pdf FROM nowhere WHERE person = :person AND id = :id")
    with pytest.raises(DatabaseProblem, match="agenda papers, file: "):
        DocumentFiles({"papers": broken}).check()


AGENDA = """
agenda: papers
name: {{cs: Listiny, en: Papers}}
time_limit_ms: 800
{more}
gives:
  documents:
    sql: SELECT id, t, d FROM paper WHERE person = :person
    fields: {{id: id, title: {{cs: t, en: t}}, department: {{cs: t, en: t}}, issued: d}}
"""


def test_file_query_is_declared_beside_what_the_agenda_gives() -> None:
    declared = parse_declaration(AGENDA.format(more=f"file: {{sql: '{SQL}'}}").encode(), "f.yaml")
    assert isinstance(declared, AgendaDeclaration)
    assert declared.file_sql == SQL
    without = parse_declaration(AGENDA.format(more="").encode(), "f.yaml")
    assert isinstance(without, AgendaDeclaration)
    assert without.file_sql is None


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pdf FROM paper WHERE id = :id",
        "SELECT pdf FROM paper WHERE person = :person",
        "SELECT pdf FROM paper WHERE person = :person AND id = :id AND t = :today",
        "DELETE FROM paper WHERE person = :person AND id = :id",
    ],
)
def test_file_query_must_ask_for_person_and_document(sql: str) -> None:
    with pytest.raises(DeclarationError):
        parse_declaration(AGENDA.format(more=f"file: {{sql: '{sql}'}}").encode(), "f.yaml")
