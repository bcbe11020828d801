"""Attacks on the gateway's connections themselves, by whoever holds a city's certificate."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk_app.gateway import bounded_lines
from tests.fakes.city_ca import Identity
from tests.fakes.running_gateway import RunningGateway, log_in, running_gateway

ALIVE = b"GET /v1/alive HTTP/1.1\r\nHost: gateway\r\n"
HEAD_OF_A_BODY = b"POST /v1/logins HTTP/1.1\r\nHost: gateway\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running_gateway(tmp_path_factory.mktemp("lines")) as running:
        yield running


@pytest.fixture
def line(gateway: RunningGateway) -> Iterator[Callable[[Identity], ssl.SSLSocket]]:
    with ExitStack() as stack:
        yield lambda identity: stack.enter_context(_connect(gateway, identity))


def _connect(gateway: RunningGateway, identity: Identity) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(gateway.ca.certificate))
    context.load_cert_chain(identity.certificate, identity.key)
    place = urlsplit(gateway.url)
    plain = socket.create_connection((str(place.hostname), int(place.port or 0)), 20)
    return context.wrap_socket(plain, server_hostname=place.hostname)


def _is_dropped(line: ssl.SSLSocket) -> bool:
    """Whether the gateway ends the connection without a word (waits for it)."""
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


def _answered(line: ssl.SSLSocket) -> bool:
    """Whether a good answer comes; it is read whole."""
    answer = HTTPResponse(line)
    answer.begin()
    answer.read()
    return answer.status in {200, 204}


def _send_until_dropped(line: ssl.SSLSocket, piece: bytes, most: int) -> int:
    """How many bytes of such pieces the gateway takes before it ends the connection."""
    sent = 0
    try:
        while sent < most:
            line.sendall(piece)
            sent += len(piece)
    except OSError:
        return sent
    return sent


@pytest.mark.parametrize("said", [b"", b"G", ALIVE, ALIVE + b"\r\n" + ALIVE, b"\r\n"])
def test_connection_that_never_ends_its_request(
    gateway: RunningGateway,
    line: Callable[[Identity], ssl.SSLSocket],
    monkeypatch: pytest.MonkeyPatch,
    said: bytes,
) -> None:
    monkeypatch.setattr(bounded_lines, "HEAD_SECONDS", 0.3)
    mute = line(gateway.ca.device("infobox-001"))
    mute.sendall(said)
    if b"\r\n\r\n" in said:
        assert _answered(mute)
    assert _is_dropped(mute)


def test_empty_lines_after_an_answer(
    gateway: RunningGateway,
    line: Callable[[Identity], ssl.SSLSocket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded_lines, "HEAD_SECONDS", 0.3)
    mute = line(gateway.ca.device("infobox-001"))
    mute.sendall(ALIVE + b"\r\n")
    assert _answered(mute)
    mute.sendall(b"\r\n")
    assert _is_dropped(mute)


def test_kept_connection_waits_longer_than_a_head_may_take(
    gateway: RunningGateway,
    line: Callable[[Identity], ssl.SSLSocket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded_lines, "HEAD_SECONDS", 0.3)
    kept, mute = (line(gateway.ca.device("infobox-001")) for _ in range(2))
    kept.sendall(ALIVE + b"\r\n")
    assert _answered(kept)
    assert _is_dropped(mute)
    kept.sendall(ALIVE + b"\r\n")
    assert _answered(kept)


def test_answer_that_is_not_waited_for(
    gateway: RunningGateway,
    line: Callable[[Identity], ssl.SSLSocket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded_lines, "ANSWER_SECONDS", 0.3)
    slow = line(gateway.ca.device("infobox-001"))
    slow.sendall(HEAD_OF_A_BODY)
    assert _is_dropped(slow)


@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        (b"GET /", b"a" * 8000),
        (ALIVE, b"X-Flood: " + b"a" * 8000 + b"\r\n"),
        (ALIVE + b"X-Flood: ", b"a" * 8000),
        (HEAD_OF_A_BODY + b"1\r\n \r\n0\r\nX-Trailer: ", b"a" * 8000),
        (HEAD_OF_A_BODY, b"1\r\n \r\n" * 1000),
        (ALIVE + b"\r\n", b"\r\n" * 4000),
    ],
)
def test_request_that_never_ends(
    gateway: RunningGateway,
    line: Callable[[Identity], ssl.SSLSocket],
    monkeypatch: pytest.MonkeyPatch,
    begun: bytes,
    piece: bytes,
) -> None:
    monkeypatch.setattr(bounded_lines, "FAREWELL_SECONDS", 0.0)
    flood = line(gateway.ca.device("infobox-001"))
    flood.sendall(begun)
    most = 1 << 25
    assert _send_until_dropped(flood, piece, most) < most


def test_connections_of_one_stolen_certificate_shut_nobody_out(
    gateway: RunningGateway,
    line: Callable[[Identity], ssl.SSLSocket],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded_lines, "HEAD_SECONDS", 1000)
    thief = gateway.ca.device("lobby-666", "device")
    held = [line(thief) for _ in range(bounded_lines.LINES_OF_ONE)]
    assert _is_dropped(line(thief))
    kiosk = gateway.client("infobox-001")
    assert kiosk.account(log_in(kiosk)).person.is_sample
    kiosk.close()
    for each in held:
        each.close()


def test_closed_connections_do_not_count(
    gateway: RunningGateway, line: Callable[[Identity], ssl.SSLSocket]
) -> None:
    kiosk = gateway.ca.device("infobox-001")
    for _ in range(3 * bounded_lines.LINES_OF_ONE):
        again = line(kiosk)
        again.sendall(ALIVE + b"Connection: close\r\n\r\n")
        assert _answered(again)
        assert _is_dropped(again)
        again.close()


def test_more_connections_than_the_gateway_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_lines, "LINES", 2)
    with running_gateway(tmp_path) as gateway, ExitStack() as stack:
        kiosks = [gateway.ca.device(f"infobox-{number}") for number in range(3)]
        lines = [stack.enter_context(_connect(gateway, kiosk)) for kiosk in kiosks]
        assert _is_dropped(lines[2])
        lines[0].sendall(ALIVE + b"\r\n")
        assert _answered(lines[0])
