"""Certificates of states as facts."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ed25519
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence.certificate import MAX_SIZE, Certificates, read_certificate
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from tests.unit.kiosk_app.gateway.evidence.authorities import END, NOW, START, Maker, usage

CSCA = Maker()


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def refusal(data: bytes) -> RefusalReason:
    with pytest.raises(EvidenceRefused) as caught:
        read_certificate(data)
    return caught.value.reason


def test_facts() -> None:
    found = read_certificate(der(CSCA.certify(None, usage(key_cert_sign=True))))
    assert (found.country, found.is_authority, found.path_length) == ("CZ", True, 0)
    assert (found.signs_certificates, found.signs_lists, found.signs_data) == (True, False, False)
    assert (found.validity.start, found.validity.end) == (START, END)
    assert found.subject == found.issuer
    assert (found.key_identifier, found.key_period, found.purposes) == (None, None, frozenset())


def test_what_is_not_said_is_not_forbidden() -> None:
    found = read_certificate(der(CSCA.certify()))
    assert found.signs_certificates
    assert found.signs_lists
    assert found.signs_data


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        ((None, datetime(2025, 1, 1, tzinfo=UTC)), False),
        ((datetime(2025, 1, 1, tzinfo=UTC), None), True),
    ],
)
def test_key_period_with_one_end(
    period: tuple[datetime | None, datetime | None],
    holds: bool,  # noqa: FBT001 - a column of the table
) -> None:
    found = read_certificate(der(CSCA.certify(None, x509.PrivateKeyUsagePeriod(*period))))
    assert found.key_period is not None
    assert found.key_period.holds(NOW) is holds


def test_a_certificate_of_absurd_length() -> None:
    assert refusal(bytes(MAX_SIZE + 1)) is RefusalReason.MALFORMED


@pytest.mark.parametrize("serial", [b"\x02\x01\x00", b"\x02\x01\x81"])
def test_a_serial_number_that_is_none(serial: bytes) -> None:
    """The library takes it with a warning; RFC 5280 section 4.1.2.2 forbids it."""
    builder = x509.CertificateBuilder(CSCA.name, CSCA.name, CSCA.key.public_key(), 7, START, END)
    data = der(builder.sign(CSCA.key, hashes.SHA256()))
    assert data.count(b"\x02\x01\x07") == 1
    assert refusal(data.replace(b"\x02\x01\x07", serial)) is RefusalReason.MALFORMED


def test_a_certificate_of_version_1_has_its_key_elsewhere() -> None:
    data = der(CSCA.certify())
    version = b"\xa0\x03\x02\x01\x02"
    assert refusal(data.replace(version, b"\xa0\x03\x02\x01\x31")) is RefusalReason.MALFORMED
    at = data.index(version)
    shorter = bytearray(data[:at] + data[at + len(version) :])
    for place in (2, 6):  # the two lengths around it, of two bytes each
        length = int.from_bytes(shorter[place : place + 2], "big") - len(version)
        shorter[place : place + 2] = length.to_bytes(2, "big")
    assert refusal(bytes(shorter)) is RefusalReason.MALFORMED  # extensions belong to version 3


ED25519, DSA = ed25519.Ed25519PrivateKey.generate(), dsa.generate_private_key(2048)


@pytest.mark.parametrize(("key", "digest"), [(ED25519, None), (DSA, hashes.SHA256())])
def test_a_signature_of_no_known_kind(
    key: ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey, digest: hashes.SHA256 | None
) -> None:
    builder = x509.CertificateBuilder(CSCA.name, CSCA.name, CSCA.key.public_key(), 7, START, END)
    found = read_certificate(der(builder.sign(key, digest)))
    with pytest.raises(EvidenceRefused) as caught:
        found.check_signed_by(found, sha1=True)
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_a_key_of_no_known_kind_is_told_when_it_is_needed() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    builder = x509.CertificateBuilder(CSCA.name, CSCA.name, key.public_key(), 7, START, END)
    found = read_certificate(der(builder.sign(key, None)))
    with pytest.raises(EvidenceRefused) as caught:
        found.key()
    assert caught.value.reason is RefusalReason.UNSUPPORTED


def test_no_more_are_remembered_than_may_be() -> None:
    reads = Certificates(most=2)
    certificates = [der(CSCA.certify()) for _ in range(3)]
    first = reads.read(certificates[0])
    assert reads.read(certificates[0]) is first
    for one in certificates[1:]:
        reads.read(one)
    assert len(reads._known) <= 2
    assert reads.read(certificates[0]) is not first
