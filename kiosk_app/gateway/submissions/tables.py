"""The tables of what citizens hand in, and moments in them; it reads and writes no row.

Moments are milliseconds since 1970 in UTC, so that both databases order and compare them alike.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from kiosk_app.gateway.store import StorePart

SUBMISSIONS: Final = StorePart(
    "submissions",
    (
        (
            (
                "CREATE TABLE submission_key (name TEXT PRIMARY KEY, request TEXT NOT NULL,"
                " answer TEXT NOT NULL, made BIGINT NOT NULL)"
            ),
            "CREATE INDEX submission_key_made ON submission_key (made)",
            "CREATE TABLE submission_year (year INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
            (
                "CREATE TABLE submission (number TEXT PRIMARY KEY, kind TEXT NOT NULL,"
                " received BIGINT NOT NULL, person TEXT, content TEXT NOT NULL)"
            ),
            (
                "CREATE TABLE sent_message (number TEXT PRIMARY KEY REFERENCES submission,"
                " person TEXT NOT NULL, department TEXT NOT NULL, subject TEXT NOT NULL,"
                " body TEXT NOT NULL, answers TEXT, case_id TEXT, sent BIGINT NOT NULL)"
            ),
            "CREATE INDEX sent_message_person ON sent_message (person)",
            (
                "CREATE TABLE slot (service TEXT NOT NULL, starts BIGINT NOT NULL,"
                " taken INTEGER NOT NULL, PRIMARY KEY (service, starts))"
            ),
            (
                "CREATE TABLE appointment (id TEXT PRIMARY KEY,"
                " number TEXT NOT NULL REFERENCES submission, person TEXT NOT NULL,"
                " service TEXT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL,"
                " cancelled BIGINT)"
            ),
            "CREATE INDEX appointment_person ON appointment (person, starts)",
            (
                "CREATE TABLE address_code (person TEXT NOT NULL, channel TEXT NOT NULL,"
                " address TEXT NOT NULL, code TEXT NOT NULL, tries INTEGER NOT NULL,"
                " expires BIGINT NOT NULL, PRIMARY KEY (person, channel))"
            ),
            (
                "CREATE TABLE address (person TEXT NOT NULL, channel TEXT NOT NULL,"
                " address TEXT NOT NULL, confirmed BIGINT NOT NULL, PRIMARY KEY (person, channel))"
            ),
            (
                "CREATE TABLE topic_choice (person TEXT NOT NULL, topic TEXT NOT NULL,"
                " channels TEXT NOT NULL, PRIMARY KEY (person, topic))"
            ),
            (
                "CREATE TABLE defect (number TEXT PRIMARY KEY REFERENCES submission,"
                " category TEXT NOT NULL, body TEXT NOT NULL, latitude DOUBLE PRECISION NOT NULL,"
                " longitude DOUBLE PRECISION NOT NULL, contact TEXT, photo {blob}, photo_type TEXT)"
            ),
            "CREATE TABLE rate_hold (name TEXT PRIMARY KEY, touched BIGINT NOT NULL)",
            "CREATE TABLE rate_mark (name TEXT NOT NULL, at BIGINT NOT NULL)",
            "CREATE INDEX rate_mark_name ON rate_mark (name, at)",
            (
                "CREATE TABLE outbox (id TEXT PRIMARY KEY, kind TEXT NOT NULL,"
                " channel TEXT NOT NULL, address TEXT NOT NULL, subject TEXT NOT NULL,"
                " body TEXT NOT NULL, attachment {blob}, attachment_type TEXT,"
                " made BIGINT NOT NULL, expires BIGINT NOT NULL, due BIGINT NOT NULL,"
                " tries INTEGER NOT NULL, dead INTEGER NOT NULL)"
            ),
            "CREATE INDEX outbox_due ON outbox (channel, dead, due)",
        ),
    ),
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def to_moment(at: datetime) -> int:
    """The milliseconds of an aware time."""
    return (at - _EPOCH) // _MILLISECOND


def from_moment(milliseconds: int) -> datetime:
    """The aware time (UTC) of those milliseconds."""
    return _EPOCH + milliseconds * _MILLISECOND
