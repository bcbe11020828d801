"""Login with a virtual card's real cryptography, from PACE to the account, without a reader."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import PaceNonce, PaceResponses
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore
from tests.fakes.document_signer import JANA, Recipe, SampleState
from tests.fakes.running_gateway import running_gateway
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.profile import Mapping, Offer, Profile
from tests.unit.kiosk_app.gateway.evidence.cards import read_evidence

STATE = SampleState()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountClient]:
    prover = DocumentProver(CscaStore((STATE.csca,)))
    with running_gateway(tmp_path_factory.mktemp("gateway"), prover) as gateway:
        client = gateway.client()
        yield client
        client.close()


def _read(chip: Chip) -> ChipReading:
    return read_chip(lambda command: chip.answer(command) or b"", Can(JANA.can))


def _log_in(client: AccountClient, reading: ChipReading) -> AccountToken:
    challenge = client.login(read_evidence(reading))
    if challenge.pace is not None:
        _run_pace(client, challenge.login_id, reading)
    responses = reading.relay(challenge.plain, challenge.protected)
    return client.answer(challenge.login_id, responses)


def _run_pace(client: AccountClient, login_id: str, reading: ChipReading) -> None:
    nonce = reading.begin_pace_cam(Can(JANA.can))
    commands = client.pace_step(login_id, PaceNonce(nonce))
    while commands:
        answers = PaceResponses(tuple(reading.carry(commands)))
        commands = client.pace_step(login_id, answers)


def test_genuine_card_opens_its_account(client: AccountClient) -> None:
    token = _log_in(client, _read(Chip(STATE.issue(JANA))))
    assert client.account(token).person.display_name == "JANA VZOROVÁ"
    client.end_session(token)


CAM = (Offer(), Offer(Mapping.CHIP_AUTHENTICATION))
BESIDE_A_STRONGER = (Offer(Mapping.CHIP_AUTHENTICATION), Offer(Mapping.GENERIC, 17, 256))
PROOFS = {
    "chip authentication with 3DES": (Recipe(chip_keys=((13, 112),)), Profile()),
    "chip authentication with a key of several": (
        Recipe(chip_keys=((12, 128), (15, 256))),
        Profile(),
    ),
    "chip authentication mapping": (Recipe(offers=CAM, chip_keys=()), Profile(CAM)),
    "chip authentication mapping beside a stronger PACE": (
        Recipe(offers=BESIDE_A_STRONGER, chip_keys=()),
        Profile(BESIDE_A_STRONGER),
    ),
    "active authentication with RSA": (Recipe(chip_keys=(), active="rsa"), Profile()),
    "active authentication with ECDSA": (Recipe(chip_keys=(), active="ecdsa"), Profile()),
}


@pytest.mark.parametrize("name", PROOFS)
def test_each_way_of_proving_a_chip(client: AccountClient, name: str) -> None:
    recipe, profile = PROOFS[name]
    token = _log_in(client, _read(Chip(STATE.issue(JANA, recipe), profile=profile)))
    assert token.assurance is Assurance.CHIP
    assert client.account(token).person.display_name == "JANA VZOROVÁ"
    client.end_session(token)


def test_a_chip_that_can_prove_nothing_identifies(client: AccountClient) -> None:
    token = _log_in(client, _read(Chip(STATE.issue(JANA, Recipe(chip_keys=())))))
    assert token.assurance is Assurance.IDENTIFIED
    client.end_session(token)


def test_answer_before_the_pace_is_over_proves_nothing(client: AccountClient) -> None:
    recipe, profile = PROOFS["chip authentication mapping"]
    reading = _read(Chip(STATE.issue(JANA, recipe), profile=profile))
    challenge = client.login(read_evidence(reading))
    with pytest.raises(AccountProblem) as problem:
        client.answer(challenge.login_id, [])
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE


def test_card_of_an_unknown_state_is_not_accepted(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(Chip(SampleState().issue(JANA))))
    assert problem.value.cause is AccountCause.CARD_NOT_ACCEPTED


def test_copied_card_is_not_genuine(client: AccountClient) -> None:
    # All that a reader can copy: the files, but not the chip's private key.
    copy = faults.cloned(STATE.issue(JANA))
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(copy))
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE


def test_expired_card_is_told_so(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(Chip(STATE.issue(replace(JANA, expiry="250101")))))
    assert problem.value.cause is AccountCause.CARD_EXPIRED


def test_withdrawn_card_is_told_so(tmp_path: Path) -> None:
    stolen = STATE.with_revoked_signer()
    trust = CscaStore((STATE.csca,), (STATE.revocation_list(stolen.signer),))
    with running_gateway(tmp_path, DocumentProver(trust)) as gateway:
        client = gateway.client()
        with pytest.raises(AccountProblem) as problem:
            _log_in(client, _read(Chip(stolen.issue(JANA))))
        client.close()
    assert problem.value.cause is AccountCause.CARD_REVOKED


def test_card_without_account_is_unknown(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(Chip(STATE.issue(replace(JANA, number="111111111")))))
    assert problem.value.cause is AccountCause.CARD_UNKNOWN
