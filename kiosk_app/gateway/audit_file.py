"""The files of the audit: lines chained, brought to the disk, put aside; it knows no event.

One process at a time writes, the gateway or a command of the counter's; each first looks whether
another one wrote meanwhile.
"""

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from typing import Final

from kiosk_app.gateway.audit_chain import Head, chained, head_of
from kiosk_app.gateway.key_file import sync_folder

logger = logging.getLogger(__name__)

_CURRENT: Final = "audit.jsonl"
_ASIDE: Final = "audit-[0-9][0-9][0-9][0-9][0-9][0-9].jsonl"
_TAIL_BYTES: Final = 1 << 16
_NOT_KNOWN: Final = (0, -1)


class AuditFile:
    """The record in one folder, for many threads. Raises `OSError` where it cannot be written."""

    def __init__(self, folder: Path, max_bytes: int, chain_key: bytes) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._chain_key = chain_key
        self._turn = threading.Lock()
        self._lock_file = os.open(folder / "audit.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._file = -1
        self._known = _NOT_KNOWN
        self._head = Head()
        self._torn = False
        with self._alone():
            self._open()
            sync_folder(folder)

    def append(self, lines: Sequence[Mapping[str, object]]) -> None:
        """Append those lines; they are on the disk when this returns, or none of them counts."""
        with self._alone():
            if _stamp(self._folder / _CURRENT) != self._known:
                self._open()
            data, head = b"\n" if self._torn else b"", self._head
            for index, line in enumerate(lines):
                told = {**line, "torn": True} if self._torn and index == 0 else line
                text, head = chained(told, head, self._chain_key)
                data += text
            self._write(data)
            self._head, self._torn = head, False
            self._known = _stamp(self._folder / _CURRENT)
            if self._known[1] >= self._max_bytes:
                self._put_aside()

    def close(self) -> None:
        """Close the files."""
        os.close(self._file)
        os.close(self._lock_file)

    def _write(self, data: bytes) -> None:
        before = self._known
        self._known = _NOT_KNOWN  # until it is known to be good, the next one looks anew
        written = os.write(self._file, data)
        if written != len(data):
            with suppress(OSError):
                os.ftruncate(self._file, before[1])
            raise OSError(None, "the audit record could not be written whole")
        os.fsync(self._file)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else writes: no thread of this process, no other process (as `pin set`)."""
        with self._turn:
            flock(self._lock_file, LOCK_EX)
            try:
                yield
            finally:
                flock(self._lock_file, LOCK_UN)

    def _open(self) -> None:
        """Go on with the current file, from what its end says (or that of the one before)."""
        current = self._folder / _CURRENT
        self._take(current)
        self._known = _stamp(current)
        self._head, self._torn = Head(), False
        for file in (current, *reversed(_put_aside(self._folder))):
            found = _tail(file)
            self._torn = self._torn or found.torn
            if found.head is not None:
                self._head = found.head
                return

    def _take(self, current: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        before, self._file = self._file, os.open(current, flags, 0o600)
        if before != -1:
            os.close(before)

    def _put_aside(self) -> None:
        """Begin a new file; where that fails, the old one grows on until it can be done."""
        current, aside = self._folder / _CURRENT, _put_aside(self._folder)
        # After the last one's number, however many the city has taken away to keep elsewhere.
        number = int(aside[-1].stem.rpartition("-")[2]) + 1 if aside else 1
        try:
            current.rename(self._folder / f"audit-{number:06}.jsonl")
            self._known = _NOT_KNOWN
            self._take(current)
            self._known = _stamp(current)
            sync_folder(self._folder)
        except OSError as error:
            logger.error("A full file of the audit could not be put aside: %s.", error.strerror)  # noqa: TRY400 - a sentence, no bug


def lines_in(folder: Path) -> Iterator[tuple[str, int, bytes]]:
    """All lines, oldest first: the file's name, the line's number from 1, its bytes.

    Raises:
        OSError: a file cannot be read.
    """
    for file in (*_put_aside(folder), folder / _CURRENT):
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield file.name, number, line.rstrip(b"\n")


def _put_aside(folder: Path) -> list[Path]:
    return sorted(folder.glob(_ASIDE))


@dataclass(frozen=True)
class _Tail:
    head: Head | None
    torn: bool


def _tail(file: Path) -> _Tail:
    """The head that the end of a file says, and whether its last line was torn."""
    with file.open("rb") as record:
        record.seek(max(0, record.seek(0, os.SEEK_END) - _TAIL_BYTES))
        lines = record.read().split(b"\n")
    torn = lines[-1] != b""
    heads = (head_of(line) for line in reversed(lines[:-1]))
    return _Tail(next((head for head in heads if head is not None), None), torn)


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return (found.st_ino, found.st_size)
