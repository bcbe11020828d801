"""Makes the sample city's database, again and again the same; it touches no database of others.

The rows are in `rows.yaml`; a date there is `{days: N}` from the day the sample is made for, so
that what is overdue stays overdue.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import yaml
from sqlalchemy import create_engine, delete, insert, inspect
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.sample_city.schema import MARKER, METADATA

_ROWS: Final = Path(__file__).parent / "rows.yaml"


def create_sample_city(url: str, today: date) -> int:
    """Fill the database with the sample as of that day; the answer is the number of rows.

    Raises:
        DatabaseProblem: it cannot be written, or holds tables that are not the sample's.
    """
    rows = sample_rows(today)
    try:
        engine = create_engine(url, hide_parameters=True)
        with engine.begin() as connection:
            _refuse_others(set(inspect(connection).get_table_names()))
            METADATA.create_all(connection)
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))
                if rows.get(table.name):
                    connection.execute(insert(table), rows[table.name])
            connection.execute(insert(MARKER), [{"made_for": today}])
        engine.dispose()
    except (ArgumentError, ImportError) as error:
        raise DatabaseProblem("the database URL cannot be used") from error
    except SQLAlchemyError as error:
        raise DatabaseProblem("the database cannot be written") from error
    return sum(len(of_table) for of_table in rows.values())


def _refuse_others(present: set[str]) -> None:
    if present & set(METADATA.tables) and MARKER.name not in present:
        raise DatabaseProblem("the database holds tables that are not the sample city's")


def sample_rows(today: date) -> dict[str, list[dict[str, object]]]:
    """The rows by table, with the dates of that day."""
    raw = yaml.safe_load(_ROWS.read_text("utf-8"))
    return {
        table: [{name: _cell(value, today) for name, value in row.items()} for row in rows]
        for table, rows in raw["tables"].items()
    }


def _cell(value: object, today: date) -> object:
    if isinstance(value, dict):
        return today + timedelta(days=value["days"])
    return value
