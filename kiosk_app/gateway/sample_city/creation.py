"""Makes the sample city's database, again and again the same; it touches no database of others.

The rows are in `rows.yaml`; a date there is `{days: N}` from the day the sample is made for, so
that what is overdue stays overdue. More persons, as many as a measurement wants, come from `crowd`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

import yaml
from sqlalchemy import Connection, Table, create_engine, insert, inspect
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.sample_city.crowd import CrowdRow, crowd_rows
from kiosk_app.gateway.sample_city.schema import MARKER, METADATA

_ROWS: Final = Path(__file__).parent / "rows.yaml"
PAPERS: Final = Path(__file__).parent / "papers"
"""The PDF files of the sample's documents, each named by its number."""
APPOINTMENTS: Final = Path(__file__).parent / "appointments.yaml"
"""What can be booked in the sample city."""
SUBMISSIONS_SETTINGS: Final = Path(__file__).parent / "submissions.toml"
"""What the sample city takes: tables for `gateway.toml`."""
_AT_ONCE: Final = 10_000


def create_sample_city(url: str, today: date, persons: int = 0, seed: int = 1) -> int:
    """Fill the database with the sample as of that day; the answer is the number of rows.

    `persons` more are invented, always the same ones for one `seed`.

    Raises:
        DatabaseProblem: it cannot be written, or holds tables that are not the sample's.
    """
    rows = sample_rows(today)
    count = sum(len(of_table) for of_table in rows.values())
    try:
        engine = create_engine(url, hide_parameters=True)
        with engine.begin() as connection:
            _renew_tables(connection)
            for table in METADATA.sorted_tables:
                if rows.get(table.name):
                    connection.execute(insert(table), rows[table.name])
            connection.execute(insert(MARKER), [{"made_for": today}])
            count += _fill(connection, crowd_rows(persons, seed, today))
            for index in (index for table in METADATA.sorted_tables for index in table.indexes):
                index.create(connection)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        engine.dispose()
    except (ArgumentError, ImportError) as error:
        raise DatabaseProblem("the database URL cannot be used") from error
    except SQLAlchemyError as error:
        raise DatabaseProblem("the database cannot be written") from error
    return count


def _renew_tables(connection: Connection) -> None:
    """Fresh tables, without their indexes: those are built faster over all rows at the end."""
    present = set(inspect(connection).get_table_names())
    if present & set(METADATA.tables) and MARKER.name not in present:
        raise DatabaseProblem("the database holds tables that are not the sample city's")
    METADATA.drop_all(connection)
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table))


def _fill(connection: Connection, rows: Iterator[CrowdRow]) -> int:
    count = 0
    while some := list(islice(rows, _AT_ONCE)):
        by_table: dict[str, list[tuple[object, ...]]] = {}
        for table, row in some:
            by_table.setdefault(table, []).append(row)
        for name, of_table in by_table.items():
            _write(connection, METADATA.tables[name], of_table)
        count += len(some)
    return count


def _write(connection: Connection, table: Table, rows: list[tuple[object, ...]]) -> None:
    """Write rows of all columns, each database's fast way."""
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        with cursor.copy(f'COPY "{table.name}" FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(table.columns))
    sql = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - our own table's name
    connection.exec_driver_sql(sql, [tuple(map(_sqlite_value, row)) for row in rows])


def _sqlite_value(value: object) -> object:
    """Dates and times as SQLAlchemy writes them into SQLite."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


def sample_rows(today: date) -> dict[str, list[dict[str, object]]]:
    """The rows by table, with the dates of that day; what a row leaves out is nothing."""
    raw = yaml.safe_load(_ROWS.read_text("utf-8"))
    return {
        name: [
            {column.name: _cell(row.get(column.name), today) for column in table.columns}
            for row in raw["tables"][name]
        ]
        for name, table in METADATA.tables.items()
        if name in raw["tables"]
    } | {"issued_file": _papers()}


def _papers() -> list[dict[str, object]]:
    return [
        {"document_id": file.stem, "pdf": file.read_bytes()}
        for file in sorted(PAPERS.glob("*.pdf"))
    ]


def _cell(value: object, today: date) -> object:
    if not isinstance(value, dict):
        return value
    day = today + timedelta(days=value["days"])
    return datetime.combine(day, time.fromisoformat(value["at"])) if "at" in value else day
