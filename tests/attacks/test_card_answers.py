"""Any answers of a chip, or of a kiosk in its place: only a refusal may come out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.account.evidence import PaceData, PaceNonce, PaceResponses
from kiosk_app.cards import tlv
from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    active_authentication,
    check_document,
    chip_authentication,
    chip_mapping,
)
from kiosk_app.gateway.evidence.certificate import read_certificate
from kiosk_app.gateway.evidence.master_list import open_master_list
from tests.fakes.document_signer import JANA, Recipe, SampleState
from tests.fakes.virtual_card.profile import Mapping, Offer, card_access
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
TRUST = CscaStore((STATE.csca,))
CAM = (Offer(Mapping.CHIP_AUTHENTICATION),)
PLAIN = check_document(evidence_of(STATE.issue(JANA)), TRUST, NOW)
RSA, ECDSA = (
    check_document(evidence_of(STATE.issue(JANA, Recipe(chip_keys=(), active=kind))), TRUST, NOW)
    for kind in ("rsa", "ecdsa")
)
MAPPED = check_document(
    evidence_of(STATE.issue(JANA, Recipe(offers=CAM, chip_keys=())), card_access(CAM)), TRUST, NOW
)
MASTER_LIST = STATE.master_list([STATE.csca])
CSCA = read_certificate(TRUST.trusted[0].der)

answers = st.lists(st.binary(max_size=300), max_size=4)
wrapped = st.builds(
    lambda tag, value: tlv.encode(0x7C, tlv.encode(tag, value)) + b"\x90\x00",
    st.sampled_from([0x82, 0x84, 0x86, 0x8A]),
    st.binary(max_size=80),
)
steps: st.SearchStrategy[PaceData] = st.one_of(
    st.builds(PaceNonce, st.binary(min_size=16, max_size=16) | st.binary(max_size=40)),
    st.builds(lambda one: PaceResponses((one,)), wrapped),
    st.builds(lambda some: PaceResponses(tuple(some)), answers),
)


@given(answers)
def test_any_answers_to_chip_authentication(responses: list[bytes]) -> None:
    with pytest.raises(EvidenceRefused) as caught:
        chip_authentication.begin(PLAIN).check(responses)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


@given(answers | st.lists(st.binary(min_size=64, max_size=130).map(lambda b: b + b"\x90\x00")))
@pytest.mark.parametrize("document", [RSA, ECDSA])
def test_any_answers_to_active_authentication(document: object, responses: list[bytes]) -> None:
    key = document.active_key  # type: ignore[attr-defined] # a verified document
    with pytest.raises(EvidenceRefused) as caught:
        active_authentication.begin(key).check(responses)
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


@given(st.lists(steps, max_size=6))
def test_any_steps_of_the_mapping(taken: list[PaceData]) -> None:
    assert MAPPED.mapping_key is not None
    run = chip_mapping.begin(MAPPED.mapping_key, MAPPED.dg1)
    for step in taken:
        try:
            assert run.step(step)  # never the end
        except EvidenceRefused as refused:
            assert refused.reason is RefusalReason.CHIP_NOT_GENUINE  # noqa: PT017 - each step may be
    with pytest.raises(EvidenceRefused):
        run.check_done()


@given(st.integers(0, len(MASTER_LIST) - 1), st.integers(1, 255))
def test_any_changed_byte_of_a_master_list(at: int, mask: int) -> None:
    changed = MASTER_LIST[:at] + bytes((MASTER_LIST[at] ^ mask,)) + MASTER_LIST[at + 1 :]
    try:
        found = open_master_list(changed, (CSCA,), NOW)
    except EvidenceRefused:
        return
    assert found.certificates == (CSCA.der,)


@given(st.binary(max_size=300))
def test_any_bytes_are_no_master_list(data: bytes) -> None:
    with pytest.raises(EvidenceRefused):
        open_master_list(data, (CSCA,), NOW)
