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

    While the disk refuses, events are lost and nothing else; the file is tried again each time.
    """

    def __init__(self, path: Path, device: str, limit: int = MAX_EVENTS) -> None:
        self._path = path
        self._device = device
        self._limit = limit
        self._open_file: sqlite3.Connection | None = None
        try:
            self._database()
        except (OSError, sqlite3.Error) as error:
            logger.warning("The spool cannot be used now: %s", error)

    def add(self, body: EventBody) -> Event | None:
        """Keep an event and give it its number; None when the disk refused it."""
        try:
            database = self._database()
            with database:
                cursor = database.execute("INSERT INTO event(data) VALUES (x'')")
                event = Event(self._device, cursor.lastrowid or 0, body)
                database.execute(
                    "UPDATE event SET data = ? WHERE number = ?",
                    (encode_event(event), event.number),
                )
                database.execute(
                    "DELETE FROM event WHERE number <= ?", (event.number - self._limit,)
                )
        except (OSError, sqlite3.Error) as error:
            self._fault("An event was lost because the spool cannot be written", error)
            return None
        return event

    def waiting(self, after: int, count: int) -> list[Event]:
        """The oldest `count` events with numbers above `after`; none while the disk refuses."""
        try:
            rows = (
                self._database()
                .execute(
                    "SELECT number, data FROM event WHERE number > ? ORDER BY number LIMIT ?",
                    (after, count),
                )
                .fetchall()
            )
        except (OSError, sqlite3.Error) as error:
            self._fault("The spool cannot be read", error)
            return []
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
            database = self._database()
            with database:
                database.execute("DELETE FROM event WHERE number = ?", (number,))
        except (OSError, sqlite3.Error) as error:
            self._fault("A sent event stays in the spool", error)

    def close(self) -> None:
        """Close the file."""
        if self._open_file is not None:
            self._open_file.close()
            self._open_file = None

    def _database(self) -> sqlite3.Connection:
        if self._open_file is None:
            self._open_file = _open(self._path)
        return self._open_file

    def _fault(self, what: str, error: Exception) -> None:
        logger.warning("%s: %s", what, error)
        if _is_damage(error):
            self.close()  # the next use sets the file aside and begins a new one


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _prepare(path, 0)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
        aside = path.with_suffix(".damaged")
        logger.warning("The spool was damaged and is kept as %s: %s", aside, error)
        path.replace(aside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _prepare(path, time.time_ns() // 1_000_000)


def _prepare(path: Path, first: int) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=1)
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
        _check(database)
    except (OSError, sqlite3.Error):
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection) -> None:
    found = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        damage = sqlite3.DatabaseError(f"quick_check: {found}")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage
