"""How often somebody may hand in within a window, counted in the store: a restart forgives none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.submissions.tables import to_moment


@dataclass(frozen=True)
class Limit:
    """At most `allowed` times within `window`."""

    allowed: int
    window: timedelta


LONGEST_WINDOW = timedelta(days=1)


def hold(connection: Connection, name: str, now: datetime) -> None:
    """Let nobody else pass with that name until this transaction ends."""
    connection.execute(
        text(
            "INSERT INTO rate_hold (name, touched) VALUES (:name, :now)"
            " ON CONFLICT (name) DO UPDATE SET touched = excluded.touched"
        ),
        {"name": name, "now": to_moment(now)},
    )


def count(connection: Connection, name: str, now: datetime, *limits: Limit) -> None:
    """Count one time for that name; it lasts if the transaction does.

    Raises:
        Refusal: it is one too many.
    """
    hold(connection, name, now)
    for limit in limits:
        since = to_moment(now - limit.window)
        seen = connection.execute(
            text(
                "SELECT COUNT(*) FROM rate_mark WHERE name = :name AND at > :since AND at < :until"
            ),
            # What a clock that was far ahead has marked must not shut anybody out for years.
            {"name": name, "since": since, "until": to_moment(now + limit.window)},
        ).scalar_one()
        if seen >= limit.allowed:
            raise Refusal(ProblemType.TOO_MANY_ATTEMPTS)
    connection.execute(
        text("INSERT INTO rate_mark (name, at) VALUES (:name, :at)"),
        {"name": name, "at": to_moment(now)},
    )
