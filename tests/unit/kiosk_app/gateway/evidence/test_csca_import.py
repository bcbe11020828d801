"""Country signing certificates taken in from folders, files and ICAO master lists."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence import CscaStore
from kiosk_app.gateway.evidence.certificate import read_certificate
from kiosk_app.gateway.evidence.csca_import import import_source, load_store
from kiosk_app.gateway.evidence.master_list import open_master_list
from kiosk_app.gateway.evidence.store_files import TrustStoreError
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.fakes.document_signer import SampleState
from tests.fakes.document_signer.signed_data import MASTER_LIST, certificate_list, signed_data
from tests.unit.kiosk_app.gateway.evidence.authorities import START, Maker

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ONE, OTHER = SampleState(), SampleState("rsa-pss", "rsa")
AFTER, LINK = OTHER.renewed()


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def facts(*certificates: x509.Certificate) -> list[x509.Certificate]:
    return [read_certificate(one.public_bytes(Encoding.DER)) for one in certificates]  # type: ignore[misc] # as the gateway reads them


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_a_folder_of_der_and_pem(source: Path, store: Path) -> None:
    (source / "one.pem").write_bytes(pem(ONE.csca) + pem(OTHER.csca))
    (source / "link.cer").write_bytes(LINK.public_bytes(Encoding.DER))
    report = import_source(source, store, None, NOW)
    assert (report.added, report.known, report.refused) == ({"CZ": 3}, {}, [])
    again = import_source(source, store, None, NOW)
    assert (again.added, again.known) == ({}, {"CZ": 3})
    assert len(CscaStore.from_directory(store).trusted) == 3
    assert not list(store.glob("*.part"))


def test_what_cannot_vouch_is_refused_by_name(source: Path, store: Path) -> None:
    expired = Maker("VZOR Old").certify(end=NOW - timedelta(days=1))
    nameless = Maker("VZOR", country="").certify()
    for number, one in enumerate((ONE.signer, LINK, expired, nameless, ONE.csca)):
        (source / f"{number}.pem").write_bytes(pem(one))
    report = import_source(source, store, None, NOW)
    assert report.added == {"CZ": 1}
    for words in ("no authority's", "goes back to none", "expired", "no country"):
        assert sum(words in sentence for sentence in report.refused) == 1


def test_a_link_to_what_is_pinned_already(source: Path, store: Path) -> None:
    (source / "a.pem").write_bytes(pem(OTHER.csca))
    import_source(source, store, None, NOW)
    (source / "a.pem").write_bytes(pem(LINK))
    assert import_source(source / "a.pem", store, None, NOW).added == {"CZ": 1}


def test_a_master_list_by_a_pinned_signer(source: Path, store: Path) -> None:
    (source / "all.ml").write_bytes(ONE.master_list([OTHER.csca, LINK, AFTER.csca, ONE.csca]))
    (source / "csca.pem").write_bytes(pem(ONE.csca))
    report = import_source(source / "all.ml", store, source / "csca.pem", NOW)
    assert report.added == {"CZ": 4}
    assert report.signer is not None
    again = import_source(source / "all.ml", store, source / "csca.pem", NOW)
    assert again.known == {"CZ": 4}


def test_a_master_list_by_a_later_csca_of_the_signers_state(source: Path, store: Path) -> None:
    (source / "a.pem").write_bytes(pem(OTHER.csca) + pem(LINK))
    import_source(source, store, None, NOW)
    (source / "all.ml").write_bytes(AFTER.master_list([ONE.csca]))
    (source / "a.pem").write_bytes(pem(OTHER.csca))
    assert import_source(source / "all.ml", store, source / "a.pem", NOW).added == {"CZ": 1}


def abroad(country: str = "SK", **more: Any) -> tuple[x509.Certificate, bytes]:  # noqa: ANN401 - as Maker takes them
    """A CSCA of Slovakia's, and a list by a signer of that one's that names a Czech CSCA."""
    authority, lists = Maker("VZOR CSCA SK", "SK"), Maker("VZOR Lists", country)
    purpose = x509.ExtendedKeyUsage([x509.ObjectIdentifier("2.23.136.1.1.3")])
    signer = authority.certify(lists, purpose, authority=False, **more)
    data = signed_data(
        certificate_list([Maker("VZOR CSCA").certify()]),
        MASTER_LIST,
        (signer,),
        lambda signed: lists.key.sign(signed, ec.ECDSA(hashes.SHA256())),
        {"algorithm": "sha256_ecdsa"},
    )
    return authority.certify(), data


def test_a_master_list_of_a_state_that_is_believed_for_its_own_documents_only(
    source: Path, store: Path
) -> None:
    """Else any state whose CSCA is pinned could name a key as another state's."""
    csca, data = abroad()
    (source / "sk.pem").write_bytes(pem(csca))
    (source / "cz.pem").write_bytes(pem(ONE.csca))
    import_source(source, store, None, NOW)
    (source / "all.ml").write_bytes(data)
    for signer, words in ((None, "needs --master-list-signer"), (source / "cz.pem", "no pinned")):
        with pytest.raises(TrustStoreError, match=words):
            import_source(source / "all.ml", store, signer, NOW)
    assert import_source(source / "all.ml", store, source / "sk.pem", NOW).added == {"CZ": 1}


@pytest.mark.parametrize("made", [abroad("CZ"), abroad(start=START - timedelta(days=1))])
def test_a_master_list_signer_that_its_csca_could_not_certify(
    made: tuple[x509.Certificate, bytes],
) -> None:
    csca, data = made
    with pytest.raises(EvidenceRefused) as caught:
        open_master_list(data, facts(csca), NOW)  # type: ignore[arg-type] # as facts
    assert caught.value.reason is RefusalReason.UNKNOWN_ISSUER


def test_master_list_by_an_unknown_signer(source: Path, store: Path) -> None:
    (source / "csca.pem").write_bytes(pem(ONE.csca))
    import_source(source, store, None, NOW)
    (source / "all.ml").write_bytes(SampleState().master_list([OTHER.csca]))
    with pytest.raises(TrustStoreError, match="goes back to no pinned"):
        import_source(source / "all.ml", store, source / "csca.pem", NOW)
    assert len(load_store(store)) == 1


def test_master_list_by_a_document_signer() -> None:
    """A right CSCA, but a key that may sign documents only."""
    forged = SampleState()
    data = forged.master_list([OTHER.csca])
    signer = open_master_list(data, facts(forged.csca), NOW).signer  # type: ignore[arg-type] # as facts
    assert signer.purposes
    with pytest.raises(EvidenceRefused) as caught:
        open_master_list(data, facts(ONE.csca), NOW)  # type: ignore[arg-type] # as facts
    assert caught.value.reason is RefusalReason.UNKNOWN_ISSUER


def test_master_list_by_a_document_signer_of_the_named_csca() -> None:
    data = signed_data(
        certificate_list([OTHER.csca]), MASTER_LIST, (ONE.signer,), ONE._sign, ONE._algorithm()
    )
    with pytest.raises(EvidenceRefused) as caught:
        open_master_list(data, facts(ONE.csca), NOW)  # type: ignore[arg-type] # as facts
    assert caught.value.reason is RefusalReason.UNKNOWN_ISSUER


def test_master_list_out_of_its_time() -> None:
    data = ONE.master_list([OTHER.csca])
    with pytest.raises(EvidenceRefused):
        open_master_list(data, facts(ONE.csca), datetime(2040, 1, 1, tzinfo=UTC))  # type: ignore[arg-type] # as facts


def test_a_document_is_no_master_list(source: Path, store: Path) -> None:
    (source / "csca.pem").write_bytes(pem(ONE.csca))
    for data in (ONE.sign({1: b"x"})[4:], b"nonsense", b""):
        (source / "all.ml").write_bytes(data)
        with pytest.raises(TrustStoreError, match="is refused"):
            import_source(source / "all.ml", store, source / "csca.pem", NOW)


def test_a_source_that_is_not_there(source: Path, store: Path) -> None:
    with pytest.raises(TrustStoreError, match="cannot be read"):
        import_source(source / "absent", store, None, NOW)
    with pytest.raises(TrustStoreError, match="holds no certificate"):
        import_source(source, store, None, NOW)
