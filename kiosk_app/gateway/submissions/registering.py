"""Registers what is handed in: once for each key, with the year's next number; in one transaction.

What it is, its own module writes within the same transaction, so that nothing is half there.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, text

from kiosk_app.account.model import Submission, SubmissionKind
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.submissions.tables import to_moment

_PREFIX: Final = "OM"


@dataclass(frozen=True)
class Writing:
    """One request to write: its key bound to kiosk, person and route, and its body's hash.

    Attributes:
        name: the keyed hash of kiosk, person, route and `Idempotency-Key`.
        request: the keyed hash of the body.
    """

    name: str
    request: str


@dataclass(frozen=True)
class Entry:
    """What is written into the register of submissions; `person` is None for a stranger's."""

    kind: SubmissionKind
    person: str | None = field(repr=False)
    content: Mapping[str, object] = field(repr=False)


def earlier_answer(connection: Connection, writing: Writing) -> bytes | None:
    """What this request was answered before, if it was.

    Raises:
        Refusal: its key came with another body before.
    """
    found = connection.execute(
        text("SELECT request, answer FROM submission_key WHERE name = :name"),
        {"name": writing.name},
    ).one_or_none()
    if found is None:
        return None
    if found.request != writing.request:
        raise Refusal(ProblemType.KEY_REUSED)
    return str(found.answer).encode()


def once(
    connection: Connection, writing: Writing, now: datetime, write: Callable[[], bytes]
) -> bytes:
    """Write and answer, or give the answer of the first time.

    Two at once with the same key: the second waits here until the first is on the disk.

    Raises:
        Refusal: the key came with another body before, or what `write` refuses.
    """
    taken = connection.execute(
        text(
            "INSERT INTO submission_key (name, request, answer, made)"
            " VALUES (:name, :request, '', :made)"
            " ON CONFLICT (name) DO NOTHING RETURNING name"
        ),
        {"name": writing.name, "request": writing.request, "made": to_moment(now)},
    ).scalar()
    if taken is None:
        return earlier_answer(connection, writing) or b""
    fresh = write()
    connection.execute(
        text("UPDATE submission_key SET answer = :answer WHERE name = :name"),
        {"name": writing.name, "answer": fresh.decode()},
    )
    return fresh


def register(connection: Connection, entry: Entry, now: datetime) -> Submission:
    """Give the year's next number; `now` is in the city's zone, which has the year.

    The row of the year is held until the transaction ends: numbers have no gaps and no doubles.
    """
    last = connection.execute(
        text(
            "INSERT INTO submission_year (year, last) VALUES (:year, 1) ON CONFLICT (year)"
            " DO UPDATE SET last = submission_year.last + 1 RETURNING last"
        ),
        {"year": now.year},
    ).scalar_one()
    submission = Submission(f"{_PREFIX}-{now.year}-{last:06d}", entry.kind, now)
    connection.execute(
        text(
            "INSERT INTO submission (number, kind, received, person, content)"
            " VALUES (:number, :kind, :received, :person, :content)"
        ),
        {
            "number": submission.number,
            "kind": str(entry.kind),
            "received": to_moment(now),
            "person": entry.person,
            "content": json.dumps(entry.content, ensure_ascii=False),
        },
    )
    return submission
