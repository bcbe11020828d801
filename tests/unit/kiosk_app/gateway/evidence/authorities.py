"""Certificates of states with every detail of ICAO Doc 9303 part 12 at will."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

START = datetime(2020, 1, 1, tzinfo=UTC)
END = datetime(2035, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class Maker:
    """A key with the name it bears."""

    common: str = "VZOR CSCA"
    country: str = "CZ"
    surname: str = ""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def name(self) -> x509.Name:
        parts = [x509.NameAttribute(NameOID.COMMON_NAME, self.common)]
        if self.country:
            parts.insert(0, x509.NameAttribute(NameOID.COUNTRY_NAME, self.country))
        if self.surname:
            parts.append(x509.NameAttribute(NameOID.SURNAME, self.surname))
        return x509.Name(parts)

    def certify(
        self,
        subject: "Maker | None" = None,
        *extensions: x509.ExtensionType,
        authority: bool = True,
        path_length: int | None = 0,
        start: datetime = START,
        end: datetime = END,
        critical: bool = False,
        serial: int | None = None,
        digest: Any = hashes.SHA256(),  # noqa: ANN401, B008 - any hash of the library
    ) -> x509.Certificate:
        """Certify a key; its own by default."""
        of = subject or self
        basic = x509.BasicConstraints(ca=authority, path_length=path_length if authority else None)
        builder = (
            x509.CertificateBuilder(self.name, of.name, of.key.public_key())
            .serial_number(serial or x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(basic, critical=True)
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self.key, digest)


def usage(**allowed: bool) -> x509.KeyUsage:
    """Key usage that allows only what is named."""
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**dict.fromkeys(names, False) | allowed)
