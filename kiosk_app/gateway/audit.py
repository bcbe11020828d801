"""The append-only record of who saw whose account where, without content; never shown to a kiosk.

One JSON line an event: when, which kiosk, the document's pseudonym, what, how surely recognised, in
whose name. Pseudonyms are keyed hashes (HMAC-SHA256), so that the record names nobody to those
without the key, yet the city's data protection officer can answer a person who asks. Each line is
chained to the one before it (`audit_chain`) and on the disk before anything is shown.
"""

import asyncio
import hmac
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from typing import Final

from kiosk_app.gateway.audit_chain import Broken, Head, chained, follow, head_of
from kiosk_app.gateway.key_file import key_in, sync_folder

MAX_BYTES: Final = 1 << 26
"""A file of the record that has grown so long is kept aside and a new one begun."""
_CURRENT: Final = "audit.jsonl"
_ASIDE: Final = "audit-*.jsonl"
_TAIL_BYTES: Final = 1 << 16
_CHAIN_USE: Final = b"chain of the audit"


class AuditAction(StrEnum):
    """What happened."""

    LOGIN_BEGUN = "login-begun"
    LOGIN_REFUSED = "login-refused"
    SESSION_OPENED = "session-opened"
    ACCOUNT_SHOWN = "account-shown"
    ACCOUNT_REFUSED = "account-refused"
    TOKEN_REFUSED = "token-refused"  # noqa: S105 - the name of an event
    SESSION_CLOSED = "session-closed"
    WRITTEN = "written"
    WRITING_REFUSED = "writing-refused"
    DOCUMENT_SHOWN = "document-shown"
    PIN_REFUSED = "pin-refused"
    PIN_SET = "pin-set"
    PIN_UNLOCKED = "pin-unlocked"
    PIN_REMOVED = "pin-removed"


@dataclass(frozen=True)
class AuditEvent:
    """One line.

    Attributes:
        kiosk: the kiosk's name, or "counter" for what a clerk did.
        pseudonym: of the document or the provider's subject; None where none is known.
        assurance: how surely the person was recognised.
        principal: the pseudonym of whom they acted for; None for themselves.
        why: the short name of a refusal.
    """

    at: datetime
    kiosk: str
    action: AuditAction
    pseudonym: str | None = None
    assurance: str | None = None
    principal: str | None = None
    why: str | None = None


class Audit:
    """The record in one folder, with the key of the pseudonyms beside it; for many threads.

    Raises `OSError` where the record cannot be written: then nothing may be shown.
    """

    def __init__(self, directory: Path, max_bytes: int = MAX_BYTES) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = directory
        self._max_bytes = max_bytes
        self._key = key_in(directory / "pseudonym.key")
        self._chain_key = _chain_key(self._key)
        self._turn = threading.Lock()
        self._lock_file = os.open(directory / "audit.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self._file = -1
        self._known = (0, 0)
        self._head = Head()
        self._torn = False
        self._waiting: list[tuple[AuditEvent, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None
        with self._alone():
            self._open()

    def pseudonym(self, issuing_state: str, document_number: str) -> str:
        """The name of a document in the record."""
        name = f"{issuing_state}|{document_number}".encode()
        return hmac.digest(self._key, name, "sha256").hex()[:32]

    def write(self, event: AuditEvent) -> None:
        """Append one line; it is on the disk when this returns."""
        self._commit([event])

    async def append(self, event: AuditEvent) -> None:
        """Append one line; lines of one moment are brought to the disk together."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.append((event, done))
        if self._flushing is None:
            self._flushing = loop.create_task(self._flush())
        await done

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._commit, [event for event, _ in batch])
            except OSError as error:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(OSError(error.errno, error.strerror))
            else:
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)
        self._flushing = None

    def close(self) -> None:
        """Close the files."""
        os.close(self._file)
        os.close(self._lock_file)

    def _commit(self, events: Sequence[AuditEvent]) -> None:
        with self._alone():
            self._catch_up()
            data, head = b"\n" if self._torn else b"", self._head
            for index, event in enumerate(events):
                torn = self._torn and index == 0
                line, head = chained(_plain(event, torn=torn), head, self._chain_key)
                data += line
            self._append(data)
            self._head, self._torn = head, False
            self._known = _stamp(self._folder / _CURRENT)
            if self._known[1] >= self._max_bytes:
                self._put_aside()

    def _append(self, data: bytes) -> None:
        before = self._known
        self._known = (0, -1)  # until it is known to be good, the next one looks anew
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

    def _catch_up(self) -> None:
        if _stamp(self._folder / _CURRENT) != self._known:
            os.close(self._file)
            self._open()

    def _open(self) -> None:
        current = self._folder / _CURRENT
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._file = os.open(current, flags, 0o600)
        self._known = _stamp(current)
        self._head, self._torn = Head(), False
        for file in (current, *reversed(_put_aside(self._folder))):
            found = _tail(file)
            self._torn = self._torn or found.torn
            if found.head is not None:
                self._head = found.head
                return

    def _put_aside(self) -> None:
        number = len(_put_aside(self._folder)) + 1
        current = self._folder / _CURRENT
        current.rename(self._folder / _ASIDE.replace("*", f"{number:06}"))
        os.close(self._file)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._file = os.open(current, flags, 0o600)
        self._known = _stamp(current)
        sync_folder(self._folder)


def verify(directory: Path, known: str | None = None) -> Head | Broken:
    """Walk the whole record: its head, or the first line where the chain breaks.

    `known` is a `mac` that somebody kept of an earlier walk, None for none.

    Raises:
        OSError: a file cannot be read.
    """
    return follow(_lines(directory), _chain_key(key_in(directory / "pseudonym.key")), known)


def _lines(directory: Path) -> Iterator[tuple[str, int, bytes]]:
    for file in (*_put_aside(directory), directory / _CURRENT):
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield file.name, number, line.rstrip(b"\n")


def _put_aside(directory: Path) -> list[Path]:
    return sorted(directory.glob(_ASIDE))


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


def _plain(event: AuditEvent, *, torn: bool) -> dict[str, object]:
    line: dict[str, object] = {
        "at": event.at.isoformat(timespec="milliseconds"),
        "kiosk": event.kiosk,
        "action": event.action,
        "document": event.pseudonym,
        "assurance": event.assurance,
        "principal": event.principal,
        "why": event.why,
    }
    return line | {"torn": True} if torn else line


def _chain_key(key: bytes) -> bytes:
    return hmac.digest(key, _CHAIN_USE, "sha256")


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return (found.st_ino, found.st_size)
