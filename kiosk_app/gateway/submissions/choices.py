"""How a person wants to be told of news, in the store: addresses with their codes, topics."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, text

from kiosk_app.account.drafts import (
    Confirmation,
    TopicChoices,
)
from kiosk_app.account.model import (
    Address,
    Channel,
    Choices,
    LocalizedText,
    Submission,
    SubmissionKind,
    Topic,
)
from kiosk_app.account.problem import ProblemType
from kiosk_app.account.submissions import CodeSent
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.submissions.addresses import masked
from kiosk_app.gateway.submissions.outbox import Letter, put
from kiosk_app.gateway.submissions.registering import Entry, register
from kiosk_app.gateway.submissions.secret_key import SecretKey
from kiosk_app.gateway.submissions.tables import to_moment

CODE_LIFETIME: Final = timedelta(minutes=10)
CODE_TRIES: Final = 5
NEWS_LIFETIME: Final = timedelta(hours=12)
"""How long a letter with news is tried."""
_CODES: Final = 1_000_000


def send_code(
    connection: Connection,
    key: SecretKey,
    person: str,
    channel: Channel,
    address: str,
    now: datetime,
) -> CodeSent:
    """Make a code for a canonical address and let its letter wait; an earlier one is void."""
    code = f"{secrets.randbelow(_CODES):06d}"
    expires = now + CODE_LIFETIME
    connection.execute(
        text(
            "INSERT INTO address_code (person, channel, address, code, tries, expires)"
            " VALUES (:person, :channel, :address, :code, 0, :expires)"
            " ON CONFLICT (person, channel) DO UPDATE SET address = excluded.address,"
            " code = excluded.code, tries = 0, expires = excluded.expires"
        ),
        {
            "person": person,
            "channel": str(channel),
            "address": address,
            "code": _hashed(key, person, channel, code),
            "expires": to_moment(expires),
        },
    )
    put(connection, _code_letter(channel, address, code, expires), now)
    return CodeSent(channel, masked(channel, address), expires)


def _hashed(key: SecretKey, person: str, channel: Channel, code: str) -> str:
    return key.name("code", person, channel, code)


def _code_letter(channel: Channel, address: str, code: str, expires: datetime) -> Letter:
    # Plain ASCII for the telephone: one text message instead of two.
    return Letter(
        kind="code",
        channel=channel,
        address=address,
        subject="Kód pro infobox / Infobox code",
        text=(
            f"{code} je Vas kod pro infobox mesta, plati 10 minut. "
            f"{code} is your code for the city's infobox, valid for 10 minutes."
        ),
        expires=expires,
    )


def count_try(connection: Connection, person: str, channel: Channel, now: datetime) -> int:
    """Use up one try before the code is looked at; the answer is how many are left.

    Raises:
        Refusal: CODE_EXPIRED, no code waits, or it had its tries.
    """
    tries = connection.execute(
        text(
            "UPDATE address_code SET tries = tries + 1 WHERE person = :person"
            " AND channel = :channel AND expires > :now AND tries < :most RETURNING tries"
        ),
        {
            "person": person,
            "channel": str(channel),
            "now": to_moment(now),
            "most": CODE_TRIES,
        },
    ).scalar()
    if tries is None:
        raise Refusal(ProblemType.CODE_EXPIRED)
    return CODE_TRIES - int(tries)


def write_address(
    connection: Connection,
    key: SecretKey,
    person: str,
    confirmation: Confirmation,
    now: datetime,
    left: int,
) -> Submission:
    """Make the address that the code was sent to the person's, and the code void.

    Raises:
        Refusal: CODE_WRONG, or CODE_EXPIRED when another request used it up.
    """
    whose = {"person": person, "channel": str(confirmation.channel)}
    found = connection.execute(
        text(
            "SELECT address, code FROM address_code WHERE person = :person AND channel = :channel"
        ),
        whose,
    ).one_or_none()
    if found is None:
        raise Refusal(ProblemType.CODE_EXPIRED)
    typed = _hashed(key, person, confirmation.channel, confirmation.code)
    if not hmac.compare_digest(found.code, typed):
        raise Refusal(ProblemType.CODE_WRONG, tries_left=left)
    gone = connection.execute(
        text(
            "DELETE FROM address_code WHERE person = :person AND channel = :channel"
            " AND code = :code RETURNING person"
        ),
        whose | {"code": typed},
    ).scalar()
    if gone is None:
        raise Refusal(ProblemType.CODE_EXPIRED)
    connection.execute(
        text(
            "INSERT INTO address (person, channel, address, confirmed)"
            " VALUES (:person, :channel, :address, :now) ON CONFLICT (person, channel)"
            " DO UPDATE SET address = excluded.address, confirmed = excluded.confirmed"
        ),
        whose | {"address": found.address, "now": to_moment(now)},
    )
    content = {"channel": str(confirmation.channel)}
    return register(connection, Entry(SubmissionKind.CHOICES, person, content), now)


def forget_address(
    connection: Connection, person: str, channel: Channel, now: datetime
) -> Submission:
    """Tell the person nothing more by that channel; no address is no problem."""
    whose = {"person": person, "channel": str(channel)}
    for table in ("address", "address_code"):
        connection.execute(
            text(f"DELETE FROM {table} WHERE person = :person AND channel = :channel"),  # noqa: S608 - two names above
            whose,
        )
    content = {"channel": str(channel), "forgotten": True}
    return register(connection, Entry(SubmissionKind.CHOICES, person, content), now)


def write_topics(
    connection: Connection,
    person: str,
    choices: TopicChoices,
    topics: Mapping[str, LocalizedText],
    now: datetime,
) -> Submission:
    """Keep which channels tell of which topic; raises `Refusal` (NOT_OFFERED)."""
    if choices.topics.keys() - topics.keys():
        raise Refusal(ProblemType.NOT_OFFERED)
    for topic in sorted(choices.topics):
        connection.execute(
            text(
                "INSERT INTO topic_choice (person, topic, channels)"
                " VALUES (:person, :topic, :channels) ON CONFLICT (person, topic)"
                " DO UPDATE SET channels = excluded.channels"
            ),
            {"person": person, "topic": topic, "channels": ",".join(choices.topics[topic])},
        )
    content = {topic: list(ways) for topic, ways in choices.topics.items()}
    return register(connection, Entry(SubmissionKind.CHOICES, person, content), now)


def choices_of(
    connection: Connection, person: str, topics: Mapping[str, LocalizedText], now: datetime
) -> Choices:
    """The person's choices as the account shows them; an address that waits for its code too."""
    waiting = connection.execute(
        text(
            "SELECT channel, address FROM address_code"
            " WHERE person = :person AND expires > :now AND tries < :most"
        ),
        {"person": person, "now": to_moment(now), "most": CODE_TRIES},
    )
    shown = {row.channel: _shown(row.channel, row.address, confirmed=False) for row in waiting}
    for channel, address in addresses_of(connection, person).items():
        shown[channel] = _shown(channel, address, confirmed=True)
    chosen = _chosen(connection, person)
    return Choices(
        addresses=tuple(shown[channel] for channel in sorted(shown)),
        topics=tuple(Topic(topic, title, chosen.get(topic, ())) for topic, title in topics.items()),
    )


def addresses_of(connection: Connection, person: str) -> dict[Channel, str]:
    """The confirmed addresses of a person."""
    rows = connection.execute(
        text("SELECT channel, address FROM address WHERE person = :person"), {"person": person}
    )
    return {Channel(row.channel): row.address for row in rows}


def put_news(
    connection: Connection, person: str, topic: str, subject: str, words: str, now: datetime
) -> None:
    """Let letters wait on all channels by which the person wants to be told of that topic."""
    addresses = addresses_of(connection, person)
    for channel in _chosen(connection, person).get(topic, ()):
        if channel in addresses:
            expires = now + NEWS_LIFETIME
            letter = Letter("news", channel, addresses[channel], subject, words, expires)
            put(connection, letter, now)


def _chosen(connection: Connection, person: str) -> dict[str, tuple[Channel, ...]]:
    rows = connection.execute(
        text("SELECT topic, channels FROM topic_choice WHERE person = :person"),
        {"person": person},
    )
    return {
        row.topic: tuple(Channel(name) for name in row.channels.split(",") if name) for row in rows
    }


def _shown(channel: str, address: str, *, confirmed: bool) -> Address:
    return Address(Channel(channel), masked(Channel(channel), address), confirmed)
