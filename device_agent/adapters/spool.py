"""Keeps numbered events on disk until the broker has acknowledged them; it sends nothing.

Bounded: when it is full the oldest event goes. Numbers grow for ever, also after the file was lost.
"""

import logging
import sqlite3
import time
from pathlib import Path

from device_agent.wire import WireError
from device_agent.wire.event import Event, EventBody, decode_event, encode_event

logger = logging.getLogger(__name__)

MAX_EVENTS = 20_000


class Spool:
    """The spool file of one device; used by one thread.

    Raises:
        OSError: the directory cannot be written.
    """

    def __init__(self, path: Path, device: str, limit: int = MAX_EVENTS) -> None:
        self._device = device
        self._limit = limit
        self._database = _open(path)

    def add(self, body: EventBody) -> Event | None:
        """Keep an event and give it its number; None when the disk refused it."""
        try:
            with self._database:
                cursor = self._database.execute("INSERT INTO event(data) VALUES (x'')")
                event = Event(self._device, cursor.lastrowid or 0, body)
                self._database.execute(
                    "UPDATE event SET data = ? WHERE number = ?",
                    (encode_event(event), event.number),
                )
                self._database.execute(
                    "DELETE FROM event WHERE number <= ?", (event.number - self._limit,)
                )
        except sqlite3.Error as error:
            logger.warning("An event was lost because the spool cannot be written: %s", error)
            return None
        return event

    def waiting(self, after: int, count: int) -> list[Event]:
        """The oldest `count` events with numbers above `after`."""
        rows = self._database.execute(
            "SELECT number, data FROM event WHERE number > ? ORDER BY number LIMIT ?",
            (after, count),
        ).fetchall()
        events: list[Event] = []
        for number, data in rows:
            try:
                events.append(decode_event(data))
            except WireError as error:
                logger.warning("A spooled event was dropped: %s", error)
                self.remove(number)
        return events

    def remove(self, number: int) -> None:
        """The broker has this event."""
        try:
            with self._database:
                self._database.execute("DELETE FROM event WHERE number = ?", (number,))
        except sqlite3.Error as error:
            logger.warning("A sent event stays in the spool: %s", error)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _prepare(path, 0)
    except sqlite3.DatabaseError as error:
        aside = path.with_suffix(".damaged")
        logger.warning("The spool was damaged and is kept as %s: %s", aside, error)
        if path.exists():
            path.replace(aside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _prepare(path, time.time_ns() // 1_000_000)


def _prepare(path: Path, first: int) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        with database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS event"
                " (number INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL)"
            )
            if first:
                database.execute("INSERT INTO event VALUES (?, x'')", (first,))
                database.execute("DELETE FROM event")
        database.execute("SELECT count(*) FROM event").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database
