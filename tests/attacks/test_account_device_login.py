"""The sign-in by telephone, and attacks on it and on the provider, over real TLS."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from ssl import create_default_context
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPSHandler, build_opener

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.device_login import DeviceLogin
from kiosk_app.account.model import Assurance, Scope
from kiosk_app.gateway.config import OpenIdConfig
from kiosk_app.gateway.openid.answers import ProviderProblem
from kiosk_app.gateway.openid.connection import ProviderConnection, Timeouts
from tests.fakes.city_ca import CityCa, Identity
from tests.fakes.openid_provider.faults import Fault
from tests.fakes.openid_provider.provider import ACR, Provider
from tests.fakes.openid_provider.server import running_provider
from tests.fakes.openid_provider.tokens import SigningKey
from tests.fakes.running_gateway import RunningGateway, log_in, running_gateway
from tests.fakes.set_clock import SetClock


@dataclass(frozen=True)
class Place:
    """A gateway, its provider, a kiosk, and a time that stands still."""

    gateway: RunningGateway
    provider: Provider
    kiosk: Identity
    client: AccountClient
    clock: SetClock

    def confirmed(self, person: str = "jana") -> DeviceLogin:
        """A login that somebody confirmed, and the pause before the next question is over."""
        login = self.client.begin_device_login()
        self.provider.confirm(login.user_code, person)
        self.clock.pass_(login.interval)
        return login

    def refused(self, login: DeviceLogin) -> AccountCause:
        """Why the next question is answered with a problem."""
        with pytest.raises(AccountProblem) as problem:
            self.client.poll_device_login(login)
        return problem.value.cause


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("openid")
    ca, clock = CityCa(folder / "ca"), SetClock()
    (folder / "secret").write_text(Provider.client_secret + "\n")
    with running_provider(ca.server()) as provider:
        openid = OpenIdConfig(
            provider.issuer, provider.client_id, folder / "secret", ca=ca.certificate
        )
        openid = replace(openid, acr=(ACR,), logins_per_kiosk=1000)
        with running_gateway(folder, ca=ca, clock=clock, openid=openid) as gateway:
            kiosk = ca.device("infobox-001")
            client = gateway.client(kiosk)
            yield Place(gateway, provider, kiosk, client, clock)
            client.close()


@pytest.fixture
def place(city: Place) -> Iterator[Place]:
    yield city
    city.provider.faults.clear()
    # What the gateway remembers of the provider is an hour old then.
    city.clock.pass_(3601)


def test_confirmed_on_the_telephone(place: Place) -> None:
    login = place.client.begin_device_login()
    assert (
        login.verification_uri_complete == f"{login.verification_uri}?user_code={login.user_code}"
    )
    place.clock.pass_(login.interval)
    assert place.client.poll_device_login(login) is None
    place.provider.confirm(login.user_code, "jana")
    place.clock.pass_(login.interval)
    token = place.client.poll_device_login(login)
    assert token is not None
    assert (token.assurance, Scope.DOCUMENTS in token.scopes) == (Assurance.OPENID, True)
    assert place.client.account(token).person.display_name == "JANA VZOROVÁ"
    assert place.refused(login) is AccountCause.SESSION_ENDED


def test_confirmed_by_the_page_that_the_telephone_shows(place: Place) -> None:
    login = place.client.begin_device_login()
    context = create_default_context(cafile=str(place.gateway.ca.certificate))
    browser = build_opener(HTTPSHandler(context=context))
    with browser.open(login.verification_uri_complete, timeout=10) as page:
        shown = page.read().decode()
    assert login.user_code in shown
    assert "KAREL VZOR" in shown
    form = urlencode({"user_code": login.user_code, "person": "karel"}).encode()
    with browser.open(login.verification_uri, form, timeout=10) as page:
        assert "Potvrzeno" in page.read().decode()
    place.clock.pass_(login.interval)
    token = place.client.poll_device_login(login)
    assert token is not None
    assert place.client.account(token).person.display_name == "KAREL VZOR"


def test_refused_on_the_telephone(place: Place) -> None:
    login = place.client.begin_device_login()
    place.provider.deny(login.user_code)
    place.clock.pass_(login.interval)
    assert place.refused(login) is AccountCause.DEVICE_LOGIN_DENIED
    assert place.refused(login) is AccountCause.SESSION_ENDED


def test_time_is_over_at_the_provider(place: Place) -> None:
    login = place.client.begin_device_login()
    place.provider.expire_all()
    place.clock.pass_(login.interval)
    assert place.refused(login) is AccountCause.DEVICE_LOGIN_EXPIRED


def test_time_is_over_at_the_gateway(place: Place) -> None:
    login = place.client.begin_device_login()
    place.clock.pass_(300)
    asked = place.provider.asked
    assert place.refused(login) is AccountCause.DEVICE_LOGIN_EXPIRED
    assert place.provider.asked == asked


def test_kiosk_that_asks_too_often_is_not_heard_by_the_provider(place: Place) -> None:
    login = place.client.begin_device_login()
    asked = place.provider.asked
    assert [place.client.poll_device_login(login) for _ in range(20)] == [None] * 20
    place.clock.pass_(login.interval)
    assert [place.client.poll_device_login(login) for _ in range(20)] == [None] * 20
    assert place.provider.asked == asked + 1


def test_slow_down_is_heeded(place: Place) -> None:
    login = place.client.begin_device_login()
    place.provider.faults.add(Fault.SLOW_DOWN)
    place.clock.pass_(login.interval)
    place.client.poll_device_login(login)
    asked = place.provider.asked
    place.clock.pass_(login.interval + 4)
    place.client.poll_device_login(login)
    assert place.provider.asked == asked
    place.provider.faults.clear()
    place.provider.confirm(login.user_code, "jana")
    place.clock.pass_(1)
    assert place.client.poll_device_login(login) is not None


@pytest.mark.parametrize(
    "fault",
    [
        Fault.WRONG_SIGNATURE,
        Fault.UNSIGNED,
        Fault.SIGNED_WITH_THE_PUBLIC_KEY,
        Fault.WRONG_AUDIENCE,
        Fault.TWO_AUDIENCES,
        Fault.WRONG_ISSUER,
        Fault.OLD_TOKEN,
        Fault.NO_SUBJECT,
        Fault.WEAK_ACR,
    ],
)
def test_forged_or_unfit_id_token(place: Place, fault: Fault) -> None:
    login = place.confirmed()
    place.provider.faults.add(fault)
    assert place.refused(login) is AccountCause.UNREACHABLE
    place.clock.pass_(60)
    place.provider.faults.clear()
    # The provider gives one token for one code: the login is over, and the person is told so.
    assert place.refused(login) is AccountCause.DEVICE_LOGIN_EXPIRED
    assert place.refused(login) is AccountCause.SESSION_ENDED


@pytest.mark.parametrize(
    "fault",
    [
        Fault.OVERSIZE,
        Fault.REDIRECT,
        Fault.NOT_JSON,
        Fault.BROKEN,
        Fault.OTHER_DISCOVERY,
        Fault.PLAIN_HTTP_ENDPOINTS,
        Fault.ENDPOINTS_ELSEWHERE,
    ],
)
def test_broken_provider_begins_nothing(place: Place, fault: Fault) -> None:
    place.provider.faults.add(fault)
    with pytest.raises(AccountProblem) as problem:
        place.client.begin_device_login()
    assert problem.value.cause is AccountCause.UNREACHABLE


@pytest.mark.parametrize("fault", [Fault.OVERSIZE, Fault.REDIRECT, Fault.NOT_JSON, Fault.BROKEN])
def test_provider_that_breaks_for_a_while_loses_no_login(place: Place, fault: Fault) -> None:
    login = place.client.begin_device_login()
    place.clock.pass_(login.interval)
    place.provider.faults.add(fault)
    assert place.refused(login) is AccountCause.UNREACHABLE
    place.provider.faults.clear()
    place.provider.confirm(login.user_code, "jana")
    place.clock.pass_(60)
    assert place.client.poll_device_login(login) is not None


def test_provider_that_says_nothing_holds_up_nobody_with_a_card(place: Place) -> None:
    place.client.begin_device_login()
    place.provider.faults.add(Fault.SILENT)
    place.provider.speaks.clear()
    kiosks = [place.gateway.client(f"infobox-{number}") for number in range(20)]
    with ThreadPoolExecutor(len(kiosks)) as threads:
        begun = [threads.submit(kiosk.begin_device_login) for kiosk in kiosks]
        logged_in = log_in(place.client)
        assert place.client.account(logged_in).person.is_sample
        assert not any(each.done() for each in begun)
        place.provider.faults.clear()
        place.provider.speaks.set()
        assert len({each.result().id for each in begun}) == len(kiosks)
    for kiosk in kiosks:
        kiosk.close()


def test_question_that_waits_for_the_provider_is_not_asked_twice(place: Place) -> None:
    login = place.confirmed()
    place.provider.faults.add(Fault.SILENT)
    place.provider.speaks.clear()
    asked, second = place.provider.asked, place.gateway.client(place.kiosk)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(place.client.poll_device_login, login)
        while place.provider.asked == asked:
            time.sleep(0.01)
        place.clock.pass_(login.interval)
        assert second.poll_device_login(login) is None
        place.provider.speaks.set()
        assert first.result() is not None
    assert place.provider.asked == asked + 1
    second.close()


def test_address_that_is_not_on_the_providers_host(place: Place) -> None:
    asking = ProviderConnection(frozenset({"id.example"}), place.gateway.ca.certificate)
    with pytest.raises(ProviderProblem, match="not configured"):
        asking.get(f"{place.provider.issuer}/keys")


def test_provider_whose_head_never_ends(place: Place) -> None:
    place.provider.faults.add(Fault.ENDLESS_HEAD)
    place.provider.speaks.clear()
    asking = ProviderConnection(
        frozenset({urlsplit(place.provider.issuer).netloc}),
        place.gateway.ca.certificate,
        Timeouts(whole=0.5),
    )
    with pytest.raises(ProviderProblem):
        asking.get(f"{place.provider.issuer}/keys")


def test_provider_changes_its_key(place: Place) -> None:
    place.client.poll_device_login(place.confirmed())
    place.provider.key = SigningKey()
    place.clock.pass_(31)
    assert place.client.poll_device_login(place.confirmed()) is not None


def test_unknown_keys_do_not_make_the_gateway_ask_for_keys_all_the_time(place: Place) -> None:
    place.client.poll_device_login(place.confirmed())
    place.provider.key, known = SigningKey(), place.provider.key
    assert place.refused(place.confirmed()) is AccountCause.UNREACHABLE
    place.provider.key = known


def test_person_without_an_account(place: Place) -> None:
    assert place.refused(place.confirmed("nobody")) is AccountCause.PERSON_UNKNOWN


def test_login_of_another_kiosk(place: Place) -> None:
    login = place.confirmed()
    other = place.gateway.client("infobox-666")
    with pytest.raises(AccountProblem) as problem:
        other.poll_device_login(login)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    other.close()
    assert place.client.poll_device_login(login) is not None


def test_login_that_the_kiosk_gave_up(place: Place) -> None:
    login = place.confirmed()
    place.client.end_device_login(login)
    place.client.end_device_login(login)
    assert place.refused(login) is AccountCause.SESSION_ENDED


def test_second_login_of_a_kiosk_ends_the_first(place: Place) -> None:
    first = place.confirmed()
    place.client.begin_device_login()
    assert place.refused(first) is AccountCause.SESSION_ENDED


def test_pin_does_not_raise_what_the_provider_vouched_for(place: Place) -> None:
    token = place.client.poll_device_login(place.confirmed())
    assert token is not None
    with pytest.raises(AccountProblem) as problem:
        place.client.pin(token, "2580")
    assert problem.value.cause is AccountCause.NOT_ENTITLED


def test_many_logins_of_one_kiosk(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    (tmp_path / "secret").write_text(Provider.client_secret)
    with running_provider(ca.server()) as provider:
        openid = OpenIdConfig(
            provider.issuer,
            provider.client_id,
            tmp_path / "secret",
            ca=ca.certificate,
            logins_per_kiosk=2,
        )
        with running_gateway(tmp_path, ca=ca, openid=openid) as gateway:
            client = gateway.client()
            for _ in range(2):
                client.begin_device_login()
            with pytest.raises(AccountProblem) as problem:
                client.begin_device_login()
            assert problem.value.cause is AccountCause.TOO_MANY_ATTEMPTS
            client.close()


def test_provider_that_is_away_or_none_of_ours(tmp_path: Path) -> None:
    ca = CityCa(tmp_path / "ca")
    foreign = CityCa(tmp_path / "foreign", "Sample city CA")
    (tmp_path / "secret").write_text("secret")
    with running_provider(foreign.server()) as provider:
        openid = OpenIdConfig(provider.issuer, "gateway", tmp_path / "secret", ca=ca.certificate)
        with running_gateway(tmp_path, ca=ca, openid=openid) as gateway:
            client = gateway.client()
            with pytest.raises(AccountProblem) as problem:
                client.begin_device_login()
            assert problem.value.cause is AccountCause.UNREACHABLE
            client.close()


def test_city_without_a_provider(tmp_path: Path) -> None:
    with running_gateway(tmp_path) as gateway:
        client = gateway.client()
        with pytest.raises(AccountProblem) as problem:
            client.begin_device_login()
        assert problem.value.cause is AccountCause.UNREACHABLE
        client.close()
