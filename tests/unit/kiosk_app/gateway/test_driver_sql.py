"""A declared query in the words of each database's driver."""

from datetime import date

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import mssql, oracle, sqlite
from sqlalchemy.dialects.postgresql import psycopg

from kiosk_app.gateway.driver_sql import driver_sql

SQL = "SELECT 1 FROM t WHERE p = :person AND d <= :soon AND q LIKE '5 %' AND p <> :person"
DAYS = frozenset({"today", "soon"})
VALUES = {"person": "17", "today": date(2026, 11, 24), "soon": date(2027, 1, 23)}


DIALECTS: list[Dialect] = [
    make() for make in (sqlite.dialect, mssql.dialect, oracle.dialect, psycopg.dialect)
]


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        (DIALECTS[0], "p = ? AND d <= ? AND q LIKE '5 %' AND p <> ?"),
        (DIALECTS[1], "p = :person AND d <= :soon AND q LIKE '5 %' AND p <> :person"),
        (DIALECTS[2], "p = :person AND d <= :soon AND q LIKE '5 %' AND p <> :person"),
        (DIALECTS[3], "p = %(person)s::VARCHAR AND d <= %(soon)s::DATE AND q LIKE '5 %%'"),
    ],
)
def test_query_is_in_the_words_of_its_driver(dialect: Dialect, sql: str) -> None:
    assert sql in driver_sql(SQL, DAYS, dialect, 501).sql


@pytest.mark.parametrize("dialect", DIALECTS[2:])
def test_driver_gets_no_value_that_its_query_does_not_name(dialect: Dialect) -> None:
    bound = driver_sql(SQL, DAYS, dialect, 501).bound(VALUES)
    assert bound == {"person": "17", "soon": date(2027, 1, 23)}


def test_driver_that_counts_gets_the_values_in_order() -> None:
    bound = driver_sql(SQL, DAYS, DIALECTS[0], 501).bound(VALUES)
    assert bound == ["17", "2027-01-23", "17"]
