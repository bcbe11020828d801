"""The append-only record of who saw whose account where, without content; never read here.

One JSON line an event: when, which kiosk, the document's pseudonym, what. The pseudonym is a keyed
hash (HMAC-SHA256), so that the record names nobody to those without the key, yet the city's data
protection officer can answer a person who asks.
"""

import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

_KEY_BYTES = 32


class AuditAction(StrEnum):
    """What happened."""

    LOGIN_BEGUN = "login-begun"
    LOGIN_REFUSED = "login-refused"
    SESSION_OPENED = "session-opened"
    ACCOUNT_SHOWN = "account-shown"
    TOKEN_REFUSED = "token-refused"  # noqa: S105 - the name of an event
    SESSION_CLOSED = "session-closed"


@dataclass(frozen=True)
class AuditEvent:
    """One line; `pseudonym` is None where no document is known, `why` names a refusal."""

    at: datetime
    kiosk: str
    action: AuditAction
    pseudonym: str | None = None
    why: str | None = None


class Audit:
    """The record in one file of one directory, with the key of the pseudonyms beside it.

    Raises `OSError` where the record cannot be written: then nothing may be shown.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._key = _key(directory / "pseudonym.key")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._file = os.open(directory / "audit.jsonl", flags, 0o600)

    def pseudonym(self, issuing_state: str, document_number: str) -> str:
        """The name of a document in the record."""
        name = f"{issuing_state}|{document_number}".encode()
        return hmac.digest(self._key, name, "sha256").hex()[:32]

    def write(self, event: AuditEvent) -> None:
        """Append one line."""
        line = {
            "at": event.at.isoformat(timespec="milliseconds"),
            "kiosk": event.kiosk,
            "action": event.action,
            "document": event.pseudonym,
            "why": event.why,
        }
        data = json.dumps(line).encode() + b"\n"
        if os.write(self._file, data) != len(data):
            raise OSError("the audit record could not be written whole")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def _key(path: Path) -> bytes:
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise OSError(f"{path} is not a key of {_KEY_BYTES} bytes")
    return key


def _make_key(path: Path) -> None:
    """Write a fresh key whole or not at all; one that is there already stays."""
    fresh = path.with_suffix(f".{os.getpid()}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
