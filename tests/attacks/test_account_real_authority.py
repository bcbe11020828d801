"""The gateway before certificates that the city's own provisioning made, and took back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from kiosk_app.account.causes import AccountProblem
from kiosk_app.account.client import AccountClient
from provisioning.city import City
from provisioning.config import Settings
from provisioning.enroll import OPERATORS, Credentials
from provisioning.founding import enroll, found_city, revoke
from tests.fakes.running_gateway import FakeProver, log_in, sample_config, serving


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return found_city(tmp_path_factory.mktemp("city") / "city", Settings(), datetime.now(UTC))


@pytest.fixture(scope="module")
def url(city: City, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    identity = city.server("gateway")
    config = replace(
        sample_config(tmp_path_factory.mktemp("gateway")),
        certificate=identity.certificate,
        key=identity.key,
        client_ca=identity.authority,
        crl=city.revoked,
        kiosks=("infobox-*",),
    )
    with serving(config, FakeProver()) as (_, address):
        yield address


def _client(url: str, holder: Credentials) -> AccountClient:
    return AccountClient(url, holder.authority, holder.certificate, holder.key)


def test_lobby_players_certificate_asks_for_an_account(city: City, url: str) -> None:
    client = _client(url, enroll(city, "lobby-001", datetime.now(UTC)))
    with pytest.raises(AccountProblem, match="status 403"):
        log_in(client)
    client.close()


@pytest.mark.parametrize("name", OPERATORS)
def test_operators_certificate_asks_for_an_account(city: City, url: str, name: str) -> None:
    client = _client(url, city.operator(name))
    with pytest.raises(AccountProblem, match="status 403"):
        log_in(client)
    client.close()


def test_kiosk_that_was_taken_back_asks_on(city: City, url: str, tmp_path: Path) -> None:
    enrolled = enroll(city, "infobox-009", datetime.now(UTC))
    stolen = Credentials(copytree(enrolled.folder, tmp_path / "stolen"))
    client = _client(url, stolen)
    token = log_in(client)
    assert client.account(token).person.is_sample
    revoke(city, "infobox-009", datetime.now(UTC))
    with pytest.raises(AccountProblem, match="status 403"):
        client.account(token)
    client.close()
