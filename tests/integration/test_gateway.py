"""A whole login over real mutual TLS, from the card's evidence to the account."""

import json
import socket
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from urllib3.util import connection

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.model import ReceivableState, StepState, TodoKind
from tests.fakes.running_gateway import (
    KAREL,
    RunningGateway,
    answer_of,
    evidence_of,
    log_in,
    running_gateway,
)

PIN = "2580"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running_gateway(tmp_path_factory.mktemp("gateway")) as running:
        running.choose_pin(PIN)
        running.choose_pin(PIN, KAREL)
        yield running


@pytest.fixture
def client(gateway: RunningGateway) -> Iterator[AccountClient]:
    client = gateway.client()
    yield client
    client.close()


def test_account_of_the_sample_citizen(client: AccountClient) -> None:
    token = log_in(client, pin=PIN)
    account = client.account(token)
    assert account.person.display_name == "JANA VZOROVÁ"
    assert account.person.is_sample
    assert account.missing_agendas == ()
    assert account.outstanding == Decimal("2350.00")
    waste = next(item for item in account.receivables if item.id == "waste-fee:KO-9000017")
    assert (waste.amount, waste.state) == (Decimal("850.00"), ReceivableState.OVERDUE)
    steps = account.cases[0].steps
    assert [step.state for step in steps].index(StepState.CURRENT) == 2
    assert len(steps) == 5
    assert len(account.documents) == 3
    assert len(account.messages) == 1
    client.end_session(token)


def test_todos_come_first_what_is_overdue_first_of_all(client: AccountClient) -> None:
    todos = client.account(log_in(client, pin=PIN)).todos
    assert [todo.kind for todo in todos] == [
        TodoKind.PAY,
        TodoKind.SUPPLY,
        TodoKind.PAY,
        TodoKind.RENEW,
        TodoKind.READ,
    ]
    assert todos[0].overdue
    assert todos[0].title.cs == "Zaplaťte: Poplatek za komunální odpad"
    assert todos[1].case_id == "building:SU-9000077"


def test_the_other_citizen_sees_only_his_own(client: AccountClient) -> None:
    account = client.account(log_in(client, KAREL, PIN))
    assert account.person.display_name == "KAREL VZOR"
    assert {item.id for item in account.receivables} == {
        "waste-fee:KO-9000018",
        "offences:PR-9000502",
        "library:KN-9000640",
    }


def test_session_ends_when_the_kiosk_says_so(client: AccountClient) -> None:
    token = log_in(client)
    client.end_session(token)
    with pytest.raises(AccountProblem) as problem:
        client.account(token)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    client.end_session(token)


def test_card_without_account_is_unknown(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        log_in(client, "111111111")
    assert problem.value.cause is AccountCause.CARD_UNKNOWN


def test_connection_is_kept_and_not_delayed(
    gateway: RunningGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_delay: list[int] = []
    create = connection.create_connection

    def watched(*arguments: Any, **options: Any) -> socket.socket:  # noqa: ANN401 - passed on
        made = create(*arguments, **options)
        no_delay.append(made.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        return made

    monkeypatch.setattr(connection, "create_connection", watched)
    client = gateway.client()
    assert client.ping() is False  # this town has no OpenID provider
    client.account(log_in(client))
    client.close()
    assert no_delay == [1]


def test_audit_tells_who_where_when_and_no_content(tmp_path: Path) -> None:
    with running_gateway(tmp_path) as gateway:
        client = gateway.client()
        token = log_in(client)
        client.account(token)
        client.end_session(token)
        client.close()
    record = (tmp_path / "state" / "audit.jsonl").read_text()
    lines = [json.loads(line) for line in record.splitlines()]
    assert [line["action"] for line in lines] == [
        "login-begun",
        "session-opened",
        "account-shown",
        "session-closed",
    ]
    assert {line["kiosk"] for line in lines} == {"infobox-001"}
    assert len({line["document"] for line in lines}) == 1
    for secret in ("999009812", "VZOR", "850", token.secret):
        assert secret not in record


def test_too_many_logins_of_one_document_are_refused(tmp_path: Path) -> None:
    with running_gateway(tmp_path, logins_per_document=2) as gateway:
        client = gateway.client()
        for _ in range(2):
            log_in(client)
        with pytest.raises(AccountProblem) as problem:
            log_in(client)
        assert problem.value.cause is AccountCause.TOO_MANY_ATTEMPTS
        log_in(client, KAREL)
        client.close()


def test_too_many_logins_of_one_kiosk_are_refused(tmp_path: Path) -> None:
    with running_gateway(tmp_path, logins_per_kiosk=1) as gateway:
        client, other = gateway.client(), gateway.client("infobox-002")
        log_in(client)
        with pytest.raises(AccountProblem) as problem:
            log_in(client, KAREL)
        assert problem.value.cause is AccountCause.TOO_MANY_ATTEMPTS
        log_in(other)
        client.close()
        other.close()


def test_login_runs_out(tmp_path: Path) -> None:
    with running_gateway(tmp_path, login_seconds=0) as gateway:
        client = gateway.client()
        challenge = client.login(evidence_of(KAREL))
        with pytest.raises(AccountProblem) as problem:
            client.answer(challenge.login_id, answer_of(challenge.plain))
        assert problem.value.cause is AccountCause.SESSION_ENDED
        client.close()


def test_session_runs_out(tmp_path: Path) -> None:
    with running_gateway(tmp_path, session_seconds=0) as gateway:
        client = gateway.client()
        with pytest.raises(AccountProblem) as problem:
            client.account(log_in(client))
        assert problem.value.cause is AccountCause.SESSION_ENDED
        client.close()
