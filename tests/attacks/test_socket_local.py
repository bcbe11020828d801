"""Attacks on the agent's local socket by a program of the device; the socket is real."""

import contextlib
import os
import queue
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from device_agent.adapters.local_server import (
    MAX_CLIENTS,
    MAX_UNREAD,
    Joined,
    LocalServer,
    Said,
)
from device_agent.wire.local import (
    MAX_LINE,
    Beat,
    Connection,
    Hello,
    ProgrammeReady,
    decode_from_agent,
    encode,
)

HELLO = encode(Hello("player", 1, "1"))
BEAT = Beat("player", healthy=True, showing="", problems=())


class Served:
    def __init__(self, path: Path, uids: tuple[int, ...]) -> None:
        self.path = path
        self.got: queue.Queue[Joined | Said] = queue.Queue()
        self.server = LocalServer(path, uids, self.got.put)
        self.server.start()

    def connect(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(10)
        line.connect(str(self.path))
        return line

    def assert_serves(self) -> None:
        """A well-behaved program is heard and told."""
        with self.connect() as line:
            hello = Hello("kiosk", 2, "well-behaved")
            line.sendall(encode(hello))
            client = 0
            while (heard := self.got.get(timeout=10)) != Said(hello):
                client = heard.client if isinstance(heard, Joined) else client
            self.server.tell_one(client, Connection(online=True))
            assert decode_from_agent(line.recv(4096)) == Connection(online=True)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path / "s", (os.getuid(),))
    yield served
    served.server.close()


def assert_closed(line: socket.socket) -> None:
    with contextlib.suppress(ConnectionResetError):
        assert line.recv(4096) == b""


@pytest.mark.parametrize(
    "data",
    [
        b"garbage\n",
        b"\n",
        b"\xff\xfe\n",
        b'{"type":"alerts","alerts":[]}\n',
        HELLO + b"{}\n",
        encode(BEAT),
        b"x" * (1024 * 1024),
        HELLO + b"x" * (1024 * 1024) + b"\n",
        b"[" * MAX_LINE + b"\n",
    ],
    ids=lambda data: repr(data[:20]),
)
def test_a_line_that_is_no_message_ends_that_line_only(served: Served, data: bytes) -> None:
    with served.connect() as line:
        try:
            line.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass
        else:
            assert_closed(line)
    served.assert_serves()


def test_half_a_line_keeps_nobody_waiting(served: Served) -> None:
    with served.connect() as line:
        line.sendall(HELLO + encode(BEAT)[:9])
        served.assert_serves()
        line.sendall(encode(BEAT)[9:])
        assert served.got.get(timeout=10) == Said(BEAT)


def test_a_message_in_single_bytes_is_a_message(served: Served) -> None:
    with served.connect() as line:
        for byte in HELLO + encode(BEAT):
            line.sendall(bytes([byte]))
        assert isinstance(served.got.get(timeout=10), Joined)
        assert served.got.get(timeout=10) == Said(Hello("player", 1, "1"))
        assert served.got.get(timeout=10) == Said(BEAT)


def test_a_program_of_a_foreign_user_is_turned_away(tmp_path: Path) -> None:
    served = Served(tmp_path / "s", (os.getuid() + 1,))
    with served.connect() as line:
        assert_closed(line)
    served.server.close()


def test_a_program_that_does_not_read_is_dropped(served: Served) -> None:
    with served.connect() as line:
        line.sendall(HELLO)
        assert isinstance(served.got.get(timeout=10), Joined)
        long = ProgrammeReady("/" + "x" * 4000, "0" * 64)
        for _ in range(MAX_UNREAD // 4000 * 4):
            served.server.tell_all(long)
        served.assert_serves()
        received = 0
        while chunk := line.recv(65536):
            received += len(chunk)
        assert received < MAX_UNREAD * 4


def test_more_programs_than_a_device_has_are_turned_away(served: Served) -> None:
    lines = [served.connect() for _ in range(MAX_CLIENTS)]
    for line in lines:
        line.sendall(HELLO)
    for _ in range(MAX_CLIENTS * 2):
        served.got.get(timeout=10)
    with served.connect() as extra:
        assert_closed(extra)
    lines.pop().close()
    wait = served.connect()
    wait.close()
    for line in lines:
        line.close()


def test_a_second_agent_does_not_take_the_socket(served: Served, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Another agent"):
        LocalServer(tmp_path / "s", (os.getuid(),), served.got.put).start()
    served.assert_serves()


def test_a_socket_left_by_a_dead_agent_is_taken_over(tmp_path: Path) -> None:
    dead = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    dead.bind(str(tmp_path / "s"))
    dead.close()
    served = Served(tmp_path / "s", (os.getuid(),))
    served.assert_serves()
    served.server.close()
