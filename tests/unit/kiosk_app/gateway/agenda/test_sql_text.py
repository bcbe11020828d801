"""A declared query is one question whose parameters are bound, or it is refused."""

import pytest

from kiosk_app.gateway.agenda.sql_text import SqlRefused, checked_sql

KNOWN = frozenset({"person", "today"})
NEEDED = frozenset({"person"})


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 WHERE p = :person",
        "  select a::text, '10:30', 'it''s; {', \"odd;name\" FROM t WHERE p = :person",
        "WITH t AS (SELECT 1) SELECT * FROM t WHERE p = :person AND d < :today",
        "SELECT 5 % 2 WHERE p = CAST(:person AS integer)",
        "SELECT 1 WHERE p = :person AND t LIKE '%správa%' AND u NOT LIKE '%daň%'",
    ],
)
def test_question_is_taken_as_it_is(sql: str) -> None:
    # A brace inside a literal is formatting only together with a name; here it is refused below.
    plain = sql.replace("; {", ";")
    assert checked_sql(plain, KNOWN, NEEDED) == plain.strip()


def test_comments_are_left_out() -> None:
    sql = "SELECT 1 -- of :nobody; really\nWHERE /* {x} */ p = :person"
    assert checked_sql(sql, KNOWN, NEEDED) == "SELECT 1  \nWHERE   p = :person"


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("SELECT 1 WHERE p = ':person'", "inside quotes is not bound"),
        ("SELECT 1 WHERE p = '{person}' AND q = :person", "inside quotes is not bound"),
        ("SELECT 1 WHERE p = '%s' AND q = :person", "inside quotes is not bound"),
        ('SELECT 1 AS "a :other" WHERE p = :person', "inside quotes is not bound"),
        ("SELECT 1 WHERE p LIKE '%s%' AND q = :person", "inside quotes is not bound"),
        ("SELECT 1 WHERE p = '%(person)s' AND q = :person", "inside quotes is not bound"),
        ("SELECT 1 WHERE p = :person::integer", r"write CAST\(:person AS …\)"),
        ("SELECT 1 WHERE p = {person}", "only bound"),
        ("SELECT 1 WHERE p = %s AND q = :person", "only bound"),
        ("SELECT 1 WHERE p = %(person)s AND q = :person", "only bound"),
        ("SELECT 1 WHERE p = ? AND q = :person", "only bound"),
        ("SELECT 1 WHERE p = $1 AND q = :person", "only bound"),
        ("SELECT $$x$$ WHERE q = :person", "only bound"),
        ("SELECT 1 WHERE p = :person; DROP TABLE person", "is not one SELECT"),
        ("DELETE FROM person WHERE p = :person", "is not one SELECT"),
        ("SELECTED :person", "is not one SELECT"),
        ("-- only words", "is not one SELECT"),
        ("SELECT 1 WHERE p = :persn", ":persn is not known here"),
        ("SELECT 1", "does not ask for :person; it would tell of everybody"),
        ("SELECT 1 -- :person", "does not ask for :person"),
        ("SELECT 1 WHERE p = :person AND q = 'open", "is not closed"),
        ('SELECT 1 WHERE p = :person AND "open', "is not closed"),
        ("SELECT 1 WHERE p = :person /* open", "is not closed"),
    ],
)
def test_what_is_no_bound_question_is_refused(sql: str, sentence: str) -> None:
    with pytest.raises(SqlRefused, match=sentence):
        checked_sql(sql, KNOWN, NEEDED)
