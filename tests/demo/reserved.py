"""Keeps TCP ports and X display numbers for one demo until its programs take them; starts none."""

import contextlib
import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

# Below the kernel's ephemeral ports (32768 and up), so that while a killed service is away no
# outgoing connection can be given its port, not even that of a client that calls it.
LOWEST, HIGHEST = 20_000, 32_000
NUMBERS = range(90, 600)


class ReservedPorts:
    """Ports on loopback that nobody else can bind until `release`."""

    def __init__(self, count: int) -> None:
        self._held: list[socket.socket] = []
        candidates = random.sample(range(LOWEST, HIGHEST), HIGHEST - LOWEST)
        for port in candidates:
            if len(self._held) == count:
                break
            self._try(port)
        if len(self._held) < count:
            self.release()
            raise RuntimeError(f"no {count} free TCP ports between {LOWEST} and {HIGHEST}")
        self.numbers = [held.getsockname()[1] for held in self._held]

    def _try(self, port: int) -> None:
        held = socket.socket()
        try:
            held.bind(("127.0.0.1", port))
        except OSError:
            held.close()
        else:
            self._held.append(held)

    def release(self) -> None:
        """Lets the services bind the ports now."""
        for held in self._held:
            held.close()
        self._held.clear()


class ReservedDisplays:
    """X display numbers that no other demo takes while this one lives."""

    def __init__(self) -> None:
        self._marks: list[IO[bytes]] = []

    def next(self) -> int:
        """A number that no X server and no other demo holds; RuntimeError when there is none."""
        for number in NUMBERS:
            if self._mark(number) and not _in_use(number):
                return number
        raise RuntimeError(f"no free X display number from {NUMBERS[0]} to {NUMBERS[-1]}")

    def _mark(self, number: int) -> bool:
        """The kernel drops the mark when this process ends, however that happens."""
        with contextlib.ExitStack() as undo:
            try:
                mark = undo.enter_context(
                    (Path(tempfile.gettempdir()) / f"om-display-{number}").open("ab")
                )
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:  # held by another demo, or another person's file
                return False
            undo.pop_all()
        self._marks.append(mark)
        return True

    def close(self) -> None:
        """Gives all numbers back."""
        for mark in self._marks:
            mark.close()
        self._marks.clear()


def _in_use(number: int) -> bool:
    """True when an X server answers there, or what a killed one left is not ours to clear."""
    path, lock = f"/tmp/.X11-unix/X{number}", Path(f"/tmp/.X{number}-lock")  # noqa: S108 - X's own
    answered = any(map(_answers, (path, f"\0{path}")))
    return answered or _lock_is_held(lock) or any(map(_is_anothers, (Path(path), lock)))


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(address) == 0


def _is_anothers(mark: Path) -> bool:
    try:
        return os.geteuid() not in {0, mark.stat().st_uid}
    except FileNotFoundError:
        return False


def _lock_is_held(lock: Path) -> bool:
    try:
        owner = int(lock.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return Path(f"/proc/{owner}").exists()
