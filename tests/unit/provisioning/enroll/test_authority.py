"""What the authority signs, and what a request may not talk it into."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from provisioning.enroll import (
    EnrolError,
    Unit,
    found_authority,
    issue_client,
    issue_server,
    request_identity,
    revocation_list,
)
from provisioning.enroll.authority import IDENTITY_LIFE
from tests.integration.city_services import NOW

AUTHORITY = found_authority("VZOR", NOW)
KEY = ec.generate_private_key(ec.SECP256R1())


def _request(name: str = "lobby-001") -> x509.CertificateSigningRequest:
    return request_identity(KEY, name)


def test_a_device_certificate_names_the_device_and_is_for_clients_only() -> None:
    found = issue_client(AUTHORITY, _request(), "lobby-001", Unit.DEVICE, NOW)
    assert found.subject.rfc4514_string() == "OU=device,CN=lobby-001"
    assert found.not_valid_after_utc - NOW <= IDENTITY_LIFE
    usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert not found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    found.verify_directly_issued_by(AUTHORITY.certificate)


def test_a_server_certificate_is_good_for_its_names_by_an_independent_verifier() -> None:
    names = ["localhost", "127.0.0.1"]
    found = issue_server(AUTHORITY, _request("broker"), "broker", names, NOW)
    policy = PolicyBuilder().store(Store([AUTHORITY.certificate]))
    policy.build_server_verifier(x509.DNSName("localhost")).verify(found, [])
    with pytest.raises(VerificationError):
        policy.build_server_verifier(x509.DNSName("liberec.example")).verify(found, [])
    with pytest.raises(VerificationError):
        policy.build_client_verifier().verify(found, [])


def test_a_client_certificate_by_an_independent_verifier() -> None:
    found = issue_client(AUTHORITY, _request(), "lobby-001", Unit.DEVICE, NOW)
    policy = PolicyBuilder().store(Store([AUTHORITY.certificate]))
    assert policy.time(NOW).build_client_verifier().verify(found, []).chain[0] == found
    late = policy.time(NOW + IDENTITY_LIFE + timedelta(days=1))
    with pytest.raises(VerificationError):
        late.build_client_verifier().verify(found, [])


def test_a_request_for_another_name_is_refused() -> None:
    with pytest.raises(EnrolError, match="not for 'infobox-001' alone"):
        issue_client(AUTHORITY, _request(), "infobox-001", Unit.DEVICE, NOW)


def test_a_request_with_a_second_name_is_refused() -> None:
    both = [x509.NameAttribute(NameOID.COMMON_NAME, n) for n in ("lobby-001", "infobox-001")]
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(both))
    request = builder.sign(KEY, hashes.SHA256())
    with pytest.raises(EnrolError, match="alone"):
        issue_client(AUTHORITY, request, "lobby-001", Unit.DEVICE, NOW)


def test_a_device_request_for_an_operators_name_is_refused() -> None:
    with pytest.raises(EnrolError, match="reserved"):
        issue_client(AUTHORITY, _request("city-bridge"), "city-bridge", Unit.DEVICE, NOW)


def test_a_request_that_is_not_signed_by_its_key_is_refused() -> None:
    data = bytearray(_request().public_bytes(Encoding.DER))
    data[-1] ^= 1
    try:
        request = x509.load_der_x509_csr(bytes(data))
    except ValueError:
        return
    with pytest.raises(EnrolError, match="not signed by its own key"):
        issue_client(AUTHORITY, request, "lobby-001", Unit.DEVICE, NOW)


def test_a_request_with_another_curve_is_refused() -> None:
    request = request_identity(ec.generate_private_key(ec.SECP384R1()), "lobby-001")
    with pytest.raises(EnrolError, match="no P-256 key"):
        issue_client(AUTHORITY, request, "lobby-001", Unit.DEVICE, NOW)


def test_extensions_of_a_request_are_not_taken_over() -> None:
    builder = x509.CertificateSigningRequestBuilder()
    builder = builder.subject_name(_request().subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=9), critical=True)
    request = builder.sign(KEY, hashes.SHA256())
    found = issue_client(AUTHORITY, request, "lobby-001", Unit.DEVICE, NOW)
    assert not found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_revocation_list_is_signed_and_names_the_serials() -> None:
    found = revocation_list(AUTHORITY, [5, 7, 5], NOW)
    assert sorted(entry.serial_number for entry in found) == [5, 7]
    assert found.is_signature_valid(AUTHORITY.key.public_key())


def test_a_later_revocation_list_is_later_even_in_the_same_second() -> None:
    first = revocation_list(AUTHORITY, [5], NOW)
    second = revocation_list(AUTHORITY, [5, 7], NOW, first)
    assert second.last_update_utc > first.last_update_utc
    later = revocation_list(AUTHORITY, [5, 7], NOW + timedelta(days=9), second)
    dates = [entry.revocation_date_utc for entry in later]
    assert dates == [NOW.replace(microsecond=0)] * 2
