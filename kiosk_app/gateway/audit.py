"""The append-only record of who saw whose account where, without content; never shown to a kiosk.

One JSON line an event: when, which kiosk, the document's pseudonym, what, how surely recognised, in
whose name. Pseudonyms are keyed hashes (HMAC-SHA256), so that the record names nobody to those
without the key, yet the city's data protection officer can answer a person who asks. Each line is
chained to the one before it (`audit_chain`) and on the disk before anything is shown.
"""

import asyncio
import hmac
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from kiosk_app.gateway.audit_chain import Broken, Head, follow
from kiosk_app.gateway.audit_file import AuditFile, lines_in
from kiosk_app.gateway.key_file import key_in

MAX_BYTES: Final = 1 << 26
"""A file of the record that has grown so long is kept aside and a new one begun."""
_KEY_FILE: Final = "pseudonym.key"
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

    Raises `OSError` where the record cannot be written: then nothing may be shown. It has a thread
    of its own, so that no slow department holds it up.
    """

    def __init__(self, directory: Path, max_bytes: int = MAX_BYTES) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._key = key_in(directory / _KEY_FILE)
        self._file = AuditFile(directory, max_bytes, _chain_key(self._key))
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="audit")
        self._waiting: list[tuple[AuditEvent, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None

    def pseudonym(self, issuing_state: str, document_number: str) -> str:
        """The name of a document in the record."""
        name = f"{issuing_state}|{document_number}".encode()
        return hmac.digest(self._key, name, "sha256").hex()[:32]

    def write(self, event: AuditEvent) -> None:
        """Append one line; it is on the disk when this returns."""
        self._file.append([_plain(event)])

    async def append(self, event: AuditEvent) -> None:
        """Append one line; lines of one moment are brought to the disk together."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.append((event, done))
        if self._flushing is None:
            self._flushing = loop.create_task(self._flush())
        await done

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._bring_to_disk(batch)
        finally:
            self._flushing = None

    async def _bring_to_disk(self, batch: list[tuple[AuditEvent, asyncio.Future[None]]]) -> None:
        lines = [_plain(event) for event, _ in batch]
        failure: OSError | None = OSError(None, "the audit record was not written")
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._file.append, lines)
            failure = None
        except OSError as error:
            failure = error
        finally:
            # Whatever happened: who waits for a line that was not written is told so.
            for _, done in batch:
                if failure is not None and not done.done():
                    done.set_exception(OSError(failure.errno, failure.strerror))
                elif not done.done():
                    done.set_result(None)

    def close(self) -> None:
        """Close the files, after what is being written."""
        self._thread.shutdown()
        self._file.close()


def verify(directory: Path, known: str | None = None) -> Head | Broken:
    """Walk the whole record: its head, or the first line where the chain breaks.

    `known` is a `mac` that somebody kept of an earlier walk, None for none.

    Raises:
        OSError: a file cannot be read.
    """
    return follow(lines_in(directory), _chain_key(key_in(directory / _KEY_FILE)), known)


def _plain(event: AuditEvent) -> dict[str, object]:
    return {
        "at": event.at.isoformat(timespec="milliseconds"),
        "kiosk": event.kiosk,
        "action": event.action,
        "document": event.pseudonym,
        "assurance": event.assurance,
        "principal": event.principal,
        "why": event.why,
    }


def _chain_key(key: bytes) -> bytes:
    return hmac.digest(key, _CHAIN_USE, "sha256")
