"""A department's service that lies, dawdles, floods or leads astray does so to itself only."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import active_count

import pytest

from kiosk_app.gateway.agenda.declaration import AgendaDeclaration, HttpSource, parse_declaration
from kiosk_app.gateway.agenda.kinds import (
    AgendaBroken,
    AgendaItems,
    AgendaTooSlow,
    ItemKind,
    Question,
)
from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.agenda.rest import RestAgenda
from tests.fakes.city_ca import CityCa
from tests.fakes.department_service import (
    Conduct,
    Service,
    answer,
    department_service,
    drip,
    flood,
    hang_up,
    nothing,
)
from tests.fakes.sample_departments import NOW

DECLARED = """
agenda: parking
name: {cs: Parkování, en: Parking}
time_limit_ms: MILLISECONDS
rest:
  url: URL/api
  ca: ca.pem
  headers: {Authorization: {file: token}, X-City: liberec}
  max_bytes: 20000
MORE
gives:
  documents:
    path: /holders/{person}/permits
    items: /data/items
    fields:
      id: /permit/id
      title: {cs: "=Oprávnění", en: "=Permit"}
      department: {cs: "=Odbor dopravy", en: "=Department of transport"}
      issued: /permit/from
      valid_until: /permit/until
      has_file: "=true"
"""
PERMIT = {"permit": {"id": 17, "from": "2026-01-01"}, "other": [1]}
GOOD = {"data": {"items": [PERMIT]}}


@pytest.fixture
def ca(tmp_path: Path) -> CityCa:
    (tmp_path / "token").write_text("Bearer secret\n", "ascii")
    return CityCa(tmp_path)


def declaration(url: str, milliseconds: int = 5000, more: str = "") -> bytes:
    text = DECLARED.replace("MILLISECONDS", str(milliseconds)).replace("URL", url)
    return text.replace("MORE", more).encode()


def agenda(folder: Path, declared: bytes) -> RestAgenda:
    parsed = parse_declaration(declared, "parking.yaml")
    assert isinstance(parsed, AgendaDeclaration)
    assert isinstance(parsed.source, HttpSource)
    return RestAgenda(parsed, parsed.source, folder)


@pytest.fixture
def asked(tmp_path: Path, ca: CityCa) -> Callable[..., tuple[AgendaItems, Service]]:
    def ask(
        conduct: Conduct, person: str = "VZOR-1", milliseconds: int = 5000
    ) -> tuple[AgendaItems, Service]:
        with department_service(ca.server(), conduct) as service:
            reader = agenda(tmp_path, declaration(service.url, milliseconds))
            try:
                return reader.read(Question(person, NOW)), service
            finally:
                reader.close()

    return ask


Asked = Callable[..., tuple[AgendaItems, Service]]


def test_items_of_a_service(asked: Asked) -> None:
    items, service = asked(answer(GOOD))
    (document,) = items.documents
    assert (document.id, document.has_file, document.valid_until) == ("parking:17", True, None)
    request = service.requests[0]
    assert request.startswith("GET /api/holders/VZOR-1/permits HTTP/1.1\r\n")
    assert "Authorization: Bearer secret\r\n" in request
    assert "X-City: liberec\r\n" in request
    assert "User-Agent: python-requests" not in request


def test_answer_that_begins_with_its_byte_order_mark_is_read(asked: Asked) -> None:
    items, _ = asked(answer(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()))
    assert len(items.documents) == 1


def test_cookie_of_one_citizens_answer_is_not_shown_at_the_next(tmp_path: Path, ca: CityCa) -> None:
    conduct = answer(GOOD, 200, "Set-Cookie: person=SECRET; Path=/")
    with department_service(ca.server(), conduct) as service:
        reader = agenda(tmp_path, declaration(service.url))
        reader.read(Question("VZOR-1", NOW))
        reader.read(Question("VZOR-2", NOW))
        reader.close()
    assert len(service.requests) == 2
    assert "SECRET" not in "".join(service.requests)


def test_kind_that_is_locked_is_not_asked_for(tmp_path: Path, ca: CityCa) -> None:
    with department_service(ca.server(), answer(GOOD)) as service:
        reader = agenda(tmp_path, declaration(service.url))
        assert reader.read(Question("x", NOW, frozenset({ItemKind.CASES}))) == AgendaItems()
        reader.close()
    assert service.requests == []


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("a/b", "a%2Fb"),
        ("../admin", "..%2Fadmin"),
        ("x?all=1#", "x%3Fall%3D1%23"),
        ("x\r\nX-Evil: 1", "x%0D%0AX-Evil%3A%201"),
        ("%2e%2e", "%252e%252e"),
        ("ř;:@&=+$,", "%C5%99%3B%3A%40%26%3D%2B%24%2C"),
        ("' OR 1=1 --", "%27%20OR%201%3D1%20--"),
    ],
)
def test_key_of_a_person_is_one_step_of_the_path(asked: Asked, person: str, path: str) -> None:
    _, service = asked(answer(GOOD), person)
    assert service.requests[0].startswith(f"GET /api/holders/{path}/permits HTTP/1.1\r\n")
    assert "X-Evil" not in service.requests[0].split("\r\n", 1)[1]


@pytest.mark.parametrize("person", ["", ".", ".."])
def test_key_that_is_a_step_upwards_is_not_sent(asked: Asked, person: str) -> None:
    with pytest.raises(AgendaBroken, match="none that a path can carry"):
        asked(answer(GOOD), person)


HEAD = b"HTTP/1.1 200 X\r\nContent-Length: 5000\r\n\r\n"
SLOW = [
    pytest.param(nothing, id="says nothing"),
    pytest.param(drip(b"", b"H"), id="drips its status line"),
    pytest.param(drip(b"HTTP/1.1 200 X\r\n", b"a: b\r\n"), id="drips headers"),
    pytest.param(drip(HEAD, b" "), id="drips its body"),
    pytest.param(
        drip(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        id="drips chunks",
    ),
    pytest.param(drip(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n", b" "), id="until it closes"),
    pytest.param(drip(b"HTTP/1.1 100 X\r\n\r\n", b"HTTP/1.1 100 X\r\n\r\n"), id="continues"),
]


@pytest.mark.parametrize("conduct", SLOW)
def test_slow_service_is_cut_off_at_its_time_limit(asked: Asked, conduct: Conduct) -> None:
    before = active_count()
    with pytest.raises(AgendaTooSlow, match="took too long"):
        asked(conduct, milliseconds=300)
    assert active_count() == before


@pytest.mark.parametrize(
    ("conduct", "sentence"),
    [
        (answer({"data": {}}), "nothing at /data/items"),
        (answer({"data": {"items": {}}}), "has no list of items"),
        (answer({"data": {"items": [[]]}}), r"documents\[0\].id: is not a text"),
        (answer({"data": {"items": [PERMIT | {"permit": {"id": {}}}]}}), "/permit/id is no single"),
        (answer({"data": {"items": [PERMIT | {"permit": {"id": 1}}]}}), r"issued: is not a text"),
        (answer({"data": {"items": [PERMIT] * 2}}), "two rows have the same id"),
        (answer({"data": {"items": [PERMIT] * 301}}), "more than 300 rows"),
        (answer(b"<html>"), "is not JSON"),
        (answer(b"\xff"), "is not UTF-8"),
        (answer(b"[" * 19000), "is nested too deep"),
        (answer(b"NaN"), "is not JSON"),
        (answer(b""), "is not JSON"),
        (answer(b" " * 20_001), "is longer than 20000 bytes"),
        (answer(b"\x1f\x8b", 200, "Content-Encoding: gzip"), "is not UTF-8"),
        (answer(GOOD, 500), "answered with status 500"),
        (answer(GOOD, 404), "answered with status 404"),
        (answer(GOOD, 204), "answered with status 204"),
        (flood(b"HTTP/1.1 200 X\r\n\r\n", b" " * 9000), "is longer than 20000 bytes"),
        (flood(b"HTTP/1.1 200 X\r\n", b"a: " + b"b" * 60_000 + b"\r\n"), "did not answer"),
        (flood(b"", b"x" * 9000), "did not answer"),
        (hang_up, "did not answer"),
    ],
)
def test_answer_that_is_none_breaks_the_agenda(
    asked: Asked, conduct: Conduct, sentence: str
) -> None:
    with pytest.raises(AgendaBroken, match=sentence) as broken:
        asked(conduct, "SECRET-KEY")
    assert not isinstance(broken.value, AgendaTooSlow)
    assert "SECRET-KEY" not in str(broken.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_another_host_is_not_followed(asked: Asked, ca: CityCa, status: int) -> None:
    with department_service(ca.server(), answer(GOOD)) as other:
        location = f"Location: {other.url}/api/holders/VZOR-1/permits"
        with pytest.raises(AgendaBroken, match=f"answered with status {status}"):
            asked(answer(b"", status, location))
    assert other.connections == 0


def test_certificate_of_a_strangers_authority_is_not_believed(tmp_path: Path, ca: CityCa) -> None:
    del ca
    stranger = CityCa(tmp_path / "stranger")
    with department_service(stranger.server(), answer(GOOD)) as service:
        reader = agenda(tmp_path, declaration(service.url))
        with pytest.raises(AgendaBroken, match="did not answer: SSLError"):
            reader.read(Question("x", NOW))
        reader.close()
    assert service.requests == []


def test_certificate_of_another_name_is_not_believed(tmp_path: Path, ca: CityCa) -> None:
    with department_service(ca.server("127.0.0.2"), answer(GOOD)) as service:
        reader = agenda(tmp_path, declaration(service.url))
        with pytest.raises(AgendaBroken, match="did not answer: SSLError"):
            reader.read(Question("x", NOW))
        reader.close()
    assert service.requests == []


def test_service_that_demands_a_certificate_is_shown_ours(tmp_path: Path, ca: CityCa) -> None:
    ours = ca.device("gateway")
    more = f"  certificate: {ours.certificate}\n  key: {ours.key}"
    with department_service(ca.server(), answer(GOOD), clients=ca) as service:
        shown = agenda(tmp_path, declaration(service.url, more=more))
        assert len(shown.read(Question("x", NOW)).documents) == 1
        shown.close()
        without = agenda(tmp_path, declaration(service.url))
        with pytest.raises(AgendaBroken, match="did not answer"):
            without.read(Question("x", NOW))
        without.close()


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]


def test_proxy_of_the_environment_is_not_asked(asked: Asked) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        with environment("HTTPS_PROXY", address), environment("ALL_PROXY", address):
            items, _ = asked(answer(GOOD))
    assert len(items.documents) == 1


def test_connection_is_kept_and_made_anew_when_the_service_closed_it(
    tmp_path: Path, ca: CityCa
) -> None:
    with department_service(ca.server(), answer(GOOD)) as service:
        reader = agenda(tmp_path, declaration(service.url))
        for _ in range(2):
            reader.read(Question("x", NOW))
        assert service.connections == 1
        service.conduct = answer(GOOD, 200, "Connection: close")
        for _ in range(2):
            reader.read(Question("x", NOW))
        assert service.connections == 2
        reader.close()


def test_service_that_is_away_did_not_answer(tmp_path: Path, ca: CityCa) -> None:
    assert ca.certificate.is_file()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    reader = agenda(tmp_path, declaration(f"https://127.0.0.1:{port}"))
    with pytest.raises(AgendaBroken, match="did not answer: ConnectionError"):
        reader.read(Question("x", NOW))
    reader.close()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("file: token", "file: none", "rest.headers.Authorization: the file cannot be read"),
        ("file: token", "environment: NO_SUCH_NAME", "the environment has no such variable"),
        ("file: token", "file: ca.pem", "is no header value of printable ASCII"),
        ("X-City: liberec", 'X-City: "a\\nb: c"', "X-City: is no header value of printable ASCII"),
        ("ca: ca.pem", "ca: none.pem", "agenda parking: rest.ca: there is no such file"),
        ("MORE", "  certificate: a\n  key: b", "rest.certificate: there is no such file"),
    ],
)
def test_file_or_secret_that_is_missing_is_named(
    tmp_path: Path, ca: CityCa, old: str, new: str, sentence: str
) -> None:
    assert ca.certificate.is_file()
    text = DECLARED.replace(old, new).replace("MORE", "").replace("MILLISECONDS", "5")
    with pytest.raises(DeclarationError, match=sentence):
        agenda(tmp_path, text.replace("URL", "https://parking.example").encode())


def test_secret_of_the_environment_is_sent(tmp_path: Path, ca: CityCa) -> None:
    with department_service(ca.server(), answer(GOOD)) as service:
        text = declaration(service.url).replace(b"file: token", b"environment: OM_TEST_TOKEN")
        with environment("OM_TEST_TOKEN", "Bearer other"):
            reader = agenda(tmp_path, text)
        reader.read(Question("x", NOW))
        reader.close()
    assert "Authorization: Bearer other\r\n" in service.requests[0]
