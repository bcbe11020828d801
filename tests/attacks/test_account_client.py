"""A gateway that lies to the kiosk: each answer is an account or one known cause, in time."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient, Timeouts
from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance
from tests.fakes.city_ca import CityCa

TOKEN = AccountToken("secret-of-a-session", datetime(2030, 1, 1, tzinfo=UTC), Assurance.CHIP)
Script = Callable[[ssl.SSLSocket], None]


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> CityCa:
    return CityCa(tmp_path_factory.mktemp("ca"))


@contextmanager
def lying(ca: CityCa, script: Script, timeouts: Timeouts | None = None) -> Iterator[AccountClient]:
    """A client of a server that plays a script after each request's head."""
    server, kiosk = ca.server(), ca.device("infobox-001")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server.certificate, server.key)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_play, args=(listener, context, script))
    thread.start()
    url = f"https://127.0.0.1:{listener.getsockname()[1]}"
    client = AccountClient(url, ca.certificate, kiosk.certificate, kiosk.key, timeouts)
    try:
        yield client
    finally:
        client.close()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _play(listener: socket.socket, context: ssl.SSLContext, script: Script) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(plain, server_side=True) as tls:
                _read_request(tls)
                script(tls)
        except OSError:
            continue  # the client went away, as it should


def _read_request(tls: ssl.SSLSocket) -> None:
    with tls.makefile("rb") as lines:
        length = 0
        while (line := lines.readline().lower()) not in (b"\r\n", b""):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        lines.read(length)


def _says_nothing(_tls: ssl.SSLSocket) -> None:
    """Close without a word."""


def says(status: str, body: bytes, *headers: str) -> Script:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers])
    return lambda tls: tls.sendall(head.encode() + b"\r\n\r\n" + body)


def problem(name: str) -> bytes:
    return f'{{"type": "urn:otevrene-mesto:problem:{name}", "title": "x"}}'.encode()


def cause_of(client: AccountClient) -> AccountCause:
    with pytest.raises(AccountProblem) as raised:
        client.account(TOKEN)
    assert TOKEN.secret not in str(raised.value)
    return raised.value.cause


BROKEN, UNREACHABLE = AccountCause.BROKEN_ANSWER, AccountCause.UNREACHABLE
ANSWERS = [
    ("not JSON", says("200 OK", b"<html>"), BROKEN),
    ("an empty answer", says("200 OK", b""), BROKEN),
    ("an account without members", says("200 OK", b"{}"), BROKEN),
    ("deep nesting", says("200 OK", b"[" * 200_000), BROKEN),
    ("a redirect", says("302 Found", b"", "Location: https://evil.example/"), BROKEN),
    ("a redirect to a file", says("301 Moved", b"", "Location: file:///etc/passwd"), BROKEN),
    ("compressed without asking", says("200 OK", b"\x1f\x8b", "Content-Encoding: gzip"), BROKEN),
    ("a status of its own", says("299 Odd", b"{}"), BROKEN),
    ("a problem nobody knows", says("418 Teapot", problem("teapot")), BROKEN),
    ("a problem whose type is no text", says("403 Forbidden", b'{"type": []}'), BROKEN),
    ("a server error", says("500 Oops", b"trace"), UNREACHABLE),
    (
        "a known problem",
        says("401 Unauthorized", problem("session-ended")),
        AccountCause.SESSION_ENDED,
    ),
    ("a wait", says("429 Wait", problem("too-many-attempts")), AccountCause.TOO_MANY_ATTEMPTS),
    ("no HTTP at all", lambda tls: tls.sendall(b"\x00" * 100), UNREACHABLE),
    ("nothing", _says_nothing, UNREACHABLE),
    (
        "a cut answer",
        lambda tls: tls.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
        UNREACHABLE,
    ),
    ("two lengths", says("200 OK", b"{}", "Content-Length: 7"), UNREACHABLE),
]


@pytest.mark.parametrize(
    ("script", "cause"), [answer[1:] for answer in ANSWERS], ids=[answer[0] for answer in ANSWERS]
)
def test_gateway_answers(ca: CityCa, script: Script, cause: AccountCause) -> None:
    with lying(ca, script) as client:
        assert cause_of(client) is cause


def _endless(tls: ssl.SSLSocket) -> None:
    tls.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        tls.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def test_gateway_sends_endless_data(ca: CityCa) -> None:
    with lying(ca, _endless) as client:
        assert cause_of(client) is BROKEN


def _dripping(tls: ssl.SSLSocket) -> None:
    tls.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        tls.sendall(b" ")
        time.sleep(0.05)


def test_gateway_drips_its_answer(ca: CityCa) -> None:
    with lying(ca, _dripping, Timeouts(whole=0.3)) as client:
        begun = time.monotonic()
        assert cause_of(client) is UNREACHABLE
        assert time.monotonic() - begun < 5  # 10 s without the limit


def test_gateway_never_answers(ca: CityCa) -> None:
    gone = threading.Event()

    def wait(_tls: ssl.SSLSocket) -> None:
        gone.wait(5)

    with lying(ca, wait, Timeouts(read=0.2)) as client:
        assert cause_of(client) is UNREACHABLE
        gone.set()


def test_gateway_of_another_authority(ca: CityCa, tmp_path: Path) -> None:
    other = CityCa(tmp_path, "Sample city CA")
    kiosk = ca.device("infobox-001")
    with lying(other, says("200 OK", b"{}")) as honest:
        client = AccountClient(
            honest._connection._base, ca.certificate, kiosk.certificate, kiosk.key
        )
        assert cause_of(client) is UNREACHABLE
        client.close()


def test_no_gateway_at_all(ca: CityCa) -> None:
    kiosk = ca.device("infobox-001")
    client = AccountClient("https://127.0.0.1:1", ca.certificate, kiosk.certificate, kiosk.key)
    assert cause_of(client) is UNREACHABLE
    client.close()


def test_kiosk_without_its_certificate(ca: CityCa, tmp_path: Path) -> None:
    missing = tmp_path / "missing.pem"
    client = AccountClient("https://127.0.0.1:1", ca.certificate, missing, missing)
    assert cause_of(client) is UNREACHABLE
    client.close()


def test_address_without_tls_is_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="https"):
        AccountClient("http://127.0.0.1:1", tmp_path, tmp_path, tmp_path)


def test_environment_proxy_is_not_used(ca: CityCa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with lying(ca, says("401 Unauthorized", problem("session-ended"))) as client:
        assert cause_of(client) is AccountCause.SESSION_ENDED


CHALLENGES = [
    b'{"plain": [], "protected": []}',
    b'{"login_id": "a b", "plain": [], "protected": []}',
    b'{"login_id": "../account", "plain": [], "protected": "00"}',
    b'{"login_id": "a", "plain": ["0"], "protected": []}',
    b'{"login_id": "a", "plain": [7], "protected": []}',
    b'{"login_id": "a", "plain": [' + b'"00",' * 40 + b'"00"], "protected": []}',
]


@pytest.mark.parametrize("body", CHALLENGES)
def test_broken_challenge(ca: CityCa, body: bytes) -> None:
    with lying(ca, says("201 Created", body)) as client:
        with pytest.raises(AccountProblem) as raised:
            client.login(DocumentEvidence(b"", b""))
        assert raised.value.cause is BROKEN


TOKENS = [
    b"[]",
    b'{"token": "x", "assurance": "chip"}',
    b'{"token": "x", "assurance": "chip", "expires_at": "soon"}',
    b'{"token": "x", "assurance": "chip", "expires_at": "2030-01-01T00:00:00"}',
    b'{"token": "x\\r\\nX-Evil: 1", "assurance": "chip", "expires_at": "2030-01-01T00:00:00Z"}',
]


@pytest.mark.parametrize("body", TOKENS)
def test_broken_token(ca: CityCa, body: bytes) -> None:
    with lying(ca, says("200 OK", body)) as client:
        with pytest.raises(AccountProblem) as raised:
            client.answer("id", [])
        assert raised.value.cause is BROKEN
