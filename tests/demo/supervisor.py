"""Starts the demo's programs, restarts what dies, stops all it started; no word of the tour.

It does on one machine what systemd and a boot loader do on a device: a program that ends is back
within a fraction of a second, and a device that asks for a reboot is started again as a whole.
"""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

EXIT_REBOOT = 75  # device-agent's way of asking for a reboot (device_agent.adapters.slots)
POLL_SECONDS = 0.05
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 1.5
WELL_AFTER_SECONDS = 5.0  # a program that ran this long starts its pauses anew
TERM_SECONDS = 4.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)
logger = logging.getLogger(__name__)


class CannotStartError(Exception):
    """A program could not be started at all; one sentence."""


@dataclass(frozen=True)
class Program:
    """One program of the demo: how to start it and which device it belongs to.

    `command` is asked at every start, so that a device's program comes out of the booted slot.
    """

    name: str
    command: Callable[[], list[str]]
    environment: Mapping[str, str] = field(default_factory=dict)
    device: str | None = None
    stdin: bool = False


@dataclass
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    started: float
    pause: float = FIRST_PAUSE_SECONDS
    restart_at: float | None = None


@dataclass
class _Order:
    program: Program
    done: threading.Event = field(default_factory=threading.Event)
    failure: OSError | None = None


def _die_with_parent() -> None:
    """In the child: the kernel ends it when the supervisor's thread ends, however that happens."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Supervisor:
    """Runs programs; every one gets its own session, log file and death with its parent."""

    def __init__(self, logs: Path, on_boot: Callable[[str], None]) -> None:
        """`on_boot(device)` plays the boot loader before a device's programs start again."""
        self._logs = logs
        self._on_boot = on_boot
        self._running: dict[str, _Running] = {}
        self._lock = threading.RLock()
        self._held: set[str] = set()
        self._wanted: list[_Order] = []
        self._stopping = threading.Event()
        self.restarts: dict[str, int] = {}
        logs.mkdir(parents=True, exist_ok=True)
        # One thread is the parent of all: PR_SET_PDEATHSIG looks at the thread, not at the process.
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._thread.start()

    def start(self, program: Program) -> None:
        """Starts a program now and keeps it running until `stop`.

        Raises:
            CannotStartError: there is no such program, or the supervisor has ended.
        """
        order = _Order(program)
        with self._lock:
            self._wanted.append(order)
        while not order.done.wait(POLL_SECONDS):
            if not self._thread.is_alive():
                raise CannotStartError(f"{program.name}: the supervisor has ended")
        if order.failure:
            raise CannotStartError(f"{program.name}: {order.failure}") from order.failure

    def pid(self, name: str) -> int:
        """The process id of the program's present life."""
        with self._lock:
            return self._running[name].process.pid

    def names(self) -> list[str]:
        """The programs in the order of their start."""
        with self._lock:
            return list(self._running)

    def alive(self, name: str) -> bool:
        """True while the program's present life has not ended."""
        with self._lock:
            return self._running[name].process.poll() is None

    def say(self, name: str, line: str) -> None:
        """Writes one line to a program that was started with `stdin=True`."""
        with self._lock:
            pipe = self._running[name].process.stdin
        if pipe is None:
            raise ValueError(f"the program “{name}” has no standard input")
        pipe.write(line.encode() + b"\n")
        pipe.flush()

    def last_words(self, name: str) -> str:
        """The last line of a program's log that says something, empty when it said nothing."""
        try:
            said = (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        lines = (line.strip() for line in reversed(said.splitlines()))
        return next((line for line in lines if len(line) > len("(EE)")), "")

    def hold(self, name: str) -> None:
        """Kills a program and keeps it away until `release`, as a part that is missing."""
        with self._lock:
            self._held.add(name)
            _kill_group(self._running[name].process.pid)

    def release(self, name: str) -> None:
        """Lets a held program start again."""
        with self._lock:
            self._held.discard(name)

    def stop(self) -> None:
        """Ends everything that was started, the youngest first."""
        self._stopping.set()
        self._thread.join()
        for running in reversed(list(self._running.values())):
            _end(running.process)

    def _watch(self) -> None:
        while not self._stopping.wait(POLL_SECONDS):
            with self._lock:
                self._start_wanted()
                for name in list(self._running):
                    self._look_after(name)

    def _start_wanted(self) -> None:
        while self._wanted:
            order = self._wanted.pop(0)
            try:
                self._running[order.program.name] = self._spawn(order.program)
            except OSError as error:
                order.failure = error
            order.done.set()

    def _look_after(self, name: str) -> None:
        running = self._running[name]
        code = running.process.poll()
        if code is None:
            return
        device = running.program.device if code == EXIT_REBOOT else None
        if running.restart_at is None:
            _kill_group(running.process.pid)
            self._plan_restart(running, at_once=device is not None)
        elif name not in self._held and time.monotonic() >= running.restart_at:
            try:
                self._reboot(device) if device else self._restart(running)
            except OSError as error:  # a full disk must not end the one thread that looks after all
                logger.warning("%s: not started again: %s", name, error)
                running.restart_at = time.monotonic() + LONGEST_PAUSE_SECONDS

    @staticmethod
    def _plan_restart(running: _Running, *, at_once: bool) -> None:
        lived = time.monotonic() - running.started
        if lived >= WELL_AFTER_SECONDS:
            running.pause = FIRST_PAUSE_SECONDS
        running.restart_at = time.monotonic() + (0 if at_once else running.pause)

    def _restart(self, running: _Running) -> None:
        name = running.program.name
        self.restarts[name] = self.restarts.get(name, 0) + 1
        _close_stdin(running.process)
        fresh = self._spawn(running.program)
        fresh.pause = min(running.pause * 2, LONGEST_PAUSE_SECONDS)
        self._running[name] = fresh

    def _reboot(self, device: str) -> None:
        mine = [r for r in self._running.values() if r.program.device == device]
        for running in mine:
            _end(running.process)
        self._on_boot(device)
        for running in mine:
            name = running.program.name
            if name in self._held:
                running.restart_at = time.monotonic()
            else:
                self._running[name] = self._spawn(running.program)

    def _spawn(self, program: Program) -> _Running:
        with (self._logs / f"{program.name}.log").open("ab") as log:
            process = subprocess.Popen(
                program.command(),
                stdin=subprocess.PIPE if program.stdin else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **program.environment},
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - prctl only, no locks are taken
            )
        return _Running(program, process, time.monotonic())


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, a little patience, then SIGKILL to the whole group."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(TERM_SECONDS)
    _kill_group(process.pid)
    process.wait()
    _close_stdin(process)


def _close_stdin(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()


def wait_until(what: str, condition: Callable[[], bool], seconds: float) -> float:
    """Polls until the condition holds and returns how long it took; TimeoutError names `what`."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(f"{what}: not within {seconds:g} s")
        time.sleep(0.01)
    return time.monotonic() - begun


def descendants(pids: Iterable[int]) -> set[int]:
    """All living children, grandchildren and so on, read from /proc."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            rest = stat.read_text().rpartition(")")[2].split()
            children.setdefault(int(rest[1]), []).append(int(stat.parent.name))
    found: set[int] = set()
    ahead = list(pids)
    while ahead:
        below = children.get(ahead.pop(), [])
        found.update(below)
        ahead.extend(below)
    return found


def started(pid: int) -> int:
    """When a process began, in clock ticks since the system's start (proc(5), stat, field 22)."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
