"""Attacks with forged or copied documents on the gateway."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.cards import tlv
from kiosk_app.gateway.evidence import (
    CscaStore,
    EvidenceRefused,
    RefusalReason,
    check_document,
    chip_authentication,
)
from kiosk_app.gateway.evidence.certificate import Certificates
from kiosk_app.gateway.evidence.master_list import open_master_list
from kiosk_app.gateway.evidence.revocation_lists import ExpiredList
from kiosk_app.gateway.evidence.signed_data import open_signed_data
from kiosk_app.gateway.evidence.trust import TrustPolicy
from tests.fakes.document_signer import JANA, KAREL, Recipe, SampleState, data_group_14
from tests.fakes.document_signer.certificates import revocation_list
from tests.fakes.document_signer.signed_data import CARD_SECURITY, signed_data
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document
from tests.fakes.virtual_card.profile import Mapping, Offer, card_access
from tests.unit.kiosk_app.gateway.evidence.authorities import Maker
from tests.unit.kiosk_app.gateway.evidence.cards import evidence_of, reading_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATE = SampleState()
TRUST = CscaStore((STATE.csca,))
DOCUMENT = STATE.issue(JANA)
GENERIC, INTEGRATED = Offer(), Offer(Mapping.INTEGRATED)
CAM = Offer(Mapping.CHIP_AUTHENTICATION)


def reason(
    document: Document | DocumentEvidence, trust: CscaStore = TRUST, now: datetime = NOW
) -> RefusalReason:
    handed_in = evidence_of(document) if isinstance(document, Document) else document
    with pytest.raises(EvidenceRefused) as caught:
        check_document(handed_in, trust, now)
    assert "VZOR" not in caught.value.detail
    return caught.value.reason


def test_cloned_chip() -> None:
    """DG1, DG14 and SOD are perfect copies: only the key inside the chip is missing."""
    reading = reading_of(faults.cloned(DOCUMENT))
    document = check_document(evidence_of(DOCUMENT), TRUST, NOW)
    challenge = chip_authentication.begin(document)
    with pytest.raises(EvidenceRefused) as caught:
        challenge.check(reading.relay(challenge.plain, challenge.protected))
    assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE


def test_any_changed_byte_of_the_chips_protected_answer() -> None:
    """Cryptogram, status and code: the code alone vouches for all of it."""
    challenge = chip_authentication.begin(check_document(evidence_of(DOCUMENT), TRUST, NOW))
    *first, last = reading_of(Chip(DOCUMENT)).relay(challenge.plain, challenge.protected)
    for at in range(len(last)):
        changed = last[:at] + bytes((last[at] ^ 1,)) + last[at + 1 :]
        with pytest.raises(EvidenceRefused) as caught:
            challenge.check([*first, changed])
        assert caught.value.reason is RefusalReason.CHIP_NOT_GENUINE
    for shorter in (last[:-3] + last[-2:], last[:-10] + last[-2:], last[:-12] + last[-2:]):
        with pytest.raises(EvidenceRefused):
            challenge.check([*first, shorter])
    challenge.check([*first, last])


def test_clone_that_brings_its_own_key() -> None:
    own = data_group_14(ec.generate_private_key(ec.SECP256R1()).public_key())
    assert reason(replace(DOCUMENT, dg14=own)) is RefusalReason.CHANGED


def test_clone_that_hides_chip_authentication() -> None:
    assert reason(replace(DOCUMENT, dg14=b"\x6e\x02\x31\x00")) is RefusalReason.CHANGED


def test_clone_that_holds_dg14_back() -> None:
    """From chip authentication down to no proof at all."""
    assert reason(replace(DOCUMENT, dg14=b"")) is RefusalReason.DOWNGRADE


def test_chip_authentication_downgraded_to_active_authentication() -> None:
    """The document has both; with DG15 alone the weaker one would do."""
    both = STATE.issue(JANA, Recipe(active="rsa"))
    assert reason(replace(both, dg14=b"")) is RefusalReason.DOWNGRADE
    document = check_document(evidence_of(both), TRUST, NOW)
    assert document.chip_keys
    assert document.active_key is None


def test_unknown_chip_authentication_is_not_passed_over_for_active_authentication() -> None:
    both = STATE.issue(JANA, Recipe(active="rsa"))
    odd = data_group_14(ec.generate_private_key(ec.SECP256K1()).public_key())
    sod = STATE.sign({1: both.dg1, 14: odd, 15: both.dg15})
    assert reason(replace(both, dg14=odd, sod=sod)) is RefusalReason.UNSUPPORTED


def test_mapping_downgraded_to_active_authentication() -> None:
    """EF.CardSecurity is held back, so that the mapping cannot be proved."""
    both = STATE.issue(JANA, Recipe(offers=(GENERIC, CAM), chip_keys=(), active="rsa"))
    handed_in = evidence_of(replace(both, card_security=b""), card_access((GENERIC, CAM)))
    assert reason(handed_in) is RefusalReason.DOWNGRADE


def test_active_authentication_held_back() -> None:
    document = STATE.issue(JANA, Recipe(chip_keys=(), active="rsa"))
    assert reason(replace(document, dg15=b"")) is RefusalReason.DOWNGRADE


@pytest.mark.parametrize(
    "shown", [(GENERIC,), (INTEGRATED,), (), (GENERIC, INTEGRATED, CAM)], ids=str
)
def test_pace_downgrade(shown: tuple[Offer, ...]) -> None:
    """What is shown before the chip is opened is not what the state signed."""
    document = STATE.issue(JANA, Recipe(offers=(GENERIC, INTEGRATED)))
    assert reason(evidence_of(document, card_access(shown))) is RefusalReason.DOWNGRADE
    check_document(evidence_of(document, card_access((INTEGRATED, GENERIC))), TRUST, NOW)


def test_pace_downgraded_to_basic_access() -> None:
    document = STATE.issue(JANA, Recipe(offers=(GENERIC,)))
    assert reason(evidence_of(document, None)) is RefusalReason.DOWNGRADE


def test_card_security_of_another_pace() -> None:
    document = STATE.issue(JANA, Recipe(offers=(GENERIC, CAM), chip_keys=()))
    bare = replace(document, dg14=b"", sod=STATE.sign({1: document.dg1}))
    assert reason(evidence_of(bare, card_access((CAM,)))) is RefusalReason.DOWNGRADE


def test_card_security_by_an_unknown_signer() -> None:
    recipe = Recipe(offers=(CAM,), chip_keys=())
    forged = SampleState().issue(JANA, recipe).card_security
    document = replace(STATE.issue(JANA, recipe), card_security=forged)
    assert reason(evidence_of(document, card_access((CAM,)))) is RefusalReason.UNKNOWN_ISSUER


def test_card_security_signed_by_another_trusted_state() -> None:
    """A state that is trusted names a key of its own for another state's document."""
    document = STATE.issue(JANA, Recipe(offers=(CAM,), chip_keys=()))
    right = evidence_of(document, card_access((CAM,)))
    assert right.card_security is not None
    kind = bytes.fromhex("04007F0007030201")
    infos = open_signed_data(right.card_security, kind, Certificates(), sha1=False).content
    abroad, signer = Maker("VZOR CSCA", "SK"), Maker("VZOR DS", "SK")
    certificate = abroad.certify(signer, authority=False)
    forged = signed_data(
        infos,
        CARD_SECURITY,
        (certificate,),
        lambda data: signer.key.sign(data, ec.ECDSA(hashes.SHA256())),
        {"algorithm": "sha256_ecdsa"},
    )
    trust = CscaStore((STATE.csca, abroad.certify()))
    assert reason(replace(right, card_security=forged), trust) is RefusalReason.WRONG_COUNTRY


def test_changed_dg1() -> None:
    other = STATE.issue(KAREL)
    assert reason(replace(DOCUMENT, dg1=other.dg1)) is RefusalReason.CHANGED


def test_changed_dg15() -> None:
    recipe = Recipe(chip_keys=(), active="ecdsa")
    mine, other = STATE.issue(JANA, recipe), STATE.issue(KAREL, recipe)
    assert reason(replace(mine, dg15=other.dg15)) is RefusalReason.CHANGED


def test_dg15_that_was_never_signed() -> None:
    other = STATE.issue(KAREL, Recipe(chip_keys=(), active="ecdsa"))
    assert reason(replace(DOCUMENT, dg15=other.dg15)) is RefusalReason.CHANGED


def test_sod_by_an_unknown_signer_of_the_same_name() -> None:
    assert reason(SampleState().issue(JANA)) is RefusalReason.UNKNOWN_ISSUER


def test_sod_signed_by_a_stolen_name_with_another_key() -> None:
    """The certificate of the real signer, the signature of somebody else."""
    forger = SampleState()
    forger.signer = STATE.signer
    assert reason(forger.issue(JANA)) is RefusalReason.BAD_SIGNATURE


def test_sod_by_a_revoked_signer() -> None:
    stolen = STATE.with_revoked_signer()
    trust = CscaStore((STATE.csca,), (STATE.revocation_list(stolen.signer),))
    assert reason(stolen.issue(JANA), trust) is RefusalReason.REVOKED
    check_document(evidence_of(DOCUMENT), trust, NOW)


def test_revocation_taken_back_by_an_older_list() -> None:
    stolen = STATE.with_revoked_signer()
    lists = (STATE.revocation_list(stolen.signer), STATE.revocation_list())
    for given_lists in (lists, lists[::-1]):
        trust = CscaStore((STATE.csca,), given_lists)
        assert reason(stolen.issue(JANA), trust) is RefusalReason.REVOKED


def test_revocation_list_by_an_unknown_state_shuts_nobody_out() -> None:
    forged = SampleState().revocation_list(STATE.signer)
    check_document(evidence_of(DOCUMENT), CscaStore((STATE.csca,), (forged,)), NOW)


def test_revocation_list_that_has_run_out() -> None:
    old = revocation_list(STATE.name, STATE._csca_key, (), next_update=NOW - timedelta(days=1))
    strict = TrustPolicy(expired_list=ExpiredList.REFUSE)
    assert reason(DOCUMENT, CscaStore((STATE.csca,), (old,), strict)) is (
        RefusalReason.REVOCATION_UNKNOWN
    )
    check_document(evidence_of(DOCUMENT), CscaStore((STATE.csca,), (old,)), NOW)


@pytest.mark.parametrize("state", ["SVK", "D", "UTO", "CZ", ""])
def test_csca_of_another_country(state: str) -> None:
    """A trusted state signs a document as if another one had issued it."""
    foreign = STATE.issue(replace(JANA, state=state.ljust(3, "<")))
    assert reason(foreign) is RefusalReason.WRONG_COUNTRY


@pytest.mark.parametrize(
    "now", [datetime(2023, 1, 1, tzinfo=UTC), datetime(2039, 1, 2, tzinfo=UTC)]
)
def test_document_signer_out_of_its_time(now: datetime) -> None:
    assert reason(DOCUMENT, now=now) is RefusalReason.CERTIFICATE_NOT_VALID


def test_document_signer_that_signs_document_signers() -> None:
    """A document signer is no CSCA, even when it is pinned by mistake."""
    assert reason(DOCUMENT, CscaStore((STATE.signer,))) is RefusalReason.UNKNOWN_ISSUER


def test_authority_that_signs_a_document_itself() -> None:
    """Its key is meant to sign certificates and lists, and nothing else."""
    alone = SampleState()
    alone.signer, alone._signer_key = alone.csca, alone._csca_key
    assert reason(alone.issue(JANA), CscaStore((alone.csca,))) is RefusalReason.UNSUPPORTED


def test_master_list_signer_that_signs_a_document() -> None:
    state = SampleState()
    purpose = x509.ExtendedKeyUsage([x509.ObjectIdentifier("2.23.136.1.1.3")])
    signer = state.signer
    builder = x509.CertificateBuilder(
        *(signer.issuer, signer.subject, signer.public_key(), signer.serial_number),
        *(signer.not_valid_before_utc, signer.not_valid_after_utc),
    )
    state.signer = builder.add_extension(purpose, critical=False).sign(
        state._csca_key, hashes.SHA256()
    )
    assert reason(state.issue(JANA), CscaStore((state.csca,))) is RefusalReason.UNSUPPORTED


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
    assert reason(replace(DOCUMENT, sod=weak)) is RefusalReason.UNSUPPORTED


def test_signer_whose_certificate_has_an_unknown_version() -> None:
    third, odd = b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x31"
    assert third in DOCUMENT.sod
    changed = replace(DOCUMENT, sod=DOCUMENT.sod.replace(third, odd))
    assert reason(changed) is RefusalReason.MALFORMED


@pytest.mark.parametrize("depth", [100, 1500, 8000])
def test_sod_nested_deep(depth: int) -> None:
    nested = b""
    for _ in range(depth):
        nested = tlv.encode(0x30, nested)
    assert reason(replace(DOCUMENT, sod=tlv.encode(0x77, nested))) is RefusalReason.MALFORMED


@pytest.mark.parametrize("wide", [b"\x30\x00" * 16_000, b"\x31\x80" + b"\x05\x00" * 9000])
def test_sod_of_countless_elements(wide: bytes) -> None:
    assert reason(replace(DOCUMENT, sod=tlv.encode(0x77, wide))) is RefusalReason.MALFORMED


@pytest.mark.parametrize("file", ["sod", "dg1", "dg14", "dg15", "card_access", "card_security"])
def test_a_file_of_huge_size(file: str) -> None:
    document = STATE.issue(JANA, Recipe(offers=(CAM,), chip_keys=()))
    handed_in = replace(evidence_of(document, card_access((CAM,))), **{file: bytes(40_000)})
    assert reason(handed_in) is RefusalReason.MALFORMED


FULL = evidence_of(
    STATE.issue(JANA, Recipe(offers=(GENERIC, CAM), chip_keys=(), active="ecdsa")),
    card_access((GENERIC, CAM)),
)


@given(
    st.sampled_from(["sod", "dg14", "dg15", "card_access", "card_security"]),
    st.integers(0, 5000),
    st.integers(1, 255),
)
def test_no_changed_byte_of_a_file_alters_what_is_believed(name: str, at: int, mask: int) -> None:
    data = getattr(FULL, name)
    at %= len(data)
    changed = data[:at] + bytes((data[at] ^ mask,)) + data[at + 1 :]
    try:
        document = check_document(replace(FULL, **{name: changed}), TRUST, NOW)
    except EvidenceRefused:
        return
    assert document.document_number == "999009812"
    assert document.mapping_key == check_document(FULL, TRUST, NOW).mapping_key


FILES: Callable[[], st.SearchStrategy[bytes]] = lambda: st.binary(max_size=300)  # noqa: E731 - a name for it


@given(st.builds(DocumentEvidence, *[FILES() for _ in range(6)]))
def test_any_bytes_are_refused(handed_in: DocumentEvidence) -> None:
    reason(handed_in)


@given(st.binary(max_size=400))
def test_any_signed_dg14_is_refused_or_believed(content: bytes) -> None:
    """Even a state's own signature does not make nonsense crash the gateway."""
    dg14 = tlv.encode(0x6E, tlv.encode(0x31, content))
    sod = STATE.sign({1: DOCUMENT.dg1, 14: dg14})
    handed_in = replace(evidence_of(DOCUMENT), dg14=dg14, sod=sod)
    try:
        assert not check_document(handed_in, TRUST, NOW).chip_keys
    except EvidenceRefused as refused:
        assert refused.reason in {RefusalReason.MALFORMED, RefusalReason.UNSUPPORTED}  # noqa: PT017 - either may be


@given(st.binary(max_size=400))
def test_any_signed_dg15_is_refused(content: bytes) -> None:
    dg15 = tlv.encode(0x6F, content)
    sod = STATE.sign({1: DOCUMENT.dg1, 15: dg15})
    handed_in = DocumentEvidence(DOCUMENT.dg1, sod, dg15=dg15)
    assert reason(handed_in) in {RefusalReason.MALFORMED, RefusalReason.UNSUPPORTED}


def test_master_list_by_an_unknown_signer() -> None:
    """It would make any key a state's."""
    forged = SampleState().master_list([STATE.csca])
    with pytest.raises(EvidenceRefused) as caught:
        open_master_list(forged, TRUST.trusted, NOW)
    assert caught.value.reason is RefusalReason.UNKNOWN_ISSUER
    assert open_master_list(STATE.master_list([STATE.csca]), TRUST.trusted, NOW).certificates
