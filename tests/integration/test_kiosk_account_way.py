"""The window's way to an account over real pcscd and the real gateway, without a window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.model import Account, Assurance, PrincipalKind
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.config import GatewayAddress
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore
from kiosk_app.gateway.evidence.chain import Anchors
from kiosk_app.session.effects import SignIn
from kiosk_app.session.password import CardCode, PassportData, Password
from kiosk_app.window_account import AccountWay
from tests.fakes.card_reader import READER_NAME
from tests.fakes.document_signer import JANA, Recipe, SampleState
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.running_gateway import RunningGateway, running_gateway
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.integration.card_rig import CardRig, card_rig

PIN = "2580"
CODE = CardCode(JANA.can)


@dataclass
class Counter:
    """A way to accounts, the gateway behind it, and the reader before it."""

    way: AccountWay
    gateway: RunningGateway
    rig: CardRig
    state: SampleState

    def sign_in(self, password: Password | None = CODE) -> tuple[Account, Assurance]:
        return self.way.by_card(SignIn(1, READER_NAME, password), lambda: None)


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    state = SampleState()
    issuer = ContactCardState()
    contact = CscaStore((issuer.issuing,), anchors=Anchors.ALL)
    prover = DocumentProver(CscaStore((state.csca,)), contact)
    with card_rig(monkeypatch) as rig, running_gateway(tmp_path, prover) as gateway:
        identity = gateway.ca.device("infobox-001")
        paths = (gateway.ca.certificate, identity.certificate, identity.key)
        way = AccountWay(GatewayAddress(gateway.url, *paths))
        yield Counter(way, gateway, rig, state)
        way.end()


def test_a_card_then_the_pin_then_somebody_else_s_account(counter: Counter) -> None:
    counter.gateway.choose_pin(PIN)
    counter.rig.lay(Chip(counter.state.issue(JANA)))
    account, assurance = counter.sign_in()
    assert (assurance, bool(account.locked)) == (Assurance.CHIP, True)
    opened, assurance = counter.way.prove_pin(PIN, account.principal_id)
    assert (assurance, opened.locked) == (Assurance.CHIP_PIN, ())
    company = next(each for each in opened.principals if each.kind is PrincipalKind.COMPANY)
    theirs, _ = counter.way.fetch(company.id)
    assert theirs.principal_id == company.id


def test_a_wrong_pin_is_counted_and_a_stranger_s_account_is_refused(counter: Counter) -> None:
    counter.gateway.choose_pin(PIN)
    counter.rig.lay(Chip(counter.state.issue(JANA)))
    counter.sign_in()
    refused = _problem(lambda: counter.way.prove_pin("1470", "self"))
    assert refused.cause is AccountCause.PIN_WRONG
    assert refused.tries_left is not None
    assert _problem(lambda: counter.way.fetch("stranger")).cause is AccountCause.NOT_ENTITLED


def test_an_ended_session_opens_nothing(counter: Counter) -> None:
    counter.rig.lay(Chip(counter.state.issue(JANA)))
    counter.sign_in()
    counter.way.end()
    ended = (lambda: counter.way.fetch("self"), lambda: counter.way.prove_pin(PIN, "self"))
    for call in ended:
        assert _problem(call).cause is AccountCause.SESSION_ENDED


def test_a_chip_with_authentication_mapping_proves_itself_to_the_gateway(
    counter: Counter,
) -> None:
    offers = (Offer(), Offer(Mapping.CHIP_AUTHENTICATION))
    document = counter.state.issue(JANA, Recipe(offers=offers, chip_keys=()))
    counter.rig.lay(Chip(document, profile=Profile(offers)))
    assert counter.sign_in()[1] is Assurance.CHIP


def test_a_contact_card_identifies_and_leaves_the_rest_locked(counter: Counter) -> None:
    counter.rig.lay(ContactCard(content_of(ContactCardState())))
    account, assurance = counter.sign_in(None)
    assert assurance is Assurance.IDENTIFIED
    assert (account.person.display_name, bool(account.locked)) == ("JANA VZOROVÁ", True)


def test_three_facts_open_a_document_instead_of_the_can(counter: Counter) -> None:
    counter.rig.lay(Chip(counter.state.issue(JANA)))
    data = PassportData(JANA.number, date(1984, 5, 17), date(2034, 1, 1))
    assert counter.sign_in(data)[1] is Assurance.CHIP


def test_a_card_without_a_password_and_with_a_wrong_one(counter: Counter) -> None:
    counter.rig.lay(Chip(counter.state.issue(JANA)))
    for password in (None, CardCode("000000")):
        with pytest.raises(CardProblem) as raised:
            counter.sign_in(password)
        assert raised.value.cause is CardCause.WRONG_CAN


def _problem(call: Callable[[], object]) -> AccountProblem:
    with pytest.raises(AccountProblem) as raised:
        call()
    return raised.value
