"""The chain that ties each line of the audit to the one before it. Pure: it reads no file.

A line is a JSON object whose last member `mac` is the HMAC-SHA256, under the audit's key, over the
`mac` before it and the line without its own. A line that was changed, taken out or put in breaks
the chain there. Lines cut off at the end show only to somebody who kept a later `mac`.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

FIRST_MAC: Final = "0" * 64
_TAIL: Final = b', "mac": "'


@dataclass(frozen=True)
class Head:
    """Where the chain stands: how many records it has, and the last one's `mac`."""

    count: int = 0
    mac: str = FIRST_MAC


@dataclass(frozen=True)
class Broken:
    """The chain breaks at that line of that file (counted from 1)."""

    file: str
    line: int


def chained(event: Mapping[str, object], head: Head, key: bytes) -> tuple[bytes, Head]:
    """The line that records the event after `head` (with its newline), and the head after it."""
    count = head.count + 1
    text = json.dumps({"n": count, **event}).encode()
    mac = _mac(key, head.mac, text)
    return text[:-1] + _TAIL + mac.encode() + b'"}\n', Head(count, mac)


def head_of(line: bytes) -> Head | None:
    """What a line says the chain's head is, unchecked; None for a line that was torn."""
    try:
        raw = json.loads(line)
        return Head(int(raw["n"]), str(raw["mac"]))
    except (ValueError, KeyError, TypeError):
        return None


def follow(
    lines: Iterable[tuple[str, int, bytes]], key: bytes, known: str | None = None
) -> Head | Broken:
    """Walk the chain over all lines (file, number, bytes without newline), oldest first.

    A line torn by a power cut breaks nothing if the record after it says so. `known` is a `mac`
    that somebody kept: without it among the records, their end was cut off.
    """
    head, torn, seen = Head(), None, known is None
    for file, number, line in lines:
        after = _next(line, head, key)
        if after is None:
            if torn is not None:
                return torn
            torn = Broken(file, number)
            continue
        if torn is not None and not _says_torn(line):
            return torn
        head, torn = after, None
        seen = seen or head.mac == known
    if torn is not None:
        return torn
    return head if seen else Broken("the end", head.count)


def _next(line: bytes, head: Head, key: bytes) -> Head | None:
    said = head_of(line)
    if said is None or said.count != head.count + 1:
        return None
    body = line[: line.rfind(_TAIL)] + b"}"
    good = hmac.compare_digest(_mac(key, head.mac, body).encode(), said.mac.encode())
    return said if good else None


def _says_torn(line: bytes) -> bool:
    return json.loads(line).get("torn") is True


def _mac(key: bytes, before: str, text: bytes) -> str:
    return hmac.digest(key, before.encode() + text, "sha256").hex()
