"""Serves the Unix socket the programs of the device speak on; it decides nothing.

The kernel names each peer's user; only allowed users are heard. A peer that sends a bad line or
does not read what it is sent is closed, the others do not notice.
"""

import contextlib
import logging
import queue
import selectors
import socket
import struct
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from device_agent.wire import WireError
from device_agent.wire.local import (
    MAX_LINE,
    AgentMessage,
    Hello,
    ProgramMessage,
    decode_from_program,
    encode,
)

logger = logging.getLogger(__name__)

MAX_CLIENTS = 16
MAX_UNREAD = 4 * MAX_LINE  # bytes a program may leave unread
MAX_LINES_A_SECOND = 200


@dataclass(frozen=True)
class Joined:
    """A program introduced itself on this connection."""

    client: int


@dataclass(frozen=True)
class Said:
    """A program sent a message."""

    message: ProgramMessage


@dataclass
class _Peer:
    line: socket.socket
    number: int
    inbox: bytearray = field(default_factory=bytearray)
    outbox: bytearray = field(default_factory=bytearray)
    greeted: bool = False


class LocalServer:
    """The socket at `path` in a thread of its own; `post` is called there."""

    def __init__(
        self, path: Path, allowed_uids: Collection[int], post: Callable[[Joined | Said], None]
    ) -> None:
        self._path = path
        self._allowed = frozenset(allowed_uids)
        self._post = post
        self._peers: dict[int, _Peer] = {}
        self._count = 0
        self._orders: queue.SimpleQueue[tuple[int | None, bytes]] = queue.SimpleQueue()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.settimeout(0)
        self._wake_writer.settimeout(0)
        self._selector = selectors.DefaultSelector()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="local-server", daemon=True)

    def start(self) -> None:
        """Take the socket's place in the file system and begin to serve.

        Raises:
            OSError: another agent serves there, or the path cannot be used.
        """
        try:
            self._listener = _listen(self._path)
        except OSError:
            self._wake_reader.close()
            self._wake_writer.close()
            self._selector.close()
            raise
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake_reader, selectors.EVENT_READ)
        self._thread.start()

    def tell_all(self, message: AgentMessage) -> None:
        """Send to every program that introduced itself; never blocks."""
        self._order(None, message)

    def tell_one(self, client: int, message: AgentMessage) -> None:
        """Send to one program, if it is still there; never blocks."""
        self._order(client, message)

    def close(self) -> None:
        """Send what is due, close every line and remove the socket."""
        self._closing = True
        self._wake()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _order(self, client: int | None, message: AgentMessage) -> None:
        self._orders.put((client, encode(message)))
        self._wake()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it is awake already
            self._wake_writer.send(b"\0")

    def _run(self) -> None:
        while not self._closing:
            for key, events in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._wake_reader:
                    self._wake_reader.recv(4096)
                elif (peer := self._peers.get(key.fd)) is not None:
                    self._serve(peer, events)
            self._take_orders()
        self._take_orders()
        for peer in tuple(self._peers.values()):
            self._drop(peer)
        for channel in (self._listener, self._wake_reader, self._wake_writer):
            channel.close()
        self._selector.close()

    def _accept(self) -> None:
        try:
            line, _ = self._listener.accept()
        except OSError as error:
            logger.warning("A program could not be accepted: %s", error)
            return
        uid = _peer_uid(line)
        if uid not in self._allowed or len(self._peers) >= MAX_CLIENTS:
            logger.warning("A program of user %d was turned away.", uid)
            line.close()
            return
        line.setblocking(False)  # noqa: FBT003 - the socket's own signature
        self._count += 1
        self._peers[line.fileno()] = _Peer(line, self._count)
        self._selector.register(line, selectors.EVENT_READ)

    def _serve(self, peer: _Peer, events: int) -> None:
        try:
            if events & selectors.EVENT_WRITE:
                self._write(peer)
            if events & selectors.EVENT_READ:
                chunk = peer.line.recv(MAX_LINE)
                if not chunk:
                    self._drop(peer)
                    return
                peer.inbox += chunk
                self._take_lines(peer)
        except WireError as error:
            logger.warning("A program was disconnected for a bad line: %s", error)
            self._drop(peer)
        except OSError as error:
            logger.debug("A program went away: %s", error)
            self._drop(peer)

    def _take_lines(self, peer: _Peer) -> None:
        while (end := peer.inbox.find(b"\n")) >= 0:
            message = decode_from_program(bytes(peer.inbox[:end]))
            del peer.inbox[: end + 1]
            self._heard(peer, message)
        if len(peer.inbox) > MAX_LINE:
            raise WireError(f"local message: longer than {MAX_LINE} bytes.")

    def _heard(self, peer: _Peer, message: ProgramMessage) -> None:
        if not peer.greeted:
            if not isinstance(message, Hello):
                raise WireError("local message: the first must be 'hello'.")
            peer.greeted = True
            self._post(Joined(peer.number))
        self._post(Said(message))

    def _take_orders(self) -> None:
        while True:
            try:
                client, data = self._orders.get_nowait()
            except queue.Empty:
                return
            for peer in tuple(self._peers.values()):
                if peer.greeted and client in {None, peer.number}:
                    self._give(peer, data)

    def _give(self, peer: _Peer, data: bytes) -> None:
        if len(peer.outbox) + len(data) > MAX_UNREAD:
            logger.warning("A program was disconnected because it does not read.")
            self._drop(peer)
            return
        peer.outbox += data
        try:
            self._write(peer)
        except OSError as error:
            logger.debug("A program went away: %s", error)
            self._drop(peer)

    def _write(self, peer: _Peer) -> None:
        with contextlib.suppress(BlockingIOError):
            del peer.outbox[: peer.line.send(peer.outbox)]
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if peer.outbox else 0)
        self._selector.modify(peer.line, wanted)

    def _drop(self, peer: _Peer) -> None:
        if self._peers.pop(peer.line.fileno(), None) is not None:
            self._selector.unregister(peer.line)
        peer.line.close()


def _peer_uid(line: socket.socket) -> int:
    size = struct.calcsize("3i")
    _, uid, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return int(uid)


def _listen(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket():
            _remove_stale(path)
        listener.bind(str(path))
        path.chmod(0o666)
        listener.listen(MAX_CLIENTS)
        listener.setblocking(False)  # noqa: FBT003 - the socket's own signature
    except OSError:
        listener.close()
        raise
    return listener


def _remove_stale(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise OSError(f"Another agent serves {path} already.")
