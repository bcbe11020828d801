"""The usher's hands: starts, tells and kills windows; has no Qt and decides nothing."""

import contextlib
import logging
import os
import queue
import selectors
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from device_agent.link.socket_client import AgentLink
from device_agent.wire import WireError
from device_agent.wire.local import AgentMessage, Alerts, Connection, Hello, ProgrammeReady
from kiosk_app.config import KioskConfig
from kiosk_app.usher_machine import (
    PROGRAM,
    AgentSaid,
    Died,
    Effect,
    Event,
    Kill,
    Note,
    Report,
    Said,
    Spawn,
    Tell,
    Tick,
    Ushering,
    WindowId,
    beat,
    step,
)
from kiosk_app.usher_messages import MAX_LINE, decode_from_window, encode_to_window

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.2
BEAT_SECONDS = 1.0
VERSION = "0.1.0"


@dataclass
class _Child:
    """A window's process and the usher's end of its line."""

    process: subprocess.Popen[bytes]
    line: socket.socket
    buffer: bytearray = field(default_factory=bytearray)


class Usher:
    """Runs until SIGTERM or SIGINT; whatever it started is dead then."""

    def __init__(self, config: KioskConfig, config_path: Path) -> None:
        self._config_path = config_path
        self._state = Ushering()
        self._children: dict[WindowId, _Child] = {}
        self._dying: list[subprocess.Popen[bytes]] = []
        self._selector = selectors.DefaultSelector()
        self._agent_inbox: queue.SimpleQueue[AgentMessage] = queue.SimpleQueue()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._stopping = False
        self._next_beat = 0.0
        hello = Hello(PROGRAM, os.getpid(), VERSION)
        path = config.agent_socket
        self._agent = AgentLink(path, hello, self._from_agent) if path else None

    def run(self) -> int:
        """Serve until a signal says stop."""
        for end in (self._wake_reader, self._wake_writer):
            end.settimeout(0)
        self._selector.register(self._wake_reader, selectors.EVENT_READ, None)
        signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        if self._agent:
            self._agent.start()
        try:
            while not self._stopping:
                self._turn()
        finally:
            self._end()
        return 0

    def _turn(self) -> None:
        for key, _ in self._selector.select(TICK_SECONDS):
            if key.data is None:
                self._woken()
            else:
                self._read(key.data)
        self._happened(Tick())
        self._reap()
        if self._agent and time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + BEAT_SECONDS
            self._agent.send(beat(self._state, time.monotonic()))

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping = True

    def _from_agent(self, message: AgentMessage) -> None:
        """In the link's thread: the one crossing to ours."""
        self._agent_inbox.put(message)
        with contextlib.suppress(OSError):  # full: it is awake already
            self._wake_writer.send(b"\0")

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wake_reader.recv(4096)
        while True:
            try:
                message = self._agent_inbox.get_nowait()
            except queue.Empty:
                return
            match message:
                case Alerts() | Connection():
                    self._happened(AgentSaid(message))
                case ProgrammeReady():
                    pass  # programmes are for players
                case _ as unreachable:
                    assert_never(unreachable)

    def _read(self, window: WindowId) -> None:
        child = self._children.get(window)
        if child is None:
            return  # killed earlier in this turn
        try:
            data = child.line.recv(MAX_LINE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost(window)
            return
        child.buffer += data
        self._take_lines(window, child)

    def _take_lines(self, window: WindowId, child: _Child) -> None:
        while (end := child.buffer.find(b"\n")) >= 0:
            line = bytes(child.buffer[:end])
            del child.buffer[: end + 1]
            try:
                message = decode_from_window(line)
            except WireError as error:
                logger.warning("Window %d: %s", window, error)
                continue
            self._happened(Said(window, message))
        if len(child.buffer) > MAX_LINE:
            logger.warning("Window %d: its line is too long.", window)
            self._lost(window)

    def _lost(self, window: WindowId) -> None:
        logger.warning("Window %d is gone.", window)
        self._kill(window)
        self._happened(Died(window))

    def _happened(self, event: Event) -> None:
        self._state, effects = step(self._state, event, time.monotonic())
        for effect in effects:
            self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Spawn(window):
                self._spawn(window)
            case Kill(window, why):
                logger.info("Window %d is killed: %s.", window, why)
                self._kill(window)
            case Tell(window, message):
                self._tell(window, encode_to_window(message))
            case Report(message):
                if self._agent:
                    self._agent.send(message)
            case Note(window, seconds):
                logger.info("Window %d came to the front in %.0f ms.", window, seconds * 1000)
            case _ as unreachable:
                assert_never(unreachable)

    def _spawn(self, window: WindowId) -> None:
        mine, theirs = socket.socketpair()
        descriptor = str(theirs.fileno())
        command = [sys.executable, "-m", "kiosk_app", "window"]
        command += ["--config", str(self._config_path), "--fd", descriptor]
        try:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                command,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:  # no memory or no process left: it is tried again
            logger.warning("Window %d could not be started: %s.", window, error.strerror)
            mine.close()
            self._happened(Died(window))
            return
        finally:
            theirs.close()
        mine.settimeout(0)
        self._selector.register(mine, selectors.EVENT_READ, window)
        self._children[window] = _Child(process, mine)

    def _tell(self, window: WindowId, line: bytes) -> None:
        child = self._children.get(window)
        if child is None:
            return
        try:
            child.line.sendall(line)
        except OSError as error:  # half a line may have gone: what follows could not be read
            logger.warning("Window %d was not told: %s.", window, error.strerror)
            self._lost(window)

    def _kill(self, window: WindowId) -> None:
        child = self._children.pop(window, None)
        if child is None:
            return
        self._selector.unregister(child.line)
        child.line.close()
        kill_session(child.process.pid)
        self._dying.append(child.process)

    def _reap(self) -> None:
        self._dying = [process for process in self._dying if process.poll() is None]

    def _end(self) -> None:
        for window in list(self._children):
            self._kill(window)
        for process in self._dying:
            process.wait()
        signal.set_wakeup_fd(-1)
        if self._agent:
            self._agent.close()
        self._selector.close()
        self._wake_reader.close()
        self._wake_writer.close()


def kill_session(leader: int) -> None:
    """SIGKILL for a process group and for all that moved out of it but not out of its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    for pid in _session_of(leader):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def _session_of(leader: int) -> list[int]:
    """All processes of a session, read from /proc (proc(5): the sixth field of stat)."""
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader:
                members.append(int(stat.parent.name))
    return members
