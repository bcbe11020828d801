"""The departments answer the same from SQLite and from PostgreSQL, and keep the same limits."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from shutil import copyfile

import pytest
from sqlalchemy.engine import make_url

from kiosk_app.account.codec import decode_account, encode_account
from kiosk_app.account.model import (
    Direction,
    PrincipalKind,
    ReceivableState,
    Scope,
    StepState,
    TodoKind,
)
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.database import Database, DatabaseProblem, DatabaseTooSlow
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.sample_city.creation import create_sample_city
from tests.fakes.running_gateway import JANA, KAREL
from tests.fakes.sample_departments import ALL, NOW, City, connected

CHILD, COMPANY = "ZAST-9000001", "ZAST-9000002"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """A new, empty database at each call."""

    def url() -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.db'}"
        return str(request.getfixturevalue("postgres").database())

    return url


@pytest.fixture(scope="module")
def sample(new_url: Callable[[], str]) -> str:
    """The sample city's database, for copies only."""
    url = new_url()
    create_sample_city(url, NOW.date())
    return url


@pytest.fixture(scope="module")
def new_copy(
    sample: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """A copy of the sample city's database at each call: sooner had than a new one."""

    def copy() -> str:
        if not sample.startswith("sqlite"):
            return str(request.getfixturevalue("postgres").database(like=sample))
        path = tmp_path_factory.mktemp("city") / "city.db"
        return f"sqlite:///{copyfile(str(make_url(sample).database), path)}"

    return copy


@pytest.fixture(scope="module")
def city(new_copy: Callable[[], str]) -> Iterator[City]:
    """The sample city, for tests that write nothing."""
    with connected(new_copy()) as city:
        yield city


@pytest.fixture
def own_city(new_copy: Callable[[], str]) -> Iterator[City]:
    """The sample city, for one test."""
    with connected(new_copy()) as city:
        yield city


def test_own_account(city: City) -> None:
    account = city.account(JANA)
    assert account.missing_agendas == ()
    assert account.outstanding == Decimal("2350.00")
    assert [todo.kind for todo in account.todos] == [
        TodoKind.PAY,
        TodoKind.SUPPLY,
        TodoKind.PAY,
        TodoKind.RENEW,
        TodoKind.READ,
    ]
    case = account.cases[0]
    assert [step.state for step in case.steps].count(StepState.DONE) == 2
    assert case.clerk is not None
    assert case.clerk.email == "stavebni.urad@vzor.example"
    assert account.appointments[0].starts.isoformat() == "2026-12-02T09:20:00+01:00"
    paid = [item for item in account.receivables if item.paid]
    assert all(item.payments[-1].paid_on == item.paid_on for item in paid)
    assert decode_account(encode_account(account)) == account


def test_fine_paid_by_instalments(city: City) -> None:
    fine = city.account(KAREL).receivable("offences:PR-9000502")
    assert fine is not None
    assert [part.paid_on is None for part in fine.instalments] == [False, True]
    assert (fine.state, fine.outstanding) == (ReceivableState.OPEN, Decimal("350.00"))
    assert fine.next_amount == Decimal("350.00")


def test_account_of_the_company(city: City) -> None:
    account = city.account(JANA, COMPANY)
    assert account.person.display_name == "JANA VZOROVÁ"
    assert account.principal_id == COMPANY
    company = next(item for item in account.principals if item.id == COMPANY)
    assert (company.kind, company.ico) == (PrincipalKind.COMPANY, "99900009")
    assert [todo.kind for todo in account.todos] == [
        TodoKind.PAY,
        TodoKind.PAY,
        TodoKind.RENEW,
        TodoKind.ANSWER,
    ]
    assert {message.direction for message in account.messages} == set(Direction)
    assert account.case(account.messages[0].case_id or "") == account.cases[0]
    assert account.documents[0].has_file


def test_account_of_the_child(city: City) -> None:
    account = city.account(JANA, CHILD)
    assert [item.kind for item in account.principals] == [
        PrincipalKind.SELF,
        PrincipalKind.FAMILY,
        PrincipalKind.COMPANY,
    ]
    assert {item.id for item in account.documents} == {"register:99900988"}


@pytest.mark.parametrize(
    "principal", [COMPANY, "ZAST-9000003", "VZOR-F1", "99900009", "VZOR-1", "", "' OR '1'='1"]
)
def test_company_of_somebody_else_is_refused(city: City, principal: str) -> None:
    with pytest.raises(Refusal) as refused:
        city.account(KAREL, principal)
    assert refused.value.problem is ProblemType.NOT_ENTITLED


def test_mandate_counts_from_its_first_day_to_its_last(city: City) -> None:
    last = city.account(KAREL, "ZAST-9000003", now=NOW - timedelta(365))
    assert last.principal_id == "ZAST-9000003"
    for days in (364, 2001):
        with pytest.raises(Refusal):
            city.account(KAREL, "ZAST-9000003", now=NOW - timedelta(days))


def test_mandate_that_was_withdrawn_opens_nothing_from_the_next_request_on(own_city: City) -> None:
    assert own_city.account(JANA, COMPANY).principal_id == COMPANY
    own_city.write("DELETE FROM mandate WHERE mandate_id = :id", id=COMPANY)
    with pytest.raises(Refusal):
        own_city.account(JANA, COMPANY)
    assert [item.id for item in own_city.account(JANA).principals] == ["self", CHILD]


def test_mandates_are_shut_with_their_scope(city: City) -> None:
    scopes = ALL - {Scope.MANDATES}
    assert [item.id for item in city.account(JANA, scopes=scopes).principals] == ["self"]
    with pytest.raises(Refusal):
        city.account(JANA, COMPANY, scopes)


@pytest.mark.parametrize(
    ("column", "value"),
    [("ico", "99900010"), ("ico", None), ("kind", "self"), ("principal", ""), ("kind", "boss")],
)
def test_row_that_is_no_mandate_opens_nothing(own_city: City, column: str, value: object) -> None:
    sql = f"UPDATE mandate SET {column} = :value WHERE mandate_id = :id"  # noqa: S608 - this test's
    own_city.write(sql, value=value, id=COMPANY)
    account = own_city.account(JANA)
    assert [item.id for item in account.principals] == ["self", CHILD]
    assert account.missing_agendas == ()


@pytest.mark.parametrize(
    ("sql", "left"),
    [
        # Two accounts under one id: nobody knows which would open.
        ("UPDATE mandate SET mandate_id = 'both' WHERE person = 'VZOR-1'", []),
        ("UPDATE mandate SET principal = 'VZOR-1' WHERE mandate_id = 'ZAST-9000002'", [CHILD]),
        ("UPDATE mandate SET valid_until = '2026-11-24'", [CHILD, COMPANY]),
        ("UPDATE mandate SET valid_until = '2026-11-23'", []),
    ],
)
def test_mandates_that_count(own_city: City, sql: str, left: list[str]) -> None:
    if "both" in sql:
        own_city.write("CREATE TABLE free AS SELECT * FROM mandate")
        own_city.write("DROP TABLE mandate")
        own_city.write("ALTER TABLE free RENAME TO mandate")
    own_city.write(sql)
    assert [item.id for item in own_city.account(JANA).principals] == ["self", *left]


def test_mandates_that_do_not_answer_are_named_and_open_nothing(own_city: City) -> None:
    own_city.write("DROP TABLE mandate")
    account = own_city.account(JANA)
    assert [name.en for name in account.missing_agendas] == ["Acting for others"]
    with pytest.raises(Refusal) as refused:
        own_city.account(JANA, COMPANY)
    assert refused.value.problem is ProblemType.UNAVAILABLE


def test_agendas_that_give_only_what_is_locked_are_not_asked(own_city: City) -> None:
    own_city.write("DROP TABLE message")
    scopes = frozenset({Scope.PAYMENTS})
    account = own_city.account(JANA, scopes=scopes)
    assert account.missing_agendas == ()
    assert account.locked == tuple(scope for scope in Scope if scope not in scopes)
    assert own_city.account(JANA).missing_agendas != ()


def test_person_of_an_openid_subject(city: City) -> None:
    found = city.departments.persons.find_by_openid("jana.vzorova")
    assert found == city.person(JANA)
    assert city.departments.persons.find_by_openid("nobody") is None


def test_query_is_stopped_at_its_time_limit(city: City) -> None:
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
    with pytest.raises(DatabaseTooSlow):
        city.database.rows(endless, {}, 0.2)
    with city.database.reading(1e-9) as reading, pytest.raises(DatabaseTooSlow):
        reading.rows("SELECT 1", {})


def test_query_gives_no_more_rows_than_are_looked_at(city: City) -> None:
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
        "SELECT i FROM n WHERE i <= CAST(:most AS integer) ORDER BY i DESC"
    )
    with pytest.raises(DatabaseProblem, match="more than 500 rows"):
        city.database.rows(many, {"most": "501"}, 5.0)
    rows = city.database.rows(many, {"most": "500"}, 5.0)
    assert [row["i"] for row in rows] == list(range(500, 0, -1))


@pytest.mark.parametrize("sql", ["DELETE FROM person", "DROP TABLE person"])
def test_database_is_only_read(city: City, sql: str) -> None:
    for statement in (sql, f"{sql} RETURNING *", "INSERT INTO sample_city VALUES ('2026-01-01')"):
        with pytest.raises(DatabaseProblem):
            city.database.rows(statement, {}, 1.0)
    assert city.account(JANA).missing_agendas == ()


def test_days_are_bound_as_days(city: City) -> None:
    sql = "SELECT charge_id FROM charge WHERE due = :today AND person = :person"
    day = date(2026, 9, 30)
    assert city.database.rows(sql, {"today": day, "person": "VZOR-1"}, 1.0) == [
        {"charge_id": "KO-9000017"}
    ]


def test_sentence_of_a_broken_query_names_the_column_and_no_value(city: City) -> None:
    with pytest.raises(DatabaseProblem, match="nothing") as problem:
        city.database.rows("SELECT nothing FROM person WHERE person = :p", {"p": "SECRET"}, 1.0)
    assert "SECRET" not in str(problem.value)


@pytest.mark.parametrize(
    ("url_of_nothing", "why"),
    [("nonsense", "it is none"), ("oracle+none://x", "it is none"), ("mysql://x/y", "MySQLdb is")],
)
def test_url_that_cannot_be_used_is_refused(url_of_nothing: str, why: str) -> None:
    with pytest.raises(DatabaseProblem, match=f"cannot be used: .*{why}"):
        Database(url_of_nothing)


def test_crowd_is_always_the_same_and_has_whole_accounts(new_url: Callable[[], str]) -> None:
    url = new_url()
    count = create_sample_city(url, NOW.date(), persons=60)
    with connected(url) as city:
        accounts = [city.account(str(810_000_000 + number)) for number in range(0, 60, 2)]
        assert all(account.missing_agendas == () for account in accounts)
        assert create_sample_city(url, NOW.date(), persons=60) == count
        again = [city.account(str(810_000_000 + number)) for number in range(0, 60, 2)]
        assert again == accounts
