"""An agenda's declaration is used or refused with the file and the place."""

from pathlib import Path

import pytest

from kiosk_app.gateway.agenda.declaration import (
    AgendaDeclaration,
    HttpSource,
    MandatesDeclaration,
    PersonsDeclaration,
    SqlSource,
    parse_declaration,
)
from kiosk_app.gateway.agenda.kinds import ItemKind
from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.agenda.rest_source import Secret
from kiosk_app.gateway.config import PACKAGED_AGENDAS

GOOD = """
agenda: messages
name: {cs: Zprávy, en: Messages}
time_limit_ms: 800
gives:
  messages:
    sql: SELECT 1 WHERE p = :person
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
    assert isinstance(declared.source, SqlSource)
    assert declared.source.database == "city"
    assert declared.kinds == {ItemKind.MESSAGES}
    assert declared.source.queries[0].fields["subject.en"] == "=Subject"


def test_agenda_names_its_database() -> None:
    text = GOOD.replace("gives:", "database: library\ngives:", 1)
    declared = parse_declaration(text.encode(), "a.yaml")
    assert isinstance(declared, AgendaDeclaration)
    assert isinstance(declared.source, SqlSource)
    assert declared.source.database == "library"


@pytest.mark.parametrize("file", sorted(PACKAGED_AGENDAS.glob("*.yaml")), ids=str)
def test_each_agenda_of_the_sample_city_is_good(file: Path) -> None:
    declared = parse_declaration(file.read_bytes(), file.name)
    assert isinstance(declared, PersonsDeclaration) == (file.stem == "persons")
    assert isinstance(declared, MandatesDeclaration) == (file.stem == "mandates")


BROKEN = [
    ("gives:", "gives: [", r"a.yaml: is not YAML \(line"),
    ("agenda: messages", "agenda: Zprávy!", "a.yaml: agenda: is not a name"),
    ("agenda: messages", "department: x", "a.yaml: department: is not known here"),
    ("agenda: messages", "", "a.yaml: agenda: is not a text"),
    ("agenda: messages", "agenda: pay", "a.yaml: agenda: is not a name"),
    ("gives:", "database: ''\ngives:", "a.yaml: database: is not a text"),
    ("= :person", "= 1", "a.yaml: gives.messages: sql: does not ask for :person"),
    ("en: Messages", "de: Nachrichten", "a.yaml: name: de: is not known here"),
    ("time_limit_ms: 800", "time_limit_ms: 0", "a.yaml: time_limit_ms: is not 1 to 10000"),
    ("time_limit_ms: 800", "time_limit_ms: soon", "a.yaml: time_limit_ms: is not 1 to 10000"),
    ("  messages:", "  letters:", "a.yaml: gives.letters: is none of todos, cases"),
    ("sql: SELECT 1 WHERE p = :person", "sql: 7", "a.yaml: gives.messages: sql: is not a text"),
    ("id: message_id", "id: 7", "a.yaml: gives.messages.fields: id: is not a text"),
    ("read: is_read", "sent: x", "a.yaml: gives.messages.fields: sent: is not known here"),
    ("read: is_read", "", "a.yaml: gives.messages.fields.read: is missing"),
    ("subject: {cs: subject_cs, en: ", "subject: {cs: ", "fields.subject.en: is missing"),
    ("en: Messages", "en: No", "a.yaml: name: en: is not a text; quote it"),
    ("body_en}", "{deep: x}}", "a.yaml: gives.messages.fields.body: en: is not a text"),
    ("agenda: messages", "agenda: a\nagenda: b", r"a.yaml: agenda: stands twice .* \(line 3\)"),
    ("read: is_read", "read: is_read\n      id: x", r"a.yaml: id: stands twice .* \(line 15\)"),
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
        (b"persons: {sql: 'SELECT :issuing_state, :document_number'}", "time_limit_ms"),
        (b"persons: {}\ntime_limit_ms: 5", "persons: is not a mapping"),
        (b"persons: {sql: SELECT 1, x: 1}\ntime_limit_ms: 5", "persons: x: is not known"),
    ],
)
def test_file_that_declares_nothing_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(DeclarationError, match=sentence):
        parse_declaration(data, "a.yaml")


REST = """
agenda: parking
name: {cs: Parkování, en: Parking}
time_limit_ms: 800
rest:
  url: https://parking.example/api/v2/
  headers:
    Authorization: {file: token}
    X-City: {environment: CITY}
    X-Plain: liberec
  ca: ca.pem
  certificate: gateway.pem
  key: gateway.key
  max_bytes: 1000
gives:
  documents:
    path: /holders/{person}/permits?valid=true
    items: /data/items
    fields:
      id: /permit/id
      title: {cs: "=Oprávnění", en: "=Permit"}
      department: {cs: "=Odbor", en: "=Department"}
      issued: /permit/from
"""


def test_agenda_behind_a_service_is_read() -> None:
    declared = parse_declaration(REST.encode(), "parking.yaml")
    assert isinstance(declared, AgendaDeclaration)
    assert isinstance(declared.source, HttpSource)
    service = declared.source.service
    assert (service.url, service.max_bytes) == ("https://parking.example/api/v2", 1000)
    assert service.headers == {
        "Authorization": Secret(file="token"),
        "X-City": Secret(environment="CITY"),
        "X-Plain": "liberec",
    }
    assert declared.kinds == {ItemKind.DOCUMENTS}
    listing = declared.source.listings[0]
    assert listing.path == "/holders/{person}/permits?valid=true"
    assert (listing.items, listing.fields["id"]) == ("/data/items", "/permit/id")


def test_service_needs_no_more_than_its_address() -> None:
    head, tail = REST.split("rest:", maxsplit=1)[0], REST[REST.index("gives:") :]
    text = head + "rest: {url: 'https://parking.example'}\n" + tail.replace("/data/items", '""')
    declared = parse_declaration(text.replace('items: ""', "").encode(), "a.yaml")
    assert isinstance(declared, AgendaDeclaration)
    assert isinstance(declared.source, HttpSource)
    assert declared.source.listings[0].items == ""
    assert declared.source.service.max_bytes == 1 << 18


BROKEN_REST = [
    ("https:", "http:", "a.yaml: rest: url: is no https address"),
    ("parking.example", "me@parking.example", "rest: url: is no https address"),
    ("parking.example", "[::1", "rest: url: is no https address"),
    ("/v2/", "/v2/?a=b", "rest: url: is no https address"),
    ("/v2/", "/{person}", "rest: url: is no https address"),
    ("X-City", "X City", "rest.headers: X City: is no header that can be set"),
    ("X-City", "Host", "rest.headers: Host: is no header that can be set"),
    ("environment: CITY", "secret: x", "rest.headers.X-City: secret: is not known here"),
    ("{environment: CITY}", "{environment: A, file: b}", "not both"),
    ("  key: gateway.key\n", "", "rest: certificate: goes together with key"),
    ("max_bytes: 1000", "max_bytes: true", "rest: max_bytes: is not 1 to 1048576"),
    ("max_bytes: 1000", "max_bites: 1", "rest: max_bites: is not known here"),
    ("gives:", "database: city\ngives:", "database: an agenda with rest has none"),
    ("/holders/{person}", "/holders", "gives.documents: path: is not a path with one"),
    ("{person}", "{person}/{x}", "gives.documents: path: is not a path with one"),
    ("/holders", "holders", "path: does not begin with one slash"),
    ("/holders", "//holders", "path: does not begin with one slash"),
    ("/holders", "/../holders", "path: does not begin with one slash"),
    ("items: /data", "items: data", "gives.documents: items: is no JSON pointer"),
    ("id: /permit/id", "id: permit", "gives.documents.fields: id: is no JSON pointer"),
    ("path:", "sql: x\n    path:", "gives.documents: sql: is not known here"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN_REST)
def test_broken_service_is_refused_with_its_place(old: str, new: str, sentence: str) -> None:
    assert old in REST
    with pytest.raises(DeclarationError, match=sentence):
        parse_declaration(REST.replace(old, new, 1).encode(), "a.yaml")


def test_mandates_are_read() -> None:
    text = b"mandates: {sql: 'SELECT 1 WHERE p = :person'}\ntime_limit_ms: 5\ndatabase: register"
    declared = parse_declaration(text, "mandates.yaml")
    assert declared == MandatesDeclaration("SELECT 1 WHERE p = :person", 0.005, "register")


def test_persons_ask_for_the_whole_document() -> None:
    text = b"persons: {sql: 'SELECT 1 WHERE p = :document_number'}\ntime_limit_ms: 5"
    with pytest.raises(DeclarationError, match="does not ask for :issuing_state"):
        parse_declaration(text, "persons.yaml")
