"""The city's certificate authority: signs identities and revokes them; it opens no file."""

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from provisioning.enroll.device_id import device_id
from provisioning.enroll.errors import EnrolError

AUTHORITY_LIFE: Final = timedelta(days=3650)
IDENTITY_LIFE: Final = timedelta(days=730)
LIST_LIFE: Final = timedelta(days=90)
CLOCK_SKEW: Final = timedelta(hours=1)


class Unit(StrEnum):
    """What kind of holder a certificate names, as its organizational unit."""

    DEVICE = "device"
    SERVER = "server"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Authority:
    """The signing key (P-256) and the self-signed certificate of the city."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def found_authority(city: str, now: datetime) -> Authority:
    """Make a new authority (RFC 5280), valid for `AUTHORITY_LIFE`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"{city} device CA"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, city),
        ]
    )
    builder = _builder(name, name, key.public_key(), now, AUTHORITY_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(authority=True), critical=True)
    builder = builder.add_extension(_subject_key(key.public_key()), critical=False)
    return Authority(key, builder.sign(key, hashes.SHA256()))


def request_identity(key: ec.EllipticCurvePrivateKey, name: str) -> x509.CertificateSigningRequest:
    """The request (RFC 2986) that a holder of `key` sends in for the common name `name`."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())


def issue_client(
    authority: Authority,
    request: x509.CertificateSigningRequest,
    name: str,
    unit: Unit,
    now: datetime,
) -> x509.Certificate:
    """Certify a device or an operator as a TLS client whose common name is `name`.

    Nothing of the request is taken over but its public key.

    Raises:
        EnrolError: the request is not for `name`, not signed by its key, not P-256, or the name
            is not one a device may have.
    """
    if unit is Unit.DEVICE:
        device_id(name)
    names = [x509.DNSName(name)]
    return _issue(authority, request, name, unit, names, ExtendedKeyUsageOID.CLIENT_AUTH, now)


def issue_server(
    authority: Authority,
    request: x509.CertificateSigningRequest,
    name: str,
    addresses: Sequence[str],
    now: datetime,
) -> x509.Certificate:
    """Certify a service of the city as a TLS server under host names and IP addresses.

    Raises:
        EnrolError: the request is not for `name`, not signed by its key or not P-256.
    """
    names = [_general_name(address) for address in addresses]
    usage = ExtendedKeyUsageOID.SERVER_AUTH
    return _issue(authority, request, name, Unit.SERVER, names, usage, now)


def revocation_list(
    authority: Authority,
    serials: Iterable[int],
    now: datetime,
    previous: x509.CertificateRevocationList | None = None,
) -> x509.CertificateRevocationList:
    """The list (RFC 5280, section 5) of certificates no longer good, by serial number.

    Its date is later than that of the list before it, be that of the same second: OpenSSL goes by
    the date. A certificate on both keeps the date of its revocation.
    """
    begin = now - CLOCK_SKEW
    since = {entry.serial_number: entry.revocation_date_utc for entry in previous or ()}
    if previous is not None:
        begin = max(begin, previous.last_update_utc + timedelta(seconds=1))
    builder = x509.CertificateRevocationListBuilder()
    builder = builder.issuer_name(authority.certificate.subject)
    builder = builder.last_update(begin).next_update(now + LIST_LIFE)
    builder = builder.add_extension(_issuer_key(authority), critical=False)
    builder = builder.add_extension(x509.CRLNumber(int(now.timestamp() * 1000)), critical=False)
    for serial in sorted(set(serials)):
        entry = x509.RevokedCertificateBuilder().serial_number(serial)
        entry = entry.revocation_date(since.get(serial, now))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256())


def _issue(
    authority: Authority,
    request: x509.CertificateSigningRequest,
    name: str,
    unit: Unit,
    names: Sequence[x509.GeneralName],
    usage: x509.ObjectIdentifier,
    now: datetime,
) -> x509.Certificate:
    key = _requested_key(request, name)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit.value),
        ]
    )
    builder = _builder(subject, authority.certificate.subject, key, now, IDENTITY_LIFE)
    leaf = x509.BasicConstraints(ca=False, path_length=None)
    builder = builder.add_extension(leaf, critical=True)
    builder = builder.add_extension(_usage(authority=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    builder = builder.add_extension(_subject_key(key), critical=False)
    builder = builder.add_extension(_issuer_key(authority), critical=False)
    return builder.sign(authority.key, hashes.SHA256())


def _requested_key(request: x509.CertificateSigningRequest, name: str) -> ec.EllipticCurvePublicKey:
    wanted = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    if request.subject != wanted:
        raise EnrolError(f"The certificate request is not for {name!r} alone.")
    if not request.is_signature_valid:
        raise EnrolError(f"The certificate request for {name!r} is not signed by its own key.")
    key = request.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise EnrolError(f"The certificate request for {name!r} holds no P-256 key.")
    return key


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - CLOCK_SKEW).not_valid_after(now + life)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _subject_key(key: ec.EllipticCurvePublicKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key)


def _issuer_key(authority: Authority) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())


def _general_name(address: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(address))
    except ValueError:
        return x509.DNSName(address)
