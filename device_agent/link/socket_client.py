"""Keeps a program's line to the agent, for ever; it neither decides nor stores anything."""

import contextlib
import logging
import select
import socket
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from device_agent.wire.local import (
    MAX_LINE,
    AgentMessage,
    AlertShown,
    Hello,
    ProgramMessage,
    ProofOfPlay,
    decode_from_agent,
    encode,
)
from device_agent.wire.strict_json import WireError

logger = logging.getLogger(__name__)

_FIRST_RETRY = 0.2  # seconds
_LAST_RETRY = 2.0  # seconds
_SEND_TIMEOUT = 2.0  # seconds an agent may leave a line unread
_KEPT = 1000  # messages of each sort, the oldest go first


class AgentLink:
    """A line to the agent's socket in a thread of its own.

    `on_message` is called in that thread: post to your inbox there and return. While there is no
    agent, messages are dropped, but AlertShown and ProofOfPlay are kept (the last 1000).
    """

    def __init__(
        self, path: Path, hello: Hello, on_message: Callable[[AgentMessage], None]
    ) -> None:
        self._path = path
        self._hello = hello
        self._on_message = on_message
        self._lock = threading.Lock()
        self._outbox: deque[ProgramMessage] = deque(maxlen=_KEPT)
        self._connected = False
        self._closed = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.settimeout(0)
        self._wake_writer.settimeout(0)
        self._thread = threading.Thread(target=self._run, name="agent-link", daemon=True)

    @property
    def connected(self) -> bool:
        """Whether there is an agent at the other end now."""
        return self._connected

    def start(self) -> None:
        """Begin connecting; returns at once."""
        self._thread.start()

    def send(self, message: ProgramMessage) -> None:
        """Hand over a message; never blocks and never raises."""
        with self._lock:
            if self._connected or isinstance(message, AlertShown | ProofOfPlay):
                self._outbox.append(message)
        self._wake()

    def close(self) -> None:
        """End the line and its thread; what was not sent is lost."""
        self._closed.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        self._wake_reader.close()
        self._wake_writer.close()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it is awake already
            self._wake_writer.send(b"\0")

    def _run(self) -> None:
        delay = _FIRST_RETRY
        while not self._closed.is_set():
            try:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                    line.settimeout(_SEND_TIMEOUT)
                    line.connect(str(self._path))
                    # Who has heard the greeting may already be sent to.
                    self._set_connected(connected=True)
                    line.sendall(encode(self._hello))
                    delay = _FIRST_RETRY
                    self._talk(line)
            except OSError as error:
                logger.debug("No agent at %s: %s", self._path, error)
            except WireError as error:
                logger.warning("The agent sent a line that was refused: %s", error)
            self._set_connected(connected=False)
            self._closed.wait(delay)
            delay = min(delay * 2, _LAST_RETRY)

    def _set_connected(self, *, connected: bool) -> None:
        with self._lock:
            self._connected = connected
            if not connected:
                kept = [m for m in self._outbox if isinstance(m, AlertShown | ProofOfPlay)]
                self._outbox.clear()
                self._outbox.extend(kept)

    def _talk(self, line: socket.socket) -> None:
        buffer = bytearray()
        while not self._closed.is_set():
            self._flush(line)
            readable, _, _ = select.select([line, self._wake_reader], [], [])
            if self._wake_reader in readable:
                self._wake_reader.recv(4096)
            if line in readable:
                chunk = line.recv(MAX_LINE)
                if not chunk:
                    return
                buffer += chunk
                self._take_lines(buffer)

    def _flush(self, line: socket.socket) -> None:
        while True:
            with self._lock:
                if not self._outbox:
                    return
                message = self._outbox[0]
            try:
                line.sendall(encode(message))
            except WireError as error:
                logger.warning("A message to the agent was dropped: %s", error)
            with self._lock:
                if self._outbox and self._outbox[0] is message:
                    self._outbox.popleft()

    def _take_lines(self, buffer: bytearray) -> None:
        while (end := buffer.find(b"\n")) >= 0:
            message = decode_from_agent(bytes(buffer[:end]))
            del buffer[: end + 1]
            self._on_message(message)
        if len(buffer) > MAX_LINE:
            raise WireError(f"local message: longer than {MAX_LINE} bytes.")
