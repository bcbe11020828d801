"""Letters that wait to be sent, kept in the store until they are; it sends none.

A letter is written in the transaction of what it tells of. It is taken with a lease, so that one
whose sender died comes up again, and it is gone once it was sent. It may arrive twice, always with
the same id.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, text

from kiosk_app.account.model import Channel
from kiosk_app.gateway.submissions.tables import to_moment

MOST_TRIES: Final = 12
_LEASE: Final = timedelta(minutes=2)
_FIRST_PAUSE: Final = timedelta(seconds=2)
_LONGEST_PAUSE: Final = timedelta(hours=2)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Letter:
    """One letter; `kind` is all of it that may be logged, `expires` is when it is worth nothing."""

    kind: str
    channel: Channel
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    expires: datetime
    attachment: Attachment | None = field(default=None, repr=False)
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class Leased:
    """A letter that somebody is sending now, for the how manieth time."""

    letter: Letter
    tries: int


def put(connection: Connection, letter: Letter, now: datetime) -> None:
    """Let a letter wait, due at once."""
    attachment = letter.attachment
    connection.execute(
        text(
            "INSERT INTO outbox (id, kind, channel, address, subject, body, attachment,"
            " attachment_type, made, expires, due, tries, dead) VALUES (:id, :kind, :channel,"
            " :address, :subject, :body, :attachment, :attachment_type, :now, :expires, :now, 0, 0)"
        ),
        {
            "id": letter.id,
            "kind": letter.kind,
            "channel": str(letter.channel),
            "address": letter.address,
            "subject": letter.subject,
            "body": letter.text,
            "attachment": None if attachment is None else attachment.data,
            "attachment_type": None if attachment is None else attachment.media_type,
            "now": to_moment(now),
            "expires": to_moment(letter.expires),
        },
    )


def lease(connection: Connection, channel: Channel, now: datetime) -> Leased | None:
    """The letter of that channel that has waited longest, for two minutes nobody else's."""
    row = connection.execute(
        text(
            "UPDATE outbox SET due = :later, tries = tries + 1 WHERE id = (SELECT id FROM outbox"
            " WHERE channel = :channel AND dead = 0 AND due <= :now ORDER BY due, id LIMIT 1)"
            # Said again: the one who waited for another's lease must not take the same letter.
            " AND dead = 0 AND due <= :now RETURNING *"
        ),
        {"channel": str(channel), "now": to_moment(now), "later": to_moment(now + _LEASE)},
    ).one_or_none()
    if row is None:
        return None
    attachment = None
    if row.attachment is not None:
        attachment = Attachment(bytes(row.attachment), row.attachment_type)
    expires = now + timedelta(milliseconds=row.expires - to_moment(now))
    letter = Letter(
        row.kind, channel, row.address, row.subject, row.body, expires, attachment, row.id
    )
    return Leased(letter, row.tries)


def remove(connection: Connection, letter_id: str) -> None:
    """Forget a letter: it was sent, or is worth nothing any more."""
    connection.execute(text("DELETE FROM outbox WHERE id = :id"), {"id": letter_id})


def postpone(connection: Connection, leased: Leased, now: datetime) -> None:
    """Try a letter again later; each time the pause doubles."""
    connection.execute(
        text("UPDATE outbox SET due = :due WHERE id = :id"),
        {"due": to_moment(now + pause(leased.tries)), "id": leased.letter.id},
    )


def bury(connection: Connection, letter_id: str) -> None:
    """Try a letter never again; it stays some days, for people to look."""
    connection.execute(text("UPDATE outbox SET dead = 1 WHERE id = :id"), {"id": letter_id})


def pause(tries: int) -> timedelta:
    """How long to wait after so many failed tries."""
    return min(_FIRST_PAUSE * (1 << min(tries - 1, 20)), _LONGEST_PAUSE)
