"""The city's databases through SQLAlchemy: only read, each query within a time limit.

Parameters reach a database only by binding. SQLite and PostgreSQL are tested; another database
that SQLAlchemy speaks is read within the agenda's time limit, but keeps no limit of its own.
"""

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kiosk_app.gateway.database_engine import MAX_CELL, open_engine
from kiosk_app.gateway.driver_sql import driver_sql
from kiosk_app.gateway.errors import CannotServe

MAX_ROWS: Final = 500
"""A query that gives more rows for one person is refused."""
_ROOM_OF_A_ROW: Final = 1 << 16
_OPCODES_BETWEEN_LOOKS: Final = 1000
_LIMIT_IN_FORCE: Final = "statement_timeout"
_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")
_OF_THE_QUERY: Final = "42"
"""The class of SQLSTATEs whose sentences name tables and columns, never values."""


class DatabaseProblem(CannotServe):
    """A database did not answer a query; one sentence without parameters or values."""


class DatabaseTooSlow(DatabaseProblem):
    """A query was stopped at its time limit."""


class DatabaseUnreachable(DatabaseProblem):
    """No connection to the database can be had."""


class Reading:
    """One connection, for the queries of one question."""

    def __init__(self, engine: Engine, connection: PoolProxiedConnection, deadline: float) -> None:
        self._engine = engine
        self._connection = connection
        self._driver: Any = connection.driver_connection
        self._deadline = deadline
        self._dates: frozenset[str] = frozenset()
        self._checked: Mapping[str, object] = {}

    def rows(self, sql: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        """The rows of one query by column name.

        Raises:
            DatabaseProblem: a broken query, too slow, or too many rows.
        """
        with self._asked(sql, parameters) as cursor:
            rows = cursor.fetchmany(MAX_ROWS + 1)
            # Most questions find nothing, and drivers make the names anew each time.
            names = self._names(cursor) if rows else []
        if len(rows) > MAX_ROWS:
            raise DatabaseProblem(f"the query gave more than {MAX_ROWS} rows")
        return [dict(zip(names, map(_value, row), strict=True)) for row in rows]

    def columns(self, sql: str, parameters: Mapping[str, object]) -> set[str]:
        """The columns one query gives; it is run.

        Raises:
            DatabaseProblem: a broken query, or too slow.
        """
        with self._asked(sql, parameters) as cursor:
            cursor.fetchmany(1)
            return set(self._names(cursor))

    def _names(self, cursor: Any) -> list[str]:  # noqa: ANN401 - a driver's cursor (PEP 249)
        names = [column[0] for column in cursor.description]
        dialect = self._engine.dialect
        # Oracle calls a column written `title` TITLE.
        return (
            list(map(dialect.normalize_name, names)) if dialect.requires_name_normalize else names
        )

    @contextmanager
    def _asked(self, sql: str, parameters: Mapping[str, object]) -> Iterator[Any]:
        """The driver's cursor (PEP 249) that ran the query."""
        if time.monotonic() > self._deadline:
            raise DatabaseTooSlow("the queries took too long")
        if parameters is not self._checked:
            self._dates, self._checked = _dates_among(parameters), parameters
        query = driver_sql(sql, self._dates, self._engine.dialect, MAX_ROWS + 1)
        with closing(self._driver.cursor()) as cursor:
            try:
                cursor.execute(query.sql, query.bound(parameters))
                yield cursor
            except self._engine.dialect.loaded_dbapi.Error as error:
                if self._engine.dialect.is_disconnect(error, self._driver, cursor):
                    self._connection.invalidate(error)
                    self._engine.dispose()  # the others are as old
                raise _problem(error) from error


class Database:
    """One database by its SQLAlchemy URL; connections are pooled, safe for many threads."""

    def __init__(self, url: str) -> None:
        """Prepare the connections; none is opened yet.

        Raises:
            DatabaseProblem: the URL is none, or its driver is not installed.
        """
        try:
            self._engine = open_engine(make_url(url))
        except ImportError as error:
            sentence = f"the database URL cannot be used: the driver {error.name} is not installed"
            raise DatabaseProblem(sentence) from error
        except ArgumentError as error:
            raise DatabaseProblem("the database URL cannot be used: it is none") from error

    @contextmanager
    def reading(self, time_limit: float) -> Iterator[Reading]:
        """One connection for some queries, `time_limit` seconds for all of them together.

        Raises:
            DatabaseUnreachable: none can be had.
        """
        with self._connected() as connection:
            yield self._reading(connection, time_limit)

    def _reading(self, connection: PoolProxiedConnection, time_limit: float) -> Reading:
        try:
            deadline = _limit(connection, time_limit)
        except self._engine.dialect.loaded_dbapi.Error as error:
            connection.invalidate(error)
            raise DatabaseUnreachable(_sentence(error)) from error
        return Reading(self._engine, connection, deadline)

    @contextmanager
    def _connected(self) -> Iterator[PoolProxiedConnection]:
        try:
            connection = self._engine.raw_connection()
        except PoolTimeout as error:
            raise DatabaseUnreachable("no connection: all are in use") from error
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as error:
            raise DatabaseUnreachable(f"no connection: {_refusal(error)}") from error
        with closing(connection):
            yield connection

    def rows(
        self, sql: str, parameters: Mapping[str, object], time_limit: float
    ) -> list[dict[str, object]]:
        """The rows of one query by column name; `time_limit` in seconds.

        Raises:
            DatabaseProblem: no connection, a broken query, too slow, or too many rows.
        """
        with self.reading(time_limit) as reading:
            return reading.rows(sql, parameters)

    def columns(self, sql: str, parameters: Mapping[str, object], time_limit: float) -> set[str]:
        """The columns one query gives; it is run.

        Raises:
            DatabaseProblem: no connection, a broken query, or too slow.
        """
        with self.reading(time_limit) as reading:
            return reading.columns(sql, parameters)

    def file(
        self, sql: str, parameters: Mapping[str, object], time_limit: float, most: int
    ) -> bytes | None:
        """The bytes that one query gives, in one row of one column; None for no row, and for NULL.

        Raises:
            DatabaseProblem: no connection, a broken query, too slow, more than one row or column,
                or more than `most` bytes.
        """
        with self._connected() as connection, _longer_cells(connection, most):
            rows = self._reading(connection, time_limit).rows(sql, parameters)
        cells = [cell for row in rows for cell in row.values()]
        if not cells:
            return None
        if len(cells) > 1 or not isinstance(cells[0], bytes | memoryview | None):
            raise DatabaseProblem("the query gave other than one file")
        return None if cells[0] is None else bytes(cells[0])

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


@contextmanager
def _longer_cells(connection: PoolProxiedConnection, most: int) -> Iterator[None]:
    """Let SQLite make values of so many bytes, with room for the row around them."""
    driver: Any = connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, most + _ROOM_OF_A_ROW)
    try:
        yield
    finally:
        driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)


def _problem(error: Exception) -> DatabaseProblem:
    if type(error).__name__ == "QueryCanceled" or str(error) == "interrupted":
        return DatabaseTooSlow("the query took too long")
    return DatabaseProblem(_sentence(error))


def _sentence(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return f"the query failed: {_kind(cause)}"


def _refusal(error: Exception) -> str:
    """Why a connection was refused: PostgreSQL's words name server, user and database only."""
    cause = getattr(error, "orig", None) or error
    said = str(cause).strip()
    if type(cause).__module__.startswith("psycopg") and said:
        return said.splitlines()[0][:300]
    return _kind(cause)


def _kind(cause: BaseException) -> str:
    # SQLite's sentences name tables and columns, never values; other drivers' may quote rows.
    if isinstance(cause, sqlite3.Error):
        return str(cause)
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None and str(getattr(cause, "sqlstate", "")).startswith(_OF_THE_QUERY):
        return str(diagnosis.message_primary)
    return type(cause).__name__


def _dates_among(parameters: Mapping[str, object]) -> frozenset[str]:
    """The names of the parameters that are days; raises `DatabaseProblem` for what is no text."""
    if any(_NO_TEXT.search(value) for value in parameters.values() if isinstance(value, str)):
        raise DatabaseProblem("a parameter is no text that a database can hold")
    return frozenset(name for name, value in parameters.items() if isinstance(value, date))


def _value(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


def _limit(connection: PoolProxiedConnection, seconds: float) -> float:
    """Have the database stop by itself; gives the deadline on the monotonic clock."""
    deadline = time.monotonic() + seconds
    driver: Any = connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.set_progress_handler(lambda: time.monotonic() > deadline, _OPCODES_BETWEEN_LOOKS)
    elif type(driver).__module__.startswith("psycopg"):
        milliseconds = max(1, int(seconds * 1000))
        if connection.info.get(_LIMIT_IN_FORCE) != milliseconds:
            driver.execute(f"SET statement_timeout = {milliseconds}")
            connection.info[_LIMIT_IN_FORCE] = milliseconds
    return deadline
