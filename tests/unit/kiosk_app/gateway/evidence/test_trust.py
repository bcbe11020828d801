"""From a document signer to a pinned certificate (ICAO Doc 9303 part 12)."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence.certificate import read_certificate
from kiosk_app.gateway.evidence.chain import Anchors
from kiosk_app.gateway.evidence.trust import CscaStore, TrustPolicy
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.unit.kiosk_app.gateway.evidence.authorities import END, NOW, START, Maker, usage

DAY = timedelta(days=1)
CSCA = Maker()
SIGNER = Maker("VZOR Document Signer")
NAME_CHANGE = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.23.136.1.1.6.1"), b"\x05\x00")


def check(signer: x509.Certificate, *pinned: x509.Certificate, now: datetime = NOW) -> None:
    store = CscaStore(pinned)
    facts = read_certificate(signer.public_bytes(Encoding.DER))
    for _ in range(2):  # the second time from memory
        store.check_signer(facts, now)


def refusal(
    signer: x509.Certificate, *pinned: x509.Certificate, now: datetime = NOW
) -> RefusalReason:
    with pytest.raises(EvidenceRefused) as caught:
        check(signer, *pinned, now=now)
    return caught.value.reason


def test_a_signer_of_a_pinned_csca() -> None:
    signer = CSCA.certify(SIGNER, usage(digital_signature=True), authority=False)
    check(signer, CSCA.certify(None, usage(key_cert_sign=True, crl_sign=True)))


def test_nothing_pinned_vouches_for_nothing() -> None:
    assert refusal(CSCA.certify(SIGNER, authority=False)) is RefusalReason.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "wrong", [usage(key_agreement=True), x509.ExtendedKeyUsage([x509.OID_SERVER_AUTH])], ids=str
)
def test_a_certificate_for_another_purpose_signs_no_document(wrong: x509.ExtensionType) -> None:
    signer = CSCA.certify(SIGNER, wrong, authority=False)
    assert refusal(signer, CSCA.certify()) is RefusalReason.UNSUPPORTED


def test_an_authority_signs_no_document() -> None:
    """Also where no key usage is stated that would forbid it."""
    assert refusal(CSCA.certify(SIGNER), CSCA.certify()) is RefusalReason.UNSUPPORTED


def test_a_csca_that_may_not_certify() -> None:
    signer = CSCA.certify(SIGNER, authority=False)
    root = CSCA.certify(None, usage(digital_signature=True))
    assert refusal(signer, root) is RefusalReason.UNKNOWN_ISSUER


def test_a_critical_extension_unknown_here() -> None:
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    signer = CSCA.certify(SIGNER, odd, authority=False, critical=True)
    assert refusal(signer, CSCA.certify()) is RefusalReason.UNSUPPORTED
    check(CSCA.certify(SIGNER, odd, authority=False), CSCA.certify())


@pytest.mark.parametrize("country", ["SK", "", "C/"])
def test_a_signer_of_another_state_than_its_csca(country: str) -> None:
    other = Maker("VZOR Document Signer", country)
    signer = CSCA.certify(other, authority=False)
    assert refusal(signer, CSCA.certify()) is RefusalReason.WRONG_COUNTRY


def test_country_in_small_letters() -> None:
    check(CSCA.certify(Maker("VZOR DS", "cz"), authority=False), CSCA.certify())


@pytest.mark.parametrize(("now", "ok"), [(START - DAY, False), (NOW, True), (END + DAY, False)])
def test_validity_now(now: datetime, ok: bool) -> None:  # noqa: FBT001 - a column of the table
    signer = CSCA.certify(SIGNER, authority=False)
    if ok:
        check(signer, CSCA.certify(), now=now)
    else:
        assert refusal(signer, CSCA.certify(), now=now) is RefusalReason.CERTIFICATE_NOT_VALID


def test_a_signer_that_has_expired_before_its_csca() -> None:
    signer = CSCA.certify(SIGNER, authority=False, end=NOW - DAY)
    assert refusal(signer, CSCA.certify()) is RefusalReason.CERTIFICATE_NOT_VALID


def test_a_signer_that_began_before_its_csca() -> None:
    signer = CSCA.certify(SIGNER, authority=False, start=START - DAY)
    assert refusal(signer, CSCA.certify()) is RefusalReason.CERTIFICATE_NOT_VALID


@pytest.mark.parametrize(("until", "ok"), [(START - DAY, False), (NOW, True)])
def test_a_signer_that_began_after_the_end_of_its_cscas_key(
    until: datetime,
    ok: bool,  # noqa: FBT001 - a column of the table
) -> None:
    period = x509.PrivateKeyUsagePeriod(datetime(2019, 1, 1, tzinfo=UTC), until)
    signer, root = CSCA.certify(SIGNER, authority=False), CSCA.certify(None, period)
    if ok:
        check(signer, root)
    else:
        assert refusal(signer, root) is RefusalReason.CERTIFICATE_NOT_VALID


def test_link_certificate_carries_trust_to_the_next_key() -> None:
    after = Maker()
    signer = after.certify(SIGNER, authority=False)
    check(signer, CSCA.certify(), CSCA.certify(after))
    assert refusal(signer, CSCA.certify(after)) is RefusalReason.UNKNOWN_ISSUER
    assert refusal(signer, CSCA.certify()) is RefusalReason.UNKNOWN_ISSUER


def test_link_by_a_stranger_carries_none() -> None:
    after = Maker()
    signer = after.certify(SIGNER, authority=False)
    assert refusal(signer, CSCA.certify(), Maker().certify(after)) is RefusalReason.UNKNOWN_ISSUER


@pytest.mark.parametrize("start", [START - DAY, START + 101 * DAY])
def test_link_made_while_the_older_key_was_not_in_force(start: datetime) -> None:
    """Whoever finds a key that a state has put away makes no link with it."""
    period = x509.PrivateKeyUsagePeriod(START, START + 100 * DAY)
    after = Maker()
    signer = after.certify(SIGNER, authority=False, start=START + 200 * DAY)
    root, link = CSCA.certify(None, period), CSCA.certify(after, start=start)
    assert refusal(signer, root, link) is RefusalReason.UNKNOWN_ISSUER
    check(signer, root, CSCA.certify(after, start=START + DAY))


def test_link_over_several_renewals() -> None:
    keys = [Maker() for _ in range(5)]
    links = [older.certify(newer) for older, newer in pairwise(keys)]
    check(keys[-1].certify(SIGNER, authority=False), *reversed(links), keys[0].certify())


def test_link_over_more_renewals_than_any_state_had() -> None:
    keys = [Maker() for _ in range(12)]
    links = [older.certify(newer) for older, newer in pairwise(keys)]
    signer = keys[-1].certify(SIGNER, authority=False)
    assert refusal(signer, *reversed(links), keys[0].certify()) is RefusalReason.UNKNOWN_ISSUER


def test_path_length_stops_an_authority_that_is_no_link() -> None:
    below = Maker("VZOR Below")
    signer = below.certify(SIGNER, authority=False)
    assert refusal(signer, CSCA.certify(), CSCA.certify(below)) is RefusalReason.UNKNOWN_ISSUER
    check(signer, CSCA.certify(path_length=1), CSCA.certify(below))
    check(signer, CSCA.certify(), CSCA.certify(below, NAME_CHANGE))


def test_link_of_another_country() -> None:
    abroad = Maker(country="SK")
    signer = abroad.certify(Maker("VZOR DS", "SK"), authority=False)
    changed = CSCA.certify(abroad, NAME_CHANGE)
    assert refusal(signer, CSCA.certify(), changed) is RefusalReason.UNKNOWN_ISSUER


def test_all_pinned_may_be_anchors() -> None:
    below = Maker("VZOR Below")
    signer = read_certificate(below.certify(SIGNER, authority=False).public_bytes(Encoding.DER))
    CscaStore((CSCA.certify(below),), anchors=Anchors.ALL).check_signer(signer, NOW)


def test_sha1_only_where_the_city_allows_it() -> None:
    """The library signs nothing with SHA-1 any more, so the root's own key is looked at only."""
    signer = read_certificate(CSCA.certify(SIGNER, authority=False).public_bytes(Encoding.DER))
    CscaStore((CSCA.certify(digest=hashes.SHA512()),), policy=TrustPolicy(sha1=True)).check_signer(
        signer, NOW
    )


def crl(
    maker: Maker,
    *serials: int,
    end: datetime | None = END,
    extension: x509.ExtensionType | None = None,
) -> x509.CertificateRevocationList:
    builder = x509.CertificateRevocationListBuilder(maker.name, START, end)
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    for serial in serials:
        entry = x509.RevokedCertificateBuilder(serial, START).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(maker.key, hashes.SHA256())


def test_a_revoked_link_carries_no_trust() -> None:
    after = Maker()
    link = CSCA.certify(after)
    store = CscaStore((CSCA.certify(), link), (crl(CSCA, link.serial_number),))
    signer = read_certificate(after.certify(SIGNER, authority=False).public_bytes(Encoding.DER))
    with pytest.raises(EvidenceRefused) as caught:
        store.check_signer(signer, NOW)
    assert caught.value.reason is RefusalReason.UNKNOWN_ISSUER


def test_what_goes_back_to_a_revoked_link_is_trusted_no_longer() -> None:
    second, third = Maker(), Maker()
    first_link, second_link = CSCA.certify(second), second.certify(third)
    revoked = crl(CSCA, first_link.serial_number)
    store = CscaStore((CSCA.certify(), first_link, second_link), (revoked,))
    assert len(store.trusted) == 1


def test_a_csca_that_may_not_sign_lists_revokes_nothing() -> None:
    signer = CSCA.certify(SIGNER, authority=False)
    root = CSCA.certify(None, usage(key_cert_sign=True))
    store = CscaStore((root,), (crl(CSCA, signer.serial_number),))
    store.check_signer(read_certificate(signer.public_bytes(Encoding.DER)), NOW)


def test_the_newest_list_says_how_fresh_all_are() -> None:
    name = read_certificate(CSCA.certify().public_bytes(Encoding.DER)).subject
    store = CscaStore((CSCA.certify(),), (crl(CSCA, end=NOW + DAY), crl(CSCA, end=NOW - DAY)))
    assert not store.revocations.stale(name, NOW)
    assert store.revocations.stale(name, NOW + 2 * DAY)
    assert not CscaStore((CSCA.certify(),)).revocations.stale(name, END + DAY)


def test_pinned_certificates_of_unknown_kinds_are_passed_over() -> None:
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    store = CscaStore((CSCA.certify(None, odd, critical=True), CSCA.certify()))
    assert len(store.trusted) == 1


def test_a_list_that_has_run_out_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    store = CscaStore((CSCA.certify(),), (crl(CSCA, end=NOW - DAY),))
    signer = read_certificate(CSCA.certify(SIGNER, authority=False).public_bytes(Encoding.DER))
    for _ in range(3):
        store.check_signer(signer, NOW)
    assert [record.message for record in caplog.records] == [
        "A revocation list of CZ has run out; fetch it."
    ]


def chain_of(*lengths: int | None) -> tuple[list[x509.Certificate], x509.Certificate]:
    """Authorities of different names, each certified by the one before, and a signer below."""
    makers = [Maker(f"VZOR {number}") for number, _ in enumerate(lengths)]
    root = makers[0].certify(path_length=lengths[0])
    below = [
        above.certify(maker, path_length=length)
        for (above, maker), length in zip(pairwise(makers), lengths[1:], strict=True)
    ]
    return [root, *below], makers[-1].certify(SIGNER, authority=False)


@pytest.mark.parametrize(
    ("lengths", "ok"),
    [
        ((None, None, None), True),
        ((2, 1, 0), True),
        ((1, None), True),
        ((1, None, None), False),
        ((1, 5, None), False),
        ((None, 0, None), False),
    ],
)
def test_path_length_counts_down_over_all_steps(
    lengths: tuple[int | None, ...],
    ok: bool,  # noqa: FBT001 - a column of the table
) -> None:
    pinned, signer = chain_of(*lengths)
    if ok:
        check(signer, *pinned)
    else:
        assert refusal(signer, *pinned) is RefusalReason.UNKNOWN_ISSUER


def test_a_list_under_a_new_name_withdraws_what_was_issued_under_the_old_one() -> None:
    names = [CSCA, Maker("VZOR Second Name"), Maker("VZOR Third Name")]
    links = [older.certify(newer, NAME_CHANGE) for older, newer in pairwise(names)]
    signer = CSCA.certify(SIGNER, authority=False)
    facts = read_certificate(signer.public_bytes(Encoding.DER))
    for lists in (
        (crl(names[2], signer.serial_number),),
        (crl(names[2], signer.serial_number), crl(CSCA), crl(names[1])),
    ):
        store = CscaStore((CSCA.certify(), *links), lists)
        with pytest.raises(EvidenceRefused) as caught:
            store.check_signer(facts, NOW)
        assert caught.value.reason is RefusalReason.REVOKED


def test_a_list_under_another_name_withdraws_nothing() -> None:
    other = Maker("VZOR Other CSCA")
    signer = CSCA.certify(SIGNER, authority=False)
    store = CscaStore((CSCA.certify(), other.certify()), (crl(other, signer.serial_number),))
    store.check_signer(read_certificate(signer.public_bytes(Encoding.DER)), NOW)


class Unreadable:
    """A list that shows only when it is used that it cannot be read, as the library's do."""

    @property
    def issuer(self) -> x509.Name:
        raise ValueError("error parsing asn1 value")


def test_a_list_that_cannot_be_read_keeps_no_other_from_being_believed() -> None:
    signer = CSCA.certify(SIGNER, authority=False)
    lists = (Unreadable(), crl(CSCA, signer.serial_number))
    store = CscaStore((CSCA.certify(),), lists)  # type: ignore[arg-type] # as broken as needed
    assert store.revocations.holds(read_certificate(signer.public_bytes(Encoding.DER)))


ELSEWHERE = x509.UniformResourceIdentifier("http://example.org/a.crl")


@pytest.mark.parametrize(
    "kind",
    [
        x509.DeltaCRLIndicator(1),
        x509.IssuingDistributionPoint(
            *([ELSEWHERE], None),
            only_contains_user_certs=False,
            only_contains_ca_certs=False,
            only_some_reasons=None,
            indirect_crl=True,
            only_contains_attribute_certs=False,
        ),
    ],
    ids=["delta", "indirect"],
)
def test_a_list_of_a_part_or_of_others_is_not_taken_for_the_whole(kind: x509.ExtensionType) -> None:
    """It would make an older whole list look fresh, and names serial numbers of others."""
    signer = read_certificate(CSCA.certify(SIGNER, authority=False).public_bytes(Encoding.DER))
    whole, part = crl(CSCA, end=NOW - DAY), crl(CSCA, signer.serial, extension=kind)
    revocations = CscaStore((CSCA.certify(),), (whole, part)).revocations
    assert revocations.stale(signer.issuer, NOW)
    assert not revocations.holds(signer)
    numbered = crl(CSCA, signer.serial, extension=x509.CRLNumber(7))
    assert CscaStore((CSCA.certify(),), (whole, numbered)).revocations.holds(signer)
