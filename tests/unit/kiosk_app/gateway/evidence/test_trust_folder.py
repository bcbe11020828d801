"""Trust out of folders, read anew when their files change."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    check_document,
)
from kiosk_app.gateway.evidence.store_files import TrustStoreError
from kiosk_app.gateway.evidence.trust_folder import TrustFolder
from tests.fakes.document_signer import JANA, SampleState
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()


@pytest.fixture
def csca(tmp_path: Path) -> Path:
    folder = tmp_path / "csca"
    folder.mkdir()
    (folder / "a.pem").write_bytes(STATE.csca.public_bytes(Encoding.PEM))
    return folder


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "crl"
    folder.mkdir()
    return folder


def test_the_same_store_while_nothing_changes(csca: Path, lists: Path) -> None:
    trust = TrustFolder(csca, lists, seconds=0)
    assert trust.current() is trust.current()


def test_a_revocation_is_seen_without_a_restart(csca: Path, lists: Path) -> None:
    trust = TrustFolder(csca, lists, seconds=0)
    document = evidence_of(STATE.issue(JANA))
    check_document(document, trust.current(), NOW)
    revoked = STATE.revocation_list(STATE.signer)
    (lists / "cz.crl").write_bytes(revoked.public_bytes(Encoding.DER))
    with pytest.raises(EvidenceRefused) as caught:
        check_document(document, trust.current(), NOW)
    assert caught.value.reason is RefusalReason.REVOKED


def test_a_new_state_is_seen_and_a_withdrawn_one_forgotten(csca: Path) -> None:
    trust, other = TrustFolder(csca, seconds=0), SampleState()
    document = evidence_of(other.issue(JANA))
    with pytest.raises(EvidenceRefused):
        check_document(document, trust.current(), NOW)
    (csca / "b.der").write_bytes(other.csca.public_bytes(Encoding.DER))
    check_document(document, trust.current(), NOW)
    (csca / "b.der").unlink()
    with pytest.raises(EvidenceRefused):
        check_document(document, trust.current(), NOW)


def test_a_broken_change_leaves_what_was_known(
    csca: Path, lists: Path, caplog: pytest.LogCaptureFixture
) -> None:
    trust = TrustFolder(csca, lists, seconds=0)
    before = trust.current()
    (lists / "cz.crl").write_bytes(b"nonsense")
    assert trust.current() is before
    assert "cz.crl" in caplog.text
    (lists / "cz.crl").unlink()
    (csca / "a.pem").unlink()
    assert trust.current().certificates == before.certificates


def test_folders_are_looked_at_now_and_then(csca: Path) -> None:
    clock = [0.0]
    trust = TrustFolder(csca, seconds=5, clock=lambda: clock[0])
    before = trust.current()
    (csca / "b.der").write_bytes(SampleState().csca.public_bytes(Encoding.DER))
    assert trust.current() is before
    clock[0] = 5.0
    assert trust.current() is not before


def test_a_start_without_trust_is_refused(csca: Path, lists: Path, tmp_path: Path) -> None:
    with pytest.raises(TrustStoreError, match="cannot be read"):
        TrustFolder(csca, tmp_path / "absent")
    (lists / "x.crl").write_bytes(b"nonsense")
    with pytest.raises(TrustStoreError, match=r"x\.crl"):
        TrustFolder(csca, lists)
    odd = STATE.revocation_list().public_bytes(Encoding.DER)
    assert b"\x02\x01\x01\x30" in odd
    (lists / "x.crl").write_bytes(odd.replace(b"\x02\x01\x01\x30", b"\x02\x01\x09\x30", 1))
    with pytest.raises(TrustStoreError, match=r"x\.crl"):
        TrustFolder(csca, lists)
    (lists / "x.crl").write_bytes(bytes(9 * 1024 * 1024))
    with pytest.raises(TrustStoreError, match="longer"):
        TrustFolder(csca, lists)


def test_a_list_in_pem(csca: Path, lists: Path) -> None:
    revoked = STATE.revocation_list(STATE.signer)
    (lists / "cz.pem").write_bytes(revoked.public_bytes(Encoding.PEM))
    store = TrustFolder(csca, lists).current()
    assert len(store.revocations.by_issuer) == 1


def test_logins_go_on_while_a_change_is_read(csca: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of certificates take a second to read; only who finds the change waits for it."""
    trust = TrustFolder(csca, seconds=0)
    before, reading, go_on = trust.current(), Event(), Event()
    load = trust._load

    def slow() -> CscaStore:
        reading.set()
        assert go_on.wait(30)
        return load()

    monkeypatch.setattr(trust, "_load", slow)
    (csca / "b.der").write_bytes(SampleState().csca.public_bytes(Encoding.DER))
    finder = Thread(target=trust.current)
    finder.start()
    assert reading.wait(30)
    assert trust.current() is before
    go_on.set()
    finder.join(30)
    assert len(trust.current().certificates) == 2
