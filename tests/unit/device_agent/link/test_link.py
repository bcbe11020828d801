"""What programs use of the agent: line, atomic file, watchdog; all with real sockets."""

import os
import queue
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from device_agent.adapters.local_server import Joined, LocalServer, Said
from device_agent.link import watchdog
from device_agent.link.atomic_file import write_atomic
from device_agent.link.socket_client import AgentLink
from device_agent.wire.local import (
    AgentMessage,
    AlertShown,
    Beat,
    Connection,
    Hello,
    ProofOfPlay,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HELLO = Hello("player", 1, "1")
BEAT = Beat("player", healthy=True, showing="", problems=())


class Ends:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: queue.Queue[Joined | Said] = queue.Queue()
        self.got: queue.Queue[AgentMessage] = queue.Queue()

    def serve(self) -> LocalServer:
        server = LocalServer(self.path, (os.getuid(),), self.heard.put)
        server.start()
        return server

    def link(self) -> AgentLink:
        link = AgentLink(self.path, HELLO, self.got.put)
        link.start()
        return link

    def said(self) -> object:
        while isinstance(heard := self.heard.get(timeout=20), Joined):
            pass
        return heard.message


@pytest.fixture
def ends(tmp_path: Path) -> Ends:
    return Ends(tmp_path / "s")


def test_a_program_and_the_agent_talk(ends: Ends) -> None:
    server, link = ends.serve(), ends.link()
    assert isinstance(ends.heard.get(timeout=20), Joined)
    server.tell_all(Connection(online=True))
    assert ends.got.get(timeout=20) == Connection(online=True)
    assert ends.said() == HELLO
    assert link.connected
    link.send(BEAT)
    assert ends.said() == BEAT
    link.close()
    server.close()


def test_without_an_agent_proofs_are_kept_and_beats_are_not(ends: Ends) -> None:
    link = ends.link()
    proof = ProofOfPlay("video", NOW, NOW, "base")
    link.send(BEAT)
    link.send(AlertShown("player", "a-1", NOW))
    link.send(proof)
    server = ends.serve()
    assert ends.said() == HELLO
    assert ends.said() == AlertShown("player", "a-1", NOW)
    assert ends.said() == proof
    link.close()
    server.close()


def test_a_program_comes_back_to_an_agent_that_started_again(ends: Ends) -> None:
    server, link = ends.serve(), ends.link()
    assert ends.said() == HELLO
    server.close()
    server = ends.serve()
    assert ends.said() == HELLO
    link.close()
    server.close()


def test_an_agent_that_talks_nonsense_does_not_end_the_program(ends: Ends) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(ends.path))
        listener.listen()
        link = ends.link()
        for nonsense in (b"nonsense\n", b"x" * 200_000):
            line, _ = listener.accept()
            with line:
                line.sendall(nonsense)
    ends.path.unlink()
    server = ends.serve()
    assert ends.said() == HELLO
    link.close()
    server.close()


def test_a_message_too_long_for_a_line_is_dropped(ends: Ends) -> None:
    server, link = ends.serve(), ends.link()
    assert ends.said() == HELLO
    link.send(ProofOfPlay("x" * 70_000, NOW, NOW, ""))
    link.send(BEAT)
    assert ends.said() == BEAT
    link.close()
    server.close()


def test_a_link_that_never_started_closes(ends: Ends) -> None:
    AgentLink(ends.path, HELLO, ends.got.put).close()


def test_a_file_is_replaced_at_once_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomic(path, b"old")
    write_atomic(path, b"new", 0o600)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    taken = tmp_path / "directory"
    taken.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomic(taken, b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["directory", "f"]


def test_the_watchdog_speaks_only_where_systemd_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    watchdog.ready()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "n"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "n"))
        for speak in (watchdog.ready, watchdog.alive, watchdog.stopping):
            speak()
        assert [systemd.recv(99) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]
    watchdog.alive()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0device-agent-test")
        monkeypatch.setenv("NOTIFY_SOCKET", "@device-agent-test")
        watchdog.alive()
        assert systemd.recv(99) == b"WATCHDOG=1"


@pytest.mark.parametrize(
    ("text", "seconds"), [("", None), ("x", None), ("0", None), ("20000000", 10.0)]
)
def test_the_watchdogs_interval_is_half_of_what_is_allowed(
    text: str, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", text)
    assert watchdog.interval() == seconds
