"""Attacks on a login with real cards' cryptography, over real TLS, by a broken-in kiosk."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import ContactCardEvidence, PaceNonce
from kiosk_app.account.model import Assurance, Scope
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore
from kiosk_app.gateway.evidence.chain import Anchors
from tests.fakes.document_signer import JANA, KAREL, Person, Recipe, SampleState
from tests.fakes.eobcanka_card.state import JANA as HOLDER
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.running_gateway import RunningGateway, running_gateway
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.unit.kiosk_app.gateway.evidence.cards import read_evidence, reading_of

STATE, CONTACT = SampleState(), ContactCardState()
RECIPES = {
    "chip authentication": Recipe(),
    "active authentication": Recipe(chip_keys=(), active="ecdsa"),
}
CAM = (Offer(Mapping.CHIP_AUTHENTICATION),)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    contact = CscaStore((CONTACT.root, CONTACT.issuing), anchors=Anchors.ALL)
    prover = DocumentProver(CscaStore((STATE.csca,)), contact)
    with running_gateway(tmp_path_factory.mktemp("gateway"), prover) as running:
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


def chip(recipe: str, person: Person = JANA) -> Chip:
    return Chip(STATE.issue(person, RECIPES[recipe]))


@pytest.mark.parametrize("recipe", RECIPES)
def test_nonce_relayed_to_another_kiosk(
    client: AccountClient, other_kiosk: AccountClient, recipe: str
) -> None:
    """The citizen's card lies on one kiosk, the account is to open on another."""
    reading = reading_of(chip(recipe))
    challenge = client.login(read_evidence(reading))
    answers = reading.relay(challenge.plain, challenge.protected)
    with pytest.raises(AccountProblem) as problem:
        other_kiosk.answer(challenge.login_id, answers)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    client.answer(challenge.login_id, answers)


def test_pace_carried_on_by_another_kiosk(
    client: AccountClient, other_kiosk: AccountClient
) -> None:
    document = STATE.issue(JANA, Recipe(offers=CAM, chip_keys=()))
    reading = reading_of(Chip(document, profile=Profile(CAM)))
    challenge = client.login(read_evidence(reading))
    nonce = PaceNonce(reading.begin_pace_cam(Can(JANA.can)))
    with pytest.raises(AccountProblem) as problem:
        other_kiosk.pace_step(challenge.login_id, nonce)
    assert problem.value.cause is AccountCause.SESSION_ENDED
    assert client.pace_step(challenge.login_id, nonce)


@pytest.mark.parametrize("recipe", RECIPES)
def test_evidence_and_answers_replayed(client: AccountClient, recipe: str) -> None:
    """All that once passed between kiosk and gateway, recorded and sent again."""
    reading = reading_of(chip(recipe))
    evidence = read_evidence(reading)
    challenge = client.login(evidence)
    answers = reading.relay(challenge.plain, challenge.protected)
    client.answer(challenge.login_id, answers)
    with pytest.raises(AccountProblem) as twice:
        client.answer(challenge.login_id, answers)
    assert twice.value.cause is AccountCause.SESSION_ENDED
    again = client.login(evidence)
    assert again.plain != challenge.plain
    with pytest.raises(AccountProblem) as problem:
        client.answer(again.login_id, answers)
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE
    with pytest.raises(AccountProblem) as over:
        client.answer(again.login_id, reading.relay((), ()))
    assert over.value.cause is AccountCause.SESSION_ENDED


@pytest.mark.parametrize("recipe", RECIPES)
def test_answer_of_another_persons_chip(client: AccountClient, recipe: str) -> None:
    """The attacker's own genuine card answers for the copied data of another person."""
    challenge = client.login(read_evidence(reading_of(chip(recipe))))
    mine = reading_of(chip(recipe, KAREL))
    with pytest.raises(AccountProblem) as problem:
        client.answer(challenge.login_id, mine.relay(challenge.plain, challenge.protected))
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE


@pytest.mark.parametrize("recipe", RECIPES)
def test_answers_of_another_login(client: AccountClient, recipe: str) -> None:
    reading = reading_of(chip(recipe))
    evidence = read_evidence(reading)
    one, other = client.login(evidence), client.login(evidence)
    answers = reading.relay(one.plain, one.protected)
    with pytest.raises(AccountProblem) as problem:
        client.answer(other.login_id, answers)
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE


def contact_evidence(state: ContactCardState = CONTACT) -> ContactCardEvidence:
    certificate = state.issue(HOLDER).public_bytes(Encoding.DER)
    return ContactCardEvidence("CZ123456", HOLDER.document_number, 1, certificate)


def test_copied_contact_card_opens_the_overview_only(client: AccountClient) -> None:
    """Its certificate can be read and copied by anybody: it names a person, and proves none."""
    challenge = client.login(contact_evidence())
    assert (challenge.plain, challenge.protected, challenge.pace) == ((), (), None)
    token = client.answer(challenge.login_id, [])
    assert (token.assurance, token.scopes) == (Assurance.IDENTIFIED, (Scope.OVERVIEW,))


def test_contact_card_by_an_unknown_issuer(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        client.login(contact_evidence(ContactCardState("stranger")))
    assert problem.value.cause is AccountCause.CARD_NOT_ACCEPTED


def test_document_without_proof_opens_the_overview_only(client: AccountClient) -> None:
    reading = reading_of(Chip(STATE.issue(JANA, Recipe(chip_keys=()))))
    token = client.answer(client.login(read_evidence(reading)).login_id, [])
    assert (token.assurance, token.scopes) == (Assurance.IDENTIFIED, (Scope.OVERVIEW,))
