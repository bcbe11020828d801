"""The contact chip's certificate up to a pinned issuer of the state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.account.evidence import ContactCardEvidence
from kiosk_app.gateway.evidence.certificate import read_certificate
from kiosk_app.gateway.evidence.chain import Anchors
from kiosk_app.gateway.evidence.contact_card import check_contact_card
from kiosk_app.gateway.evidence.revocation_lists import ExpiredList
from kiosk_app.gateway.evidence.trust import CscaStore, TrustPolicy
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.fakes.eobcanka_card.state import JANA, ContactCardState
from tests.unit.kiosk_app.gateway.evidence.authorities import Maker

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = ContactCardState()


def trust(*pinned: x509.Certificate, **more: object) -> CscaStore:
    return CscaStore(pinned or (STATE.root, STATE.issuing), anchors=Anchors.ALL, **more)  # type: ignore[arg-type] # its own arguments


def handed_in(certificate: x509.Certificate | None = None) -> ContactCardEvidence:
    issued = certificate or STATE.issue(JANA)
    return ContactCardEvidence(
        "CZ123456", JANA.document_number, 1, issued.public_bytes(Encoding.DER)
    )


def refusal(
    evidence: ContactCardEvidence, store: CscaStore | None = None, now: datetime = NOW
) -> RefusalReason:
    with pytest.raises(EvidenceRefused) as caught:
        check_contact_card(evidence, store or trust(), now)
    assert "VZOR" not in caught.value.detail
    return caught.value.reason


def test_a_right_card_is_identified() -> None:
    card = check_contact_card(handed_in(), trust(), NOW)
    assert card.document_number == "999009812"
    assert "999009812" not in repr(card)


def test_an_issuer_that_the_card_brings_along() -> None:
    evidence = handed_in()
    assert refusal(evidence, trust(STATE.root)) is RefusalReason.UNKNOWN_ISSUER
    brought = replace(evidence, issuers=(STATE.issuing_der,))
    check_contact_card(brought, trust(STATE.root), NOW)
    check_contact_card(evidence, trust(STATE.issuing), NOW)


def test_an_unknown_issuer() -> None:
    stranger = ContactCardState("stranger")
    evidence = handed_in(stranger.issue(JANA))
    assert refusal(evidence) is RefusalReason.UNKNOWN_ISSUER
    brought = replace(evidence, issuers=(stranger.issuing_der,))
    assert refusal(brought) is RefusalReason.UNKNOWN_ISSUER


def test_another_document_number_than_the_certificates() -> None:
    other = replace(handed_in(), document_number="999009813")
    assert refusal(other) is RefusalReason.CHANGED


@pytest.mark.parametrize("state", [0x04, 0x05, 0xFF])
def test_a_blocked_card(state: int) -> None:
    assert refusal(replace(handed_in(), iok_state=state)) is RefusalReason.BLOCKED


def test_an_expired_certificate() -> None:
    old = STATE.issue(JANA, end=NOW - timedelta(days=1))
    assert refusal(handed_in(old)) is RefusalReason.EXPIRED


def test_a_certificate_not_yet_valid() -> None:
    coming = STATE.issue(JANA, begin=NOW + timedelta(days=1))
    assert refusal(handed_in(coming)) is RefusalReason.CERTIFICATE_NOT_VALID


def crl(*serials: int, end: datetime) -> x509.CertificateRevocationList:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    builder = x509.CertificateRevocationListBuilder(STATE.issuing.subject, start, end)
    for serial in serials:
        entry = x509.RevokedCertificateBuilder(serial, start).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(STATE._issuing_key, hashes.SHA256())


def test_a_revoked_certificate() -> None:
    issued = STATE.issue(JANA)
    lists = (crl(issued.serial_number, end=NOW + timedelta(days=1)),)
    assert refusal(handed_in(issued), trust(lists=lists)) is RefusalReason.REVOKED


def test_a_certificate_that_an_issuer_brought_along_revoked() -> None:
    """The list's signer is not pinned, and goes back to what is."""
    issued = STATE.issue(JANA)
    brought = replace(handed_in(issued), issuers=(STATE.issuing_der,))
    lists = (crl(issued.serial_number, end=NOW + timedelta(days=1)),)
    store = trust(STATE.root, lists=lists)
    for _ in range(2):  # the second time from memory
        assert refusal(brought, store) is RefusalReason.REVOKED
    old, strict = (crl(end=NOW - timedelta(days=1)),), TrustPolicy(expired_list=ExpiredList.REFUSE)
    assert refusal(brought, trust(STATE.root, lists=old, policy=strict)) is (
        RefusalReason.REVOCATION_UNKNOWN
    )


def brought_over(
    *makers: Maker, extension: x509.ExtensionType | None = None
) -> ContactCardEvidence:
    """A card's certificate below authorities of which only the first is pinned."""
    more = () if extension is None else (extension,)
    issuers = [above.certify(below, *more, path_length=None) for above, below in pairwise(makers)]
    serial = int.from_bytes(JANA.document_number.encode(), "big")
    certificate = makers[-1].certify(
        Maker("VZOR", surname="VZOROVÁ"), authority=False, serial=serial
    )
    brought = tuple(one.public_bytes(Encoding.DER) for one in issuers)
    return replace(handed_in(certificate), issuers=brought)


def test_more_authorities_than_the_pinned_one_allows() -> None:
    root, middle, low = Maker("VZOR Root"), Maker("VZOR Middle"), Maker("VZOR Low")
    check_contact_card(brought_over(root, middle), trust(root.certify(path_length=1)), NOW)
    deep = brought_over(root, middle, low)
    assert refusal(deep, trust(root.certify(path_length=1))) is RefusalReason.UNKNOWN_ISSUER
    check_contact_card(deep, trust(root.certify(path_length=2)), NOW)


def test_a_change_of_name_is_no_way_around_the_path_length() -> None:
    change = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.23.136.1.1.6.1"), b"\x05\x00")
    root, low = Maker("VZOR Root"), Maker("VZOR Low")
    evidence = brought_over(root, low, extension=change)
    assert refusal(evidence, trust(root.certify(path_length=0))) is RefusalReason.UNKNOWN_ISSUER


def test_an_authority_that_another_brought_one_withdrew() -> None:
    root, middle, low = Maker("VZOR Root"), Maker("VZOR Middle"), Maker("VZOR Low")
    evidence = brought_over(root, middle, low)
    withdrawn = read_certificate(evidence.issuers[1]).serial
    start = datetime(2020, 1, 1, tzinfo=UTC)
    builder = x509.CertificateRevocationListBuilder(middle.name, start, NOW + timedelta(days=1))
    entry = x509.RevokedCertificateBuilder(withdrawn, start).build()
    revoked = builder.add_revoked_certificate(entry).sign(middle.key, hashes.SHA256())
    store = trust(root.certify(path_length=None), lists=(revoked,))
    assert refusal(evidence, store) is RefusalReason.UNKNOWN_ISSUER


def test_a_revocation_list_that_has_run_out() -> None:
    lists = (crl(end=NOW - timedelta(days=1)),)
    strict = TrustPolicy(expired_list=ExpiredList.REFUSE)
    check_contact_card(handed_in(), trust(lists=lists), NOW)
    assert refusal(handed_in(), trust(lists=lists, policy=strict)) is (
        RefusalReason.REVOCATION_UNKNOWN
    )


def test_an_issuer_of_another_state() -> None:
    abroad = Maker("VZOR", "SK")
    issued = abroad.certify(Maker("VZOR", "SK"), authority=False)
    assert refusal(handed_in(issued), trust(abroad.certify())) is RefusalReason.WRONG_COUNTRY


def test_an_authority_is_no_card() -> None:
    assert refusal(handed_in(STATE.issuing)) is RefusalReason.UNKNOWN_ISSUER


def test_a_certificate_that_names_no_card() -> None:
    issuer = Maker("VZOR")
    issued = issuer.certify(Maker("VZOR"), authority=False)
    assert refusal(handed_in(issued), trust(issuer.certify())) is RefusalReason.MALFORMED


@given(st.binary(max_size=200), st.lists(st.binary(max_size=100), max_size=3))
def test_any_bytes_are_refused(certificate: bytes, issuers: list[bytes]) -> None:
    evidence = replace(handed_in(), certificate=certificate, issuers=tuple(issuers))
    assert refusal(evidence) is RefusalReason.MALFORMED
