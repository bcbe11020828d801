"""A slow, a broken and a lying department: the account is partial and says so."""

import os
import re
from pathlib import Path
from shutil import copytree
from types import MappingProxyType

import pytest
from sqlalchemy import create_engine, text

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.model import Assurance, Scope
from kiosk_app.gateway.assurance import AssuranceTable
from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.database import DatabaseProblem
from tests.fakes.running_gateway import JANA, KAREL, RunningGateway, log_in, running_gateway

OPEN = AssuranceTable(MappingProxyType({Assurance.CHIP: frozenset(Scope)}))
NEVER_ENDS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT charge_id, title_cs, title_en, amount_czk, due, paid_on, variable_symbol, iban, note "
    "FROM charge WHERE person = :person AND (SELECT count(*) FROM n WHERE :person <> '') > 0"
)

TABLES = (
    *("appointment", "charge", "contract", "issued_document", "mandate", "message", "proceeding"),
    "identity_document",
)
SIX_HUNDRED_MESSAGES = (
    "INSERT INTO message SELECT message_id || value, person, subject_cs, subject_en, body_cs, "
    "body_en, department_cs, department_en, received, is_read, direction, number, proceeding_id, "
    "proceeding_office, may_answer "
    "FROM message, (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 "
    "FROM n WHERE value < 600) SELECT value FROM n)"
)


def _agendas(folder: Path) -> Path:
    copied = folder / "agendas"
    copytree(PACKAGED_AGENDAS, copied)
    return copied


def _run_sql(gateway: RunningGateway, sql: str) -> None:
    engine = create_engine(gateway.config.database)
    with engine.begin() as connection:
        connection.execute(text(sql))
    engine.dispose()


def _missing(gateway: RunningGateway) -> list[str]:
    client = gateway.client()
    try:
        return [name.en for name in client.account(log_in(client)).missing_agendas]
    finally:
        client.close()


def test_slow_agenda_is_missing_and_holds_up_no_other(tmp_path: Path) -> None:
    agendas = _agendas(tmp_path)
    dog = (agendas / "dog-fee.yaml").read_text()
    slow = re.sub(r"sql: \|\n(      .*\n)+", f'sql: "{NEVER_ENDS}"\n', dog)
    (agendas / "dog-fee.yaml").write_text(slow.replace("800", "200"))
    with running_gateway(tmp_path, agendas=agendas, assurance=OPEN) as gateway:
        for _ in range(6):  # more often than the agenda has threads
            assert _missing(gateway) == ["Dog fee"]


@pytest.mark.parametrize(
    ("sql", "missing"),
    [
        (
            "DROP TABLE issued_document",
            ["Building proceedings", "Parking", "Use of public space", "Trade licences"],
        ),
        ("UPDATE charge SET iban = 'CZ00' WHERE office = 'waste-fee'", ["Waste fee"]),
        ("UPDATE charge SET amount_czk = -1 WHERE office = 'waste-fee'", ["Waste fee"]),
        ("UPDATE charge SET due = 'soon' WHERE office = 'waste-fee'", ["Waste fee"]),
        ("UPDATE message SET body_cs = char(27) || 'x'", ["Messages"]),
        ("UPDATE request SET kind = 'dance' WHERE office = 'building'", ["Building proceedings"]),
        (SIX_HUNDRED_MESSAGES, ["Messages"]),
    ],
)
def test_broken_agenda_is_missing(tmp_path: Path, sql: str, missing: list[str]) -> None:
    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        _run_sql(gateway, sql)
        assert _missing(gateway) == missing


def test_database_that_went_away(tmp_path: Path) -> None:
    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        client = gateway.client()
        token = log_in(client)
        for table in TABLES:
            _run_sql(gateway, f"DROP TABLE {table}")  # names of this test's own
        assert len(client.account(token).missing_agendas) == 13
        with pytest.raises(AccountProblem) as problem:
            log_in(client)
        assert problem.value.cause is AccountCause.UNREACHABLE
        client.close()


def test_database_file_that_vanished_and_came_back(tmp_path: Path) -> None:
    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        client = gateway.client()
        token = log_in(client)
        file = tmp_path / "city.db"
        away = file.rename(tmp_path / "away.db")
        gateway.desk.departments.databases[
            "city"
        ].close()  # connections that are open would still see it
        assert len(client.account(token).missing_agendas) == 13
        with pytest.raises(AccountProblem) as problem:
            log_in(client)
        assert problem.value.cause is AccountCause.UNREACHABLE
        assert not file.exists()
        away.rename(file)
        assert client.account(log_in(client)).missing_agendas == ()
        client.close()


def test_account_that_the_record_cannot_take_is_not_shown(tmp_path: Path) -> None:
    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        client = gateway.client()
        token = log_in(client)
        record, full = gateway.desk.sessions.audit._file._file, os.open("/dev/full", os.O_WRONLY)
        gateway.desk.sessions.audit._file._file = full
        with pytest.raises(AccountProblem, match="status 503") as problem:
            client.account(token)
        assert problem.value.cause is AccountCause.UNREACHABLE
        gateway.desk.sessions.audit._file._file = record
        os.close(full)
        client.account(token)
        client.close()


def test_fault_of_our_own_leaves_no_person_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_state: str, number: str) -> None:
        message = f"no {number}"
        raise RuntimeError(message)

    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        monkeypatch.setattr(gateway.desk.departments.persons, "find", broken)
        client = gateway.client()
        with pytest.raises(AccountProblem, match="status 503"):
            log_in(client)
        client.close()
    assert "RuntimeError" in caplog.text
    assert JANA not in caplog.text


def test_declaration_that_would_write_cannot(tmp_path: Path) -> None:
    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        database = gateway.desk.departments.databases["city"]
        with pytest.raises(DatabaseProblem, match="readonly"):
            database.rows("DELETE FROM person", {}, 1.0)
        assert _missing(gateway) == []


@pytest.mark.parametrize("principal", ["ZAST-9000002", "ZAST-9000003", "99900009", "VZOR-F1"])
def test_company_number_of_somebody_elses_company_opens_nothing(
    tmp_path: Path, principal: str
) -> None:
    with running_gateway(tmp_path, assurance=OPEN) as gateway:
        client = gateway.client()
        director = log_in(client, JANA)
        assert client.account(director, "ZAST-9000002").principals[2].ico == "99900009"
        with pytest.raises(AccountProblem) as problem:
            client.account(log_in(client, KAREL), principal)
        assert problem.value.cause is AccountCause.NOT_ENTITLED
        client.close()
    record = (tmp_path / "state" / "audit.jsonl").read_text()
    assert "account-refused" in record
    assert principal not in record
