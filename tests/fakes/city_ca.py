"""A throw-away city authority for tests: one CA, server and device certificates as PEM files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


@dataclass(frozen=True)
class Identity:
    """A certificate and its key as files."""

    certificate: Path
    key: Path


class CityCa:
    """An authority that lives in one folder."""

    def __init__(self, folder: Path, name: str = "Sample city CA") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _builder(self._name, self._name, self._key.public_key()).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        self.certificate = folder / "ca.pem"
        signed = builder.sign(self._key, hashes.SHA256())
        self.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    def server(self, address: str = "127.0.0.1") -> Identity:
        """A server's identity for one address."""
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        return self._issue(address, ["server"], ExtendedKeyUsageOID.SERVER_AUTH, names)

    def device(self, name: str, *units: str) -> Identity:
        """A device's identity; its common name is the device's, its unit "device" if none is named.

        With other units it is another client's, such as an operator's.
        """
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        return self._issue(name, units or ("device",), ExtendedKeyUsageOID.CLIENT_AUTH, names)

    def revoke(self, *identities: Identity, until: timedelta = timedelta(days=1)) -> Path:
        """Write the list of revoked certificates anew, in one step, with just these on it."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self._name)
        builder = builder.last_update(now - timedelta(days=2)).next_update(now + until)
        for identity in identities:
            certificate = x509.load_pem_x509_certificate(identity.certificate.read_bytes())
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(now).build())
        signed = builder.sign(self._key, hashes.SHA256())
        fresh, revoked = self._folder / "crl.new", self._folder / "crl.pem"
        fresh.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        return fresh.replace(revoked)

    def _issue(
        self,
        name: str,
        units: Sequence[str],
        purpose: x509.ObjectIdentifier,
        names: x509.SubjectAlternativeName,
    ) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        unit = NameOID.ORGANIZATIONAL_UNIT_NAME
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, name),
                *(x509.NameAttribute(unit, value) for value in units),
            ]
        )
        signed = (
            _builder(subject, self._name, key.public_key())
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
            .add_extension(names, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        identity = Identity(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        identity.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        identity.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return identity


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=2))
    )
