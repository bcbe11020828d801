"""SQL, HTML and control characters through every field, in SQLite and in PostgreSQL."""

import asyncio
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from kiosk_app.account.codec import decode_account, encode_account
from kiosk_app.gateway.agenda.kinds import Question
from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.proving import Refusal
from tests.fakes.running_gateway import JANA
from tests.fakes.sample_departments import NOW, City, sample_departments

SQL = [
    "' OR '1'='1",
    "VZOR-1' --",
    "VZOR-1'; DROP TABLE person; --",
    "') UNION SELECT person, display_name, is_sample FROM person --",
    "\\' OR 1=1 --",
    "%' OR person LIKE '%",
    ":person",
    "%(person)s",
    "{person}",
    "$1",
    "$$VZOR-1$$",
    "x' || pg_sleep(10) || '",
    "\N{MODIFIER LETTER APOSTROPHE} OR 1=1",
    "VZOR-1\N{NO-BREAK SPACE}",
    "vzor-1",
    "VZOR-%",
    "VZOR-_",
    "*",
    "",
]
NOT_TEXT = ["\x00", "VZOR-1\x00", "\ud800"]
SHOWN = [
    "'; DROP TABLE person; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "&lt;b&gt; {{7*7}} ${7*7} %s %(x)s {0}",
    '"\\u0000" \\x1b[2J',
    "../../etc/passwd",
]
DECEIVING = ["a\x1b[2Jb", "a\u202egnp.exe", "a\u2066b", "a\u2028b", "a\x07b", "a\x9bb", "a\x7fb"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def city(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.db'}"
    else:
        url = str(request.getfixturevalue("postgres").database())
    with sample_departments(url) as city:
        yield city


@pytest.mark.parametrize("key", SQL + NOT_TEXT)
def test_document_number_that_is_sql_opens_nothing(city: City, key: str) -> None:
    persons = city.departments.persons
    for state, number in (("CZE", key), (key, JANA), (key, key)):
        if key in NOT_TEXT:
            with pytest.raises(DatabaseProblem, match="is no text that a database can hold"):
                persons.find(state, number)
        else:
            assert persons.find(state, number) is None
    assert key in NOT_TEXT or persons.find_by_openid(key) is None


@pytest.mark.parametrize("key", SQL + NOT_TEXT)
def test_persons_key_that_is_sql_has_nothing_in_any_agenda(city: City, key: str) -> None:
    gathering = city.departments.viewing.gathering
    found = asyncio.run(gathering.gather(Question(key, NOW)))
    assert sum(item.size for item in found.items) == 0
    assert key in NOT_TEXT or found.missing == ()
    assert city.account(JANA).missing_agendas == ()


@pytest.mark.parametrize("principal", SQL + NOT_TEXT)
def test_principal_that_is_sql_is_not_entitled(city: City, principal: str) -> None:
    with pytest.raises(Refusal):
        city.account(JANA, principal)


FIELDS = [
    ("charge", "title_cs", "charge_id = 'KO-9000017'"),
    ("charge", "note", "charge_id = 'KO-9000017'"),
    ("proceeding", "reference_number", "proceeding_id = 'SU-9000077'"),
    ("proceeding", "clerk_name", "proceeding_id = 'SU-9000077'"),
    ("proceeding_step", "title_en", "proceeding_id = 'SU-9000077' AND position = 1"),
    ("request", "detail_cs", "request_id = 'DOL-9000077'"),
    ("contract", "terms_cs", "contract_id = 'ZAH-9000311'"),
    ("issued_document", "title_cs", "document_id = 'ROZ-9000051'"),
    ("message", "body_cs", "message_id = 'ZPR-9000090'"),
    ("appointment", "place_cs", "appointment_id = 'OBJ-9000901'"),
]


@pytest.mark.parametrize(("table", "column", "where"), FIELDS)
def test_text_that_looks_like_code_is_a_text(
    city: City, table: str, column: str, where: str
) -> None:
    before = _value(city, table, column, where)
    for text in SHOWN:
        _set(city, table, column, where, text)
        account = city.account(JANA)
        assert account.missing_agendas == ()
        sent = encode_account(account)
        assert decode_account(sent) == account
        assert text in set(_texts(account))
    for text in DECEIVING:
        _set(city, table, column, where, text)
        account = city.account(JANA)
        assert len(account.missing_agendas) == 1
        assert text not in set(_texts(account))
    _set(city, table, column, where, before)


@pytest.mark.parametrize("text", DECEIVING)
def test_name_that_could_deceive_opens_no_account(city: City, text: str) -> None:
    city.write("UPDATE person SET display_name = :text WHERE person = 'VZOR-1'", text=text)
    with pytest.raises(DatabaseProblem, match="a row is no person"):
        city.person(JANA)
    city.write("UPDATE person SET display_name = 'JANA VZOROVÁ' WHERE person = 'VZOR-1'")


def test_key_that_is_sql_has_just_its_own(city: City) -> None:
    key = "VZOR-1' OR '1'='1"
    city.write("INSERT INTO person VALUES (:key, 'EVA VZOROVÁ', true)", key=key)
    city.write(
        "INSERT INTO identity_document VALUES "
        "('CZE', 'EVIL', :key, 'Průkaz', 'Card', '2026-01-01', '2036-01-01')",
        key=key,
    )
    account = city.account("EVIL")
    assert account.receivables == ()
    assert [item.id for item in account.documents] == ["register:EVIL"]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value if isinstance(value, tuple) else ():
        yield from _texts(part)
    for member in fields(value) if is_dataclass(value) else ():
        yield from _texts(getattr(value, member.name))


def _set(city: City, table: str, column: str, where: str, text: object) -> None:
    sql = f"UPDATE {table} SET {column} = :text WHERE {where}"  # noqa: S608 - this test's own names
    city.write(sql, text=text)


def _value(city: City, table: str, column: str, where: str) -> object:
    sql = f"SELECT {column} FROM {table} WHERE {where}"  # noqa: S608 - this test's own names
    return city.database.rows(sql, {}, 1.0)[0][column]
