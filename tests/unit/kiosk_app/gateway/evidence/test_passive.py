"""Passive authentication by the gateway."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    check_document,
)
from kiosk_app.gateway.evidence.store_files import TrustStoreError
from tests.fakes.document_signer import JANA, SampleState, data_group_14
from tests.fakes.virtual_card.document import Document
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def state() -> SampleState:
    return SampleState()


@pytest.fixture(scope="module")
def document(state: SampleState) -> Document:
    return state.issue(JANA)


def refusal(document: Document, *states: SampleState, now: datetime = NOW) -> RefusalReason:
    trust = CscaStore(tuple(known.csca for known in states))
    with pytest.raises(EvidenceRefused) as caught:
        check_document(evidence_of(document), trust, now)
    assert caught.value.detail.endswith(".")
    return caught.value.reason


@pytest.mark.parametrize("scheme", ["ecdsa", "rsa", "rsa-pss"])
def test_a_right_document_is_believed(scheme: str) -> None:
    signed_by = SampleState(scheme)
    document = signed_by.issue(JANA)
    trust = CscaStore((SampleState().csca, signed_by.csca))
    verified = check_document(evidence_of(document), trust, NOW)
    assert (verified.issuing_state, verified.document_number) == ("CZE", "999009812")
    assert (verified.surname, verified.given_names) == ("VZOROVA", "JANA")
    assert (verified.birth_date, verified.expiry) == (date(1984, 5, 17), date(2034, 1, 1))
    assert [key.curve.parameter_id for key in verified.chip_keys] == [12]
    assert "VZOR" not in repr(verified)


def test_an_expired_document(state: SampleState) -> None:
    old = state.issue(replace(JANA, expiry="250101"))
    assert refusal(old, state) is RefusalReason.EXPIRED


def test_a_document_without_a_day_of_expiry(state: SampleState) -> None:
    timeless = state.issue(replace(JANA, expiry="3401<<"))
    assert refusal(timeless, state) is RefusalReason.MALFORMED


@pytest.mark.parametrize(
    "now", [datetime(2023, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)]
)
def test_a_signer_outside_its_time(state: SampleState, document: Document, now: datetime) -> None:
    assert refusal(document, state, now=now) is RefusalReason.CERTIFICATE_NOT_VALID


def test_a_signed_but_malformed_data_group(state: SampleState, document: Document) -> None:
    odd = replace(document, dg1=b"\x61\x00", sod=state.sign({1: b"\x61\x00", 14: document.dg14}))
    assert refusal(odd, state) is RefusalReason.MALFORMED


def test_a_data_group_that_was_not_signed_at_all(state: SampleState, document: Document) -> None:
    assert refusal(replace(document, sod=state.sign({1: document.dg1})), state) is (
        RefusalReason.CHANGED
    )


def test_a_chip_key_on_an_unknown_curve_is_no_reason_for_a_weaker_proof(state: SampleState) -> None:
    odd = data_group_14(ec.generate_private_key(ec.SECP256K1()).public_key())
    dg1 = state.issue(JANA).dg1
    changed = replace(state.issue(JANA), dg14=odd, sod=state.sign({1: dg1, 14: odd}))
    assert refusal(changed, state) is RefusalReason.UNSUPPORTED


def test_a_pinned_certificate_that_does_not_say_it_is_an_authority(state: SampleState) -> None:
    plain = SampleState()
    plain._csca_key = state._csca_key
    name = x509.Name(state.csca.subject)
    bare = (
        x509.CertificateBuilder(name, name, state._csca_key.public_key(), 1)
        .not_valid_before(state.csca.not_valid_before_utc)
        .not_valid_after(state.csca.not_valid_after_utc)
        .sign(state._csca_key, hashes.SHA256())
    )
    plain.csca = bare
    assert refusal(state.issue(JANA), plain) is RefusalReason.UNKNOWN_ISSUER


def test_a_state_that_certified_its_key_again(state: SampleState, document: Document) -> None:
    old, name = state.csca, state.csca.subject
    ended = (
        x509.CertificateBuilder(name, name, state._csca_key.public_key(), 1)
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(NOW - timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(state._csca_key, hashes.SHA256())
    )
    for trusted in ((ended, old), (old, ended)):
        assert check_document(evidence_of(document), CscaStore(trusted), NOW).issuing_state == "CZE"
    with pytest.raises(EvidenceRefused) as caught:
        check_document(evidence_of(document), CscaStore((ended,)), NOW)
    assert caught.value.reason is RefusalReason.CERTIFICATE_NOT_VALID


def test_store_reads_pem_and_der(tmp_path: Path, state: SampleState) -> None:
    (tmp_path / "a.pem").write_bytes(state.csca.public_bytes(Encoding.PEM))
    (tmp_path / "b.cer").write_bytes(state.csca.public_bytes(Encoding.DER))
    (tmp_path / "notes.txt").write_text("not a certificate")
    assert CscaStore.from_directory(tmp_path).certificates == (state.csca, state.csca)


def test_store_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(TrustStoreError, match="cannot be read"):
        CscaStore.from_directory(tmp_path / "absent")
    with pytest.raises(TrustStoreError, match="no certificate"):
        CscaStore.from_directory(tmp_path)
    (tmp_path / "bad.der").write_bytes(b"nonsense")
    with pytest.raises(TrustStoreError, match=r"bad\.der"):
        CscaStore.from_directory(tmp_path)
