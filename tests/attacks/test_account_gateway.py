"""Attacks on the account gateway, over real TLS; each test is named after its attack."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.account.login import AccountToken
from tests.fakes.city_ca import CityCa, Identity
from tests.fakes.running_gateway import (
    RunningGateway,
    answer_of,
    evidence_of,
    log_in,
    running_gateway,
)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running_gateway(tmp_path_factory.mktemp("gateway")) as running:
        yield running


@pytest.fixture
def client(gateway: RunningGateway) -> Iterator[AccountClient]:
    client = gateway.client()
    yield client
    client.close()


@pytest.fixture
def other_kiosk(gateway: RunningGateway) -> Iterator[AccountClient]:
    client = gateway.client("infobox-666")
    yield client
    client.close()


def _raw(
    gateway: RunningGateway, identity: Identity, method: str, path: str, body: bytes | None = None
) -> tuple[int, dict[str, object]]:
    context = ssl.create_default_context(cafile=str(gateway.ca.certificate))
    context.load_cert_chain(identity.certificate, identity.key)
    place = urlsplit(gateway.url)
    connection = http.client.HTTPSConnection(
        str(place.hostname), place.port, context=context, timeout=10
    )
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_token_used_with_another_kiosks_certificate(
    client: AccountClient, other_kiosk: AccountClient
) -> None:
    token = log_in(client)
    with pytest.raises(AccountProblem) as problem:
        other_kiosk.account(token)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    other_kiosk.end_session(token)
    assert client.account(token).person.is_sample


def test_token_used_with_another_certificate_of_the_same_name(gateway: RunningGateway) -> None:
    first, second = gateway.client("infobox-007"), None
    token = log_in(first)
    second = gateway.client("infobox-007")
    with pytest.raises(AccountProblem) as problem:
        second.account(token)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    first.close()
    second.close()


def test_guessed_token(client: AccountClient) -> None:
    token = log_in(client)
    guess = AccountToken(token.secret[:-1] + "~", token.expires_at, token.assurance)
    with pytest.raises(AccountProblem) as problem:
        client.account(guess)
    assert problem.value.cause is AccountCause.SESSION_ENDED


def test_no_client_certificate(gateway: RunningGateway) -> None:
    context = ssl.create_default_context(cafile=str(gateway.ca.certificate))
    place = urlsplit(gateway.url)
    connection = http.client.HTTPSConnection(
        str(place.hostname), place.port, context=context, timeout=10
    )
    with pytest.raises(OSError, match=r"ALERT|alert|reset|closed|Broken pipe"):
        _get_alive(connection)
    connection.close()


def _get_alive(connection: http.client.HTTPSConnection) -> None:
    connection.request("GET", "/v1/alive")
    connection.getresponse()


def test_certificate_of_a_foreign_authority(gateway: RunningGateway, tmp_path: Path) -> None:
    foreign = CityCa(tmp_path, "Sample city CA").device("infobox-001")
    client = gateway.client(foreign)
    with pytest.raises(AccountProblem) as problem:
        client.ping()
    assert problem.value.cause is AccountCause.UNREACHABLE
    client.close()


def test_a_servers_certificate_used_as_a_kiosks(gateway: RunningGateway) -> None:
    client = gateway.client(gateway.ca.server("127.0.0.2"))
    with pytest.raises(AccountProblem) as problem:
        client.ping()
    assert problem.value.cause is AccountCause.UNREACHABLE
    client.close()


def test_old_tls_is_refused(gateway: RunningGateway) -> None:
    context = ssl.create_default_context(cafile=str(gateway.ca.certificate))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    place = urlsplit(gateway.url)
    with (
        socket.create_connection((str(place.hostname), int(place.port or 0)), 10) as plain,
        pytest.raises(ssl.SSLError),
    ):
        context.wrap_socket(plain, server_hostname=place.hostname)


def test_replayed_answer(client: AccountClient) -> None:
    challenge = client.login(evidence_of("999009812"))
    answer = answer_of(challenge.plain)
    client.answer(challenge.login_id, answer)
    with pytest.raises(AccountProblem) as problem:
        client.answer(challenge.login_id, answer)
    assert problem.value.cause is AccountCause.SESSION_ENDED


def test_answer_of_an_earlier_login_replayed_to_a_new_one(client: AccountClient) -> None:
    old = answer_of(client.login(evidence_of("999009812")).plain)
    challenge = client.login(evidence_of("999009812"))
    with pytest.raises(AccountProblem) as problem:
        client.answer(challenge.login_id, old)
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE


def test_second_try_after_a_wrong_answer(client: AccountClient) -> None:
    challenge = client.login(evidence_of("999009812"))
    with pytest.raises(AccountProblem):
        client.answer(challenge.login_id, [b"\x90\x00"])
    with pytest.raises(AccountProblem) as problem:
        client.answer(challenge.login_id, answer_of(challenge.plain))
    assert problem.value.cause is AccountCause.SESSION_ENDED


def test_login_id_of_another_kiosk(client: AccountClient, other_kiosk: AccountClient) -> None:
    challenge = client.login(evidence_of("999009812"))
    answer = answer_of(challenge.plain)
    with pytest.raises(AccountProblem) as problem:
        other_kiosk.answer(challenge.login_id, answer)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    assert client.answer(challenge.login_id, answer).assurance == "chip"


@pytest.mark.parametrize(
    "number",
    [
        "' OR '1'='1",
        "999009812' --",
        "x'; DROP TABLE person; --",
        "999009812%",
        ":person",
        "x' UNION SELECT person, display_name, is_sample FROM person --",
    ],
)
def test_sql_injection_through_the_document_number(client: AccountClient, number: str) -> None:
    with pytest.raises(AccountProblem) as problem:
        log_in(client, number)
    assert problem.value.cause is AccountCause.CARD_UNKNOWN
    assert client.account(log_in(client)).person.display_name == "JANA VZOROVÁ"


def test_document_of_another_state_with_the_same_number(client: AccountClient) -> None:
    challenge = client.login(evidence_of("999009812", state="SVK"))
    with pytest.raises(AccountProblem) as problem:
        client.answer(challenge.login_id, answer_of(challenge.plain))
    assert problem.value.cause is AccountCause.CARD_UNKNOWN


def test_unsigned_evidence(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        client.login(DocumentEvidence(b"CZE|999009812", b"forged"))
    assert problem.value.cause is AccountCause.CARD_NOT_ACCEPTED


def test_oversize_body(gateway: RunningGateway) -> None:
    identity = gateway.ca.device("infobox-001")
    status, problem = _raw(gateway, identity, "POST", "/v1/logins", b" " * (1 << 17))
    assert status == 413
    assert problem["type"] == "urn:otevrene-mesto:problem:too-large"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"dg1": "", "dg14": ""}',
        b'{"dg1": "", "dg14": "", "sod": 7}',
        b'{"dg1": "*", "dg14": "", "sod": ""}',
        b'{"dg1": "", "dg14": "", "sod": "", "more": ""}',
        b"[" * 60_000,
    ],
)
def test_malformed_body_is_refused_without_echo(gateway: RunningGateway, body: bytes) -> None:
    identity = gateway.ca.device("infobox-001")
    status, problem = _raw(gateway, identity, "POST", "/v1/logins", body)
    assert (status, problem["type"]) == (400, "urn:otevrene-mesto:problem:malformed")
    assert set(problem) == {"type", "title", "status"}


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/v1", "/v1/logins/../account"])
def test_path_that_is_not_in_the_contract(gateway: RunningGateway, path: str) -> None:
    status, problem = _raw(gateway, gateway.ca.device("infobox-001"), "GET", path)
    assert (status, problem["type"]) == (404, "urn:otevrene-mesto:problem:not-found")


def test_account_without_a_token(gateway: RunningGateway) -> None:
    status, problem = _raw(gateway, gateway.ca.device("infobox-001"), "GET", "/v1/account")
    assert (status, problem["type"]) == (401, "urn:otevrene-mesto:problem:session-ended")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/logins"),
        ("POST", "/v1/account"),
        ("PUT", "/v1/session"),
        ("TRACE", "/v1/alive"),
    ],
)
def test_method_that_is_not_in_the_contract(
    gateway: RunningGateway, method: str, path: str
) -> None:
    status, problem = _raw(gateway, gateway.ca.device("infobox-001"), method, path)
    assert (status, problem["type"]) == (405, "urn:otevrene-mesto:problem:not-allowed")
