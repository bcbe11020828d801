"""How the city's databases are connected to: read only, pooled, tried after a rest; no query."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

MAX_CELL: Final = 1 << 20
"""SQLite refuses to make a value of more bytes."""
_POOL: Final = 16
_WAIT_FOR_CONNECTION: Final = 2
# A server that vanished without a word is given up after some seconds, not after minutes.
_POSTGRESQL: Final = {
    "options": "-c default_transaction_read_only=on",
    "connect_timeout": _WAIT_FOR_CONNECTION,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
}
_RESTS_SINCE: Final = "rests since"
_RESTED_SECONDS: Final = 1.0
"""A connection that rested longer is tried before it is used: its server may be gone."""


def open_engine(url: URL) -> Engine:
    """The pool of one database; none of its connections is opened yet, none can write."""
    engine = create_engine(url, hide_parameters=True, **_options(url))
    event.listen(engine, "checkin", _rests)
    event.listen(engine, "checkout", _require_awake(engine))
    return engine


def _rests(_driver: object, record: ConnectionPoolEntry) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _require_awake(engine: Engine) -> Callable[..., None]:
    def require(driver: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - a driver's connection (PEP 249)
        since = record.info.get(_RESTS_SINCE)
        if since is None or time.monotonic() - since < _RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return require


def _options(url: URL) -> dict[str, Any]:
    options: dict[str, Any] = {
        "pool_size": _POOL,
        "max_overflow": 0,
        "pool_timeout": _WAIT_FOR_CONNECTION,
        "pool_use_lifo": True,  # the connections used last have their statements prepared
        "pool_reset_on_return": None,  # nothing is ever begun on them
        "isolation_level": "AUTOCOMMIT",
    }
    if url.get_backend_name() == "sqlite":
        path = url.database or ""
        return options | {"creator": lambda: _open_sqlite(path)}
    if url.get_backend_name() == "postgresql":
        options["connect_args"] = _POSTGRESQL
    return options


def _open_sqlite(path: str) -> sqlite3.Connection:
    # Read-only by the database itself: no declaration, however wrong, can write; and a file that
    # is not there is not made.
    connection = sqlite3.connect(
        f"file:{quote(path)}?mode=ro", uri=True, timeout=1.0, check_same_thread=False
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
    return connection
