"""Login with a virtual card's real cryptography, from PACE to the account, without a reader."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.account.login import AccountToken
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.gateway.document_prover import DocumentProver
from kiosk_app.gateway.evidence import CscaStore
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.running_gateway import running_gateway
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document

STATE = SampleState()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountClient]:
    prover = DocumentProver(CscaStore((STATE.csca,)))
    with running_gateway(tmp_path_factory.mktemp("gateway"), prover) as gateway:
        client = gateway.client()
        yield client
        client.close()


def _read(document: Document) -> ChipReading:
    chip = Chip(document)
    return read_chip(lambda command: chip.answer(command) or b"", Can(document.can))


def _log_in(client: AccountClient, reading: ChipReading) -> AccountToken:
    challenge = client.login(DocumentEvidence(reading.dg1, reading.sod, reading.dg14))
    responses = reading.relay(challenge.plain, challenge.protected)
    return client.answer(challenge.login_id, responses)


def test_genuine_card_opens_its_account(client: AccountClient) -> None:
    token = _log_in(client, _read(STATE.issue(JANA)))
    assert client.account(token).person.display_name == "JANA VZOROVÁ"
    client.end_session(token)


def test_card_of_an_unknown_state_is_not_accepted(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(SampleState().issue(JANA)))
    assert problem.value.cause is AccountCause.CARD_NOT_ACCEPTED


def test_copied_card_is_not_genuine(client: AccountClient) -> None:
    original = STATE.issue(JANA)
    # All that a reader can copy: the files, but not the chip's private key.
    copy = replace(STATE.issue(JANA), dg1=original.dg1, dg14=original.dg14, sod=original.sod)
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(copy))
    assert problem.value.cause is AccountCause.CHIP_NOT_GENUINE


def test_expired_card_is_told_so(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(STATE.issue(replace(JANA, expiry="250101"))))
    assert problem.value.cause is AccountCause.CARD_EXPIRED


def test_card_without_account_is_unknown(client: AccountClient) -> None:
    with pytest.raises(AccountProblem) as problem:
        _log_in(client, _read(STATE.issue(replace(JANA, number="111111111"))))
    assert problem.value.cause is AccountCause.CARD_UNKNOWN
