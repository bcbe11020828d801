"""Agendas in databases of their own: one that is away, restarted, or not configured."""

import sqlite3
from pathlib import Path
from shutil import copytree

import pytest

from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.database import Database, DatabaseProblem, DatabaseTooSlow
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
    with pytest.raises(DeclarationError, match="database: library: is not in \\[databases\\]"):
        connect(_library_apart(tmp_path), {"city": city})


def test_folder_declares_mandates_at_most_once(tmp_path: Path) -> None:
    agendas = _library_apart(tmp_path)
    (agendas / "more.yaml").write_bytes((agendas / "mandates.yaml").read_bytes())
    with pytest.raises(DeclarationError, match="has 2 declarations of mandates"):
        load_declarations(agendas)


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
