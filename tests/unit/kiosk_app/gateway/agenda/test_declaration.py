"""An agenda's declaration is used or refused with the file and the place."""

from pathlib import Path

import pytest

from kiosk_app.gateway.agenda.declaration import (
    AgendaDeclaration,
    DeclarationError,
    PersonsDeclaration,
    parse_declaration,
)
from kiosk_app.gateway.agenda.items import ItemKind
from kiosk_app.gateway.config import PACKAGED_AGENDAS

GOOD = """
agenda: messages
name: {cs: Zprávy, en: Messages}
time_limit_ms: 800
gives:
  messages:
    sql: SELECT 1
    fields:
      id: message_id
      subject: {cs: subject_cs, en: "=Subject"}
      body: {cs: body_cs, en: body_en}
      department: {cs: "=Odbor", en: "=Department"}
      received: received
      read: is_read
"""


def test_good_declaration_is_read() -> None:
    declared = parse_declaration(GOOD.encode(), "messages.yaml")
    assert isinstance(declared, AgendaDeclaration)
    assert (declared.id, declared.time_limit) == ("messages", 0.8)
    assert declared.queries[0].kind is ItemKind.MESSAGES
    assert declared.queries[0].fields["subject.en"] == "=Subject"


@pytest.mark.parametrize("file", sorted(PACKAGED_AGENDAS.glob("*.yaml")), ids=str)
def test_each_agenda_of_the_sample_city_is_good(file: Path) -> None:
    declared = parse_declaration(file.read_bytes(), file.name)
    assert isinstance(declared, PersonsDeclaration) == (file.stem == "persons")


BROKEN = [
    ("gives:", "gives: [", r"a.yaml: is not YAML \(line"),
    ("agenda: messages", "agenda: Zprávy!", "a.yaml: agenda: is not a name"),
    ("agenda: messages", "department: x", "a.yaml: department: is not known here"),
    ("agenda: messages", "", "a.yaml: agenda: is not a text"),
    ("en: Messages", "de: Nachrichten", "a.yaml: name: de: is not known here"),
    ("time_limit_ms: 800", "time_limit_ms: 0", "a.yaml: time_limit_ms: is not 1 to 10000"),
    ("time_limit_ms: 800", "time_limit_ms: soon", "a.yaml: time_limit_ms: is not 1 to 10000"),
    ("  messages:", "  letters:", "a.yaml: gives.letters: is none of todos, cases"),
    ("sql: SELECT 1", "sql: 7", "a.yaml: gives.messages: sql: is not a text"),
    ("id: message_id", "id: 7", "a.yaml: gives.messages.fields: id: is not a text"),
    ("read: is_read", "sent: x", "a.yaml: gives.messages.fields: sent: is not known here"),
    ("read: is_read", "", "a.yaml: gives.messages.fields.read: is missing"),
    ("subject: {cs: subject_cs, en: ", "subject: {cs: ", "fields.subject.en: is missing"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN)
def test_broken_declaration_is_refused_with_its_place(old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(DeclarationError, match=sentence):
        parse_declaration(GOOD.replace(old, new, 1).encode(), "a.yaml")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is not a mapping"),
        (b"- a", "is not a mapping"),
        (b"1: a", "is not a mapping"),
        (b"\xff", "is not YAML"),
        (b"!!python/object/apply:os.system [id]", "is not YAML"),
        (b"a: " + b"[" * 20_000, "is not YAML"),
        (b"#" * 70_000, "is longer than"),
        (b"persons: {sql: SELECT 1}", "time_limit_ms"),
        (b"persons: {}\ntime_limit_ms: 5", "persons: is not a mapping"),
        (b"persons: {sql: SELECT 1, x: 1}\ntime_limit_ms: 5", "persons: x: is not known"),
    ],
)
def test_file_that_declares_nothing_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(DeclarationError, match=sentence):
        parse_declaration(data, "a.yaml")
