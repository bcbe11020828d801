"""Certificates of the city's own authority that are no kiosk's ask the gateway for an account."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.gateway.proving import Proof
from kiosk_app.gateway.revocation import RevocationError, RevocationList
from tests.fakes.city_ca import CityCa
from tests.fakes.running_gateway import (
    FakeProver,
    RunningGateway,
    answer_of,
    evidence_of,
    log_in,
    running_gateway,
)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    folder = tmp_path_factory.mktemp("gateway")
    with running_gateway(folder, kiosks=("infobox-*",)) as running:
        yield running


def _turned_away(client: AccountClient) -> None:
    for ask in (client.ping, lambda: client.login(evidence_of("999009812"))):
        with pytest.raises(AccountProblem, match="status 403") as problem:
            ask()
        assert problem.value.cause is AccountCause.UNREACHABLE


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("lobby-001", ["device"]),
        ("Infobox-001", ["device"]),
        ("x-infobox-001", ["device"]),
        ("infobox-001", ["operator"]),
        ("infobox-001", ["server"]),
        ("infobox-001", ["device", "operator"]),
    ],
)
def test_certificate_of_the_city_that_is_no_kiosks(
    gateway: RunningGateway, name: str, units: list[str]
) -> None:
    client = gateway.client(gateway.ca.device(name, *units))
    _turned_away(client)
    client.close()


def test_kiosk_is_admitted(gateway: RunningGateway) -> None:
    client = gateway.client("infobox-001")
    assert client.account(log_in(client)).person.is_sample
    client.close()


def test_kiosk_revoked_before_the_gateway_started(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    stolen = ca.device("infobox-001")
    crl = ca.revoke(stolen)
    with running_gateway(tmp_path, ca=ca, crl=crl) as gateway:
        client, other = gateway.client(stolen), gateway.client("infobox-002")
        _turned_away(client)
        other.ping()
        client.close()
        other.close()


def test_kiosk_revoked_while_its_connection_is_kept(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    crl = ca.revoke()
    with running_gateway(tmp_path, ca=ca, crl=crl) as gateway:
        stolen = ca.device("infobox-001")
        client = gateway.client(stolen)
        token = log_in(client)
        client.account(token)
        ca.revoke(stolen)
        with pytest.raises(AccountProblem, match="status 403"):
            client.account(token)
        client.close()


def test_kiosk_revoked_in_mid_session_loses_all_that_is_open(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    crl = ca.revoke()
    with running_gateway(tmp_path, ca=ca, crl=crl) as gateway:
        stolen = ca.device("infobox-001")
        client, other = gateway.client(stolen), gateway.client("infobox-002")
        token, others = log_in(client), log_in(other)
        pending = client.login(evidence_of("999009812"))
        ca.revoke(stolen)
        assert other.account(others).person.is_sample
        desk = gateway.desk
        assert (len(desk.sessions.sessions), len(desk.sign_in.logins)) == (1, 0)
        with pytest.raises(AccountProblem, match="status 403"):
            client.answer(pending.login_id, answer_of(pending.plain))
        ca.revoke()
        with pytest.raises(AccountProblem) as problem:
            client.account(token)
        assert problem.value.cause is AccountCause.SESSION_ENDED, "taken back, but not its sessions"
        client.close()
        other.close()


class RevokingProver(FakeProver):
    """The kiosk's certificate is withdrawn while its chip's answer is judged."""

    def __init__(self, ca: CityCa) -> None:
        self.ca = ca
        self.stolen = ca.device("infobox-001")

    def finish(self, proof: Proof, responses: Sequence[bytes]) -> None:
        super().finish(proof, responses)
        self.ca.revoke(self.stolen)


def test_kiosk_revoked_while_the_chips_answer_is_judged(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    crl, prover = ca.revoke(), RevokingProver(ca)
    with running_gateway(tmp_path, prover, ca=ca, crl=crl) as gateway:
        client = gateway.client(prover.stolen)
        with pytest.raises(AccountProblem, match="status 403"):
            log_in(client)
        assert len(gateway.desk.sessions.sessions) == 0
        client.close()


def test_list_is_read_anew_when_it_is_asked_for(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    crl = ca.revoke()
    with running_gateway(tmp_path, ca=ca, crl=crl) as gateway:
        client = gateway.client()
        client.ping()
        edition = gateway.desk.admission.edition
        gateway.desk.admission.renew()
        client.ping()
        assert gateway.desk.admission.edition == edition + 1
        client.close()


def test_forged_list_that_would_take_a_revoked_kiosk_back(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    stolen = ca.device("infobox-001")
    crl = ca.revoke(stolen)
    with running_gateway(tmp_path, ca=ca, crl=crl) as gateway:
        client = gateway.client(stolen)
        forged = CityCa(tmp_path / "forger").revoke()
        for spoiled in (forged.read_bytes(), b"", b"-----BEGIN X509 CRL-----\nAA==\n"):
            crl.write_bytes(spoiled)
            _turned_away(client)
        crl.unlink()
        _turned_away(client)
        client.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file"),
        (b"nothing", "is no revocation list"),
    ],
)
def test_list_that_cannot_be_believed_at_the_start(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    ca = CityCa(tmp_path / "ca")
    crl = tmp_path / "crl.pem"
    if content is not None:
        crl.write_bytes(content)
    with pytest.raises(RevocationError, match=sentence):
        RevocationList(crl, ca.certificate)


def test_list_of_another_authority_at_the_start(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    forged = CityCa(tmp_path / "forger").revoke()
    with pytest.raises(RevocationError, match="is not signed by the kiosks' authority"):
        RevocationList(forged, ca.certificate)
    with pytest.raises(RevocationError, match="is no certificate"):
        RevocationList(forged, forged)
    with pytest.raises(RevocationError, match="cannot be read"):
        RevocationList(forged, tmp_path / "none.pem")


def test_list_that_has_run_out_still_turns_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ca = CityCa(tmp_path / "ca")
    stolen = ca.device("infobox-001")
    crl = ca.revoke(stolen, until=-timedelta(hours=1))
    with running_gateway(tmp_path, ca=ca, crl=crl) as gateway:
        client, other = gateway.client(stolen), gateway.client("infobox-002")
        _turned_away(client)
        other.ping()
        client.close()
        other.close()
    assert "has run out" in caplog.text
