"""The city's databases through SQLAlchemy: only read, each query within a time limit."""

import sqlite3
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from kiosk_app.gateway.errors import CannotServe

MAX_ROWS: Final = 500
"""A query that gives more rows for one person is refused."""
_POOL: Final = 16
_OPCODES_BETWEEN_LOOKS: Final = 1000


class DatabaseProblem(CannotServe):
    """A database did not answer a query; one sentence without parameters or values."""


class Database:
    """One database by its SQLAlchemy URL; connections are pooled, safe for many threads."""

    def __init__(self, url: str) -> None:
        """Prepare the connections; none is opened yet.

        Raises:
            DatabaseProblem: the URL is none, or its driver is not installed.
        """
        try:
            parsed = make_url(url)
            self._engine = create_engine(parsed, hide_parameters=True, **_options(parsed))
        except (ArgumentError, ImportError) as error:
            raise DatabaseProblem("the database URL cannot be used") from error

    def rows(
        self, sql: str, parameters: Mapping[str, object], time_limit: float
    ) -> list[dict[str, object]]:
        """The rows of one query by column name; `time_limit` in seconds.

        Raises:
            DatabaseProblem: no connection, a broken query, too slow, or too many rows.
        """
        _, rows = self._run(sql, parameters, time_limit)
        if len(rows) > MAX_ROWS:
            raise DatabaseProblem(f"the query gave more than {MAX_ROWS} rows")
        return rows

    def columns(self, sql: str, parameters: Mapping[str, object], time_limit: float) -> set[str]:
        """The columns one query gives; it is run.

        Raises:
            DatabaseProblem: no connection, a broken query, or too slow.
        """
        columns, _ = self._run(sql, parameters, time_limit)
        return columns

    def _run(
        self, sql: str, parameters: Mapping[str, object], time_limit: float
    ) -> tuple[set[str], list[dict[str, object]]]:
        try:
            with self._engine.connect() as connection:
                _limit(connection, time_limit)
                found = connection.execute(text(sql), dict(parameters)).mappings()
                return set(found.keys()), [dict(row) for row in found.fetchmany(MAX_ROWS + 1)]
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            raise DatabaseProblem(f"the query failed: {_kind(cause)}") from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _kind(cause: BaseException) -> str:
    # SQLite's sentences name tables and columns, never values; other drivers' may quote rows.
    if isinstance(cause, sqlite3.Error):
        return str(cause)
    return type(cause).__name__


def _options(url: URL) -> dict[str, Any]:
    options: dict[str, Any] = {"pool_size": _POOL, "max_overflow": _POOL, "pool_timeout": 2}
    if url.get_backend_name() != "sqlite":
        return options | {"pool_pre_ping": True}
    path = url.database or ""
    # Read-only by the database itself: no declaration, however wrong, can write; and a file that
    # is not there is not made.
    return options | {
        "creator": lambda: sqlite3.connect(
            f"file:{quote(path)}?mode=ro", uri=True, timeout=1.0, check_same_thread=False
        )
    }


def _limit(connection: Connection, seconds: float) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}"))
        connection.execute(text("SET TRANSACTION READ ONLY"))
        return
    driver: Any = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        deadline = time.monotonic() + seconds
        driver.set_progress_handler(lambda: time.monotonic() > deadline, _OPCODES_BETWEEN_LOOKS)
