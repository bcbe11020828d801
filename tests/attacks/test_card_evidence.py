"""Attacks with forged or copied documents on the gateway."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.cards import tlv
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.gateway import chip_proof
from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    check_document,
)
from tests.fakes.document_signer import JANA, KAREL, SampleState, data_group_14
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.document import Document

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
TRUST = CscaStore((STATE.csca,))
DOCUMENT = STATE.issue(JANA)


def reason(document: Document) -> RefusalReason:
    with pytest.raises(EvidenceRefused) as caught:
        check_document(document.sod, document.dg1, document.dg14, TRUST, NOW)
    return caught.value.reason


def test_cloned_chip() -> None:
    """DG1, DG14 and SOD are perfect copies: only the key inside the chip is missing."""
    chip = faults.cloned(DOCUMENT)
    reading = read_chip(lambda command: chip.answer(command) or b"", Can("123456"))
    document = check_document(reading.sod, reading.dg1, reading.dg14, TRUST, NOW)
    challenge = chip_proof.begin(document)
    with pytest.raises(EvidenceRefused) as caught:
        chip_proof.finish(challenge, reading.relay(challenge.plain, challenge.protected))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


def test_clone_that_brings_its_own_key() -> None:
    own = data_group_14(ec.generate_private_key(ec.SECP256R1()).public_key())
    assert reason(replace(DOCUMENT, dg14=own)) is RefusalReason.CHANGED


def test_clone_that_hides_chip_authentication() -> None:
    assert reason(replace(DOCUMENT, dg14=b"\x6e\x02\x31\x00")) is RefusalReason.CHANGED


def test_changed_dg1() -> None:
    other = STATE.issue(KAREL)
    assert reason(replace(DOCUMENT, dg1=other.dg1)) is RefusalReason.CHANGED


def test_sod_by_an_unknown_signer_of_the_same_name() -> None:
    assert reason(SampleState().issue(JANA)) is RefusalReason.UNKNOWN_ISSUER


def test_sod_signed_by_a_stolen_name_with_another_key() -> None:
    """The certificate of the real signer, the signature of somebody else."""
    forger = SampleState()
    forger.signer = STATE.signer
    assert reason(forger.issue(JANA)) is RefusalReason.BAD_SIGNATURE


def test_document_signer_that_signs_document_signers() -> None:
    """A document signer is no CSCA, even when it is pinned by mistake."""
    with pytest.raises(EvidenceRefused) as caught:
        check_document(DOCUMENT.sod, DOCUMENT.dg1, DOCUMENT.dg14, CscaStore((STATE.signer,)), NOW)
    assert caught.value.reason is RefusalReason.UNKNOWN_ISSUER


def test_content_exchanged_under_a_right_signature() -> None:
    """The hashes are other ones; the signed attributes still carry the old digest."""
    forged = STATE.issue(KAREL)
    old, new = DOCUMENT.sod, STATE.sign({1: forged.dg1, 14: forged.dg14})
    start, end = _hashes(old), _hashes(new)
    mixed = old[: start.start] + new[end.start : end.stop] + old[start.stop :]
    assert reason(replace(forged, sod=mixed)) is RefusalReason.CHANGED


def _hashes(sod: bytes) -> slice:
    """Find the hashes: two sequences of a number and 32 bytes."""
    start = sod.index(b"\x30\x25\x02\x01\x01\x04\x20")
    return slice(start, start + 2 * 39)


def test_sod_under_sha1() -> None:
    """The hash of the data groups renamed to one that can be forged."""
    sha256 = bytes.fromhex("0609608648016503040201")
    assert sha256 in DOCUMENT.sod
    weak = DOCUMENT.sod.replace(sha256, bytes.fromhex("0609608648016503040200"))
    assert reason(replace(DOCUMENT, sod=weak)) in {
        RefusalReason.UNSUPPORTED,
        RefusalReason.CHANGED,
        RefusalReason.MALFORMED,
    }


def test_signer_whose_certificate_has_an_unknown_version() -> None:
    third, odd = b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x31"
    assert third in DOCUMENT.sod
    changed = replace(DOCUMENT, sod=DOCUMENT.sod.replace(third, odd))
    assert reason(changed) is RefusalReason.MALFORMED


@pytest.mark.parametrize("depth", [100, 1500])
def test_sod_nested_deep(depth: int) -> None:
    nested = b""
    for _ in range(depth):
        nested = tlv.encode(0x30, nested)
    assert reason(replace(DOCUMENT, sod=tlv.encode(0x77, nested))) is RefusalReason.MALFORMED


@given(st.integers(0, len(DOCUMENT.sod) - 1), st.integers(1, 255))
def test_no_changed_byte_of_the_sod_alters_what_is_believed(at: int, mask: int) -> None:
    changed = DOCUMENT.sod[:at] + bytes((DOCUMENT.sod[at] ^ mask,)) + DOCUMENT.sod[at + 1 :]
    try:
        document = check_document(changed, DOCUMENT.dg1, DOCUMENT.dg14, TRUST, NOW)
    except EvidenceRefused:
        return
    assert document.document_number == "999009812"


@given(st.binary(max_size=300), st.binary(max_size=120), st.binary(max_size=200))
def test_any_bytes_are_refused(sod: bytes, dg1: bytes, dg14: bytes) -> None:
    with pytest.raises(EvidenceRefused):
        check_document(b"\x77" + bytes((len(sod) % 128,)) + sod, dg1, dg14, TRUST, NOW)
