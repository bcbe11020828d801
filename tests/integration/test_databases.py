"""Agendas in databases of their own: one that is away, restarted, or not configured."""

import asyncio
import sqlite3
from itertools import chain
from pathlib import Path
from shutil import copytree

import pytest

from kiosk_app.gateway.agenda.kinds import ItemKind, Question
from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.database import (
    Database,
    DatabaseProblem,
    DatabaseTooSlow,
    DatabaseUnreachable,
)
from kiosk_app.gateway.departments import Departments, connect, load_declarations
from kiosk_app.gateway.sample_city.creation import create_sample_city
from tests.fakes.running_gateway import JANA
from tests.fakes.sample_departments import NOW, City
from tests.integration.postgres_server import PostgresServer, postgres_server

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_server_that_was_restarted_is_found_again() -> None:
    with postgres_server() as server:
        database = Database(server.url())
        for _ in range(3):
            assert database.rows("SELECT 1 AS one", {}, 5.0) == [{"one": 1}]
        server.stop()
        with pytest.raises(DatabaseProblem, match="the query failed"):
            database.rows("SELECT 1 AS one", {}, 5.0)
        server.start()
        assert database.rows("SELECT 1 AS one", {}, 5.0) == [{"one": 1}]
        database.close()


def test_server_that_vanished_is_given_up_by_the_connection_itself(
    postgres: PostgresServer,
) -> None:
    database = Database(postgres.database())
    with database.reading(5.0) as reading:
        kept = reading._driver.info.get_parameters()
    assert {"keepalives_idle", "keepalives_count", "tcp_user_timeout"} <= set(kept)
    database.close()


def test_connection_that_is_refused_says_why_and_tells_no_password() -> None:
    database = Database("postgresql+psycopg://reader:SECRET@127.0.0.1:1/fees")
    with pytest.raises(DatabaseUnreachable, match=r"no connection: .*127\.0\.0\.1") as refused:
        database.rows("SELECT 1", {}, 1.0)
    assert "SECRET" not in str(refused.value)
    database.close()


def test_query_that_took_too_long_does_not_run_on_in_the_server(postgres: PostgresServer) -> None:
    url = postgres.database()
    database = Database(url)
    with pytest.raises(DatabaseTooSlow):
        database.rows(ENDLESS, {}, 0.2)
    running = (
        "SELECT count(*) AS n FROM pg_stat_activity "
        "WHERE state = 'active' AND query LIKE '%RECURSIVE%' AND pid <> pg_backend_pid()"
    )
    assert database.rows(running, {}, 5.0) == [{"n": 0}]
    database.close()


def test_time_limit_of_each_question_is_its_own(postgres: PostgresServer) -> None:
    database = Database(postgres.database())
    limit = "SELECT current_setting('statement_timeout') AS t"
    said = [database.rows(limit, {}, seconds)[0]["t"] for seconds in (0.5, 0.25, 0.25, 3.0)]
    assert said == ["500ms", "250ms", "250ms", "3s"]
    database.close()


def test_role_that_may_only_read_is_enough(postgres: PostgresServer) -> None:
    url = postgres.database()
    create_sample_city(url, NOW.date())
    name = url.split("@/")[1].split("?")[0]
    postgres.execute(f"CREATE ROLE reader_{name} LOGIN", name)
    postgres.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_{name}", name)
    departments = connect(PACKAGED_AGENDAS, {"city": url.replace("postgres@", f"reader_{name}@")})
    assert City(url, departments).account(JANA).missing_agendas == ()
    departments.close()


def _library_apart(folder: Path) -> Path:
    agendas = folder / "agendas"
    copytree(PACKAGED_AGENDAS, agendas)
    declared = (agendas / "library.yaml").read_text()
    (agendas / "library.yaml").write_text(declared.replace("gives:", "database: library\ngives:"))
    return agendas


def _missing(departments: Departments, url: str) -> list[str]:
    return [name.en for name in City(url, departments).account(JANA).missing_agendas]


def test_agenda_is_read_from_the_database_it_names(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    city, library = f"sqlite:///{tmp_path}/city.db", postgres.database()
    create_sample_city(city, NOW.date())
    create_sample_city(library, NOW.date())
    with sqlite3.connect(tmp_path / "city.db") as database:
        database.execute("DROP TABLE contract")
    database.close()
    departments = connect_all(tmp_path, city, library, without=("parking", "rent"))
    account = City(city, departments).account(JANA)
    assert [item.id for item in account.contracts] == ["library:KN-9000812"]
    assert account.missing_agendas == ()
    departments.close()


def connect_all(
    folder: Path, city: str, library: str, without: tuple[str, ...] = ()
) -> Departments:
    agendas = _library_apart(folder)
    for name in without:
        (agendas / f"{name}.yaml").unlink()
    return connect(agendas, {"city": city, "library": library})


def test_database_that_is_away_at_the_start_keeps_no_other_from_being_served(
    tmp_path: Path,
) -> None:
    city = f"sqlite:///{tmp_path}/city.db"
    create_sample_city(city, NOW.date())
    with postgres_server() as server:
        library = server.database()
        create_sample_city(library, NOW.date())
        server.stop()
        departments = connect_all(tmp_path, city, library)
        assert _missing(departments, city) == ["Library"]
        server.start()
        assert _missing(departments, city) == []
        departments.close()


def test_database_that_is_not_configured_is_named(tmp_path: Path) -> None:
    city = f"sqlite:///{tmp_path}/city.db"
    create_sample_city(city, NOW.date())
    with pytest.raises(
        DeclarationError, match=r"agenda library: database: library is not in \[databases\]"
    ):
        connect(_library_apart(tmp_path), {"city": city})


def test_folder_declares_mandates_at_most_once(tmp_path: Path) -> None:
    agendas = _library_apart(tmp_path)
    (agendas / "more.yaml").write_bytes((agendas / "mandates.yaml").read_bytes())
    with pytest.raises(DeclarationError, match="has 2 declarations of mandates"):
        load_declarations(agendas)


def test_declaration_whose_name_ends_otherwise_is_not_passed_over(tmp_path: Path) -> None:
    agendas = _library_apart(tmp_path)
    (agendas / "rent.yaml").rename(agendas / "rent.yml")
    with pytest.raises(DeclarationError, match=r"rent.yml: a declaration's name ends with .yaml"):
        load_declarations(agendas)


GRAVES = """
agenda: cemetery
name: {cs: Hřbitovy, en: Cemeteries}
time_limit_ms: 5000
gives:
  contracts:
    sql: |
      SELECT grave, number, title, terms, valid_from, valid_until FROM grave
      WHERE holder = CAST(:person AS KEY) AND (valid_until IS NULL OR valid_until > :today)
    fields:
      id: grave
      reference_number: number
      title: {cs: title, en: "=Grave"}
      department: {cs: "=Správa hřbitovů", en: "=Cemetery administration"}
      terms: {cs: terms, en: "=Ten years"}
      valid_from: valid_from
      valid_until: valid_until
"""


@pytest.mark.parametrize(
    ("key", "value"), [("integer", "17"), ("uuid", "7d444840-9dc0-11d1-b245-5ffdce74fad2")]
)
def test_types_of_postgresql_are_read(
    tmp_path: Path, postgres: PostgresServer, key: str, value: str
) -> None:
    url = postgres.database()
    create_sample_city(url, NOW.date())
    name = url.split("@/")[1].split("?")[0]
    postgres.execute(
        f"CREATE TABLE grave (holder {key}, grave uuid DEFAULT gen_random_uuid(),"
        " number numeric(9) DEFAULT 12, title varchar(40), terms text GENERATED ALWAYS AS"
        " (title || '!') STORED, valid_from timestamptz, valid_until timestamp)",
        name,
    )
    postgres.execute(
        f"INSERT INTO grave (holder, title, valid_from) VALUES ('{value}', 'Hrob',"  # noqa: S608 - this test's own values
        " '2026-05-31 22:30:00+00')",
        name,
    )
    copytree(PACKAGED_AGENDAS, tmp_path / "agendas")
    (tmp_path / "agendas" / "cemetery.yaml").write_text(GRAVES.replace("KEY", key))
    departments = connect(tmp_path / "agendas", {"city": url})
    question = Question(value, NOW, frozenset({ItemKind.CONTRACTS}))
    found = asyncio.run(departments.viewing.gathering.gather(question))
    (grave,) = chain.from_iterable(items.contracts for items in found.items)
    assert found.missing == ()
    assert (grave.reference_number, grave.terms.cs) == ("12", "Hrob!")
    assert grave.valid_from.isoformat() == "2026-06-01"
    departments.close()


def test_city_without_mandates_lets_nobody_act_for_others(tmp_path: Path) -> None:
    city = f"sqlite:///{tmp_path}/city.db"
    create_sample_city(city, NOW.date())
    agendas = _library_apart(tmp_path)
    (agendas / "mandates.yaml").unlink()
    departments = connect(agendas, {"city": city, "library": city})
    account = City(city, departments).account(JANA)
    assert [item.id for item in account.principals] == ["self"]
    assert account.missing_agendas == ()
    departments.close()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("persons", "p.is_sample", "1 AS other", "persons: the query gives no column is_sample"),
        ("persons", "FROM openid_account", "FROM nowhere", "persons: the query failed: no such"),
        ("mandates", "display_name, ", "", "mandates: the query gives no column display_name"),
        ("mandates", "FROM mandate", "FROM nowhere", "mandates: the query failed: no such table"),
    ],
)
def test_query_of_persons_and_mandates_is_tried_at_the_start(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    city = f"sqlite:///{tmp_path}/city.db"
    create_sample_city(city, NOW.date())
    agendas = _library_apart(tmp_path)
    declared = (agendas / f"{file}.yaml").read_text()
    (agendas / f"{file}.yaml").write_text(declared.replace(old, new))
    with pytest.raises(DatabaseProblem, match=sentence):
        connect(agendas, {"city": city, "library": city})
