"""Keys and certificates as PEM files in a folder of their own; it decides nothing of them."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from provisioning.durable_file import write_durable
from provisioning.enroll.authority import Authority
from provisioning.enroll.errors import EnrolError

PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Credentials:
    """Where one holder of an identity finds its key, its certificate and the city's."""

    folder: Path

    @property
    def key(self) -> Path:
        """The private key, PKCS #8 PEM, readable by its owner only."""
        return self.folder / "key.pem"

    @property
    def certificate(self) -> Path:
        """The certificate, PEM."""
        return self.folder / "cert.pem"

    @property
    def authority(self) -> Path:
        """The city's certificate, PEM, against which the other side is checked."""
        return self.folder / "ca.pem"


def write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Write a private key as PKCS #8 PEM with mode 0600."""
    data = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_durable(path, data, mode=0o600)


def write_credentials(
    credentials: Credentials,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    authority: x509.Certificate,
) -> None:
    """Write the three files of one identity; the key goes first."""
    write_key(credentials.key, key)
    write_durable(credentials.certificate, certificate.public_bytes(PEM))
    write_durable(credentials.authority, authority.public_bytes(PEM))


def read_certificate(path: Path) -> x509.Certificate:
    """Read one PEM certificate.

    Raises:
        EnrolError: the file is missing or holds no certificate.
    """
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise EnrolError(f"No certificate can be read from {path}: {error}.") from error


def read_authority(folder: Path) -> Authority:
    """Read the city's authority from `key.pem` and `cert.pem` in `folder`.

    Raises:
        EnrolError: a file is missing or holds something else.
    """
    return Authority(read_key(folder / "key.pem"), read_certificate(folder / "cert.pem"))


def read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read a private key.

    Raises:
        EnrolError: the file is missing or holds no unencrypted elliptic curve key.
    """
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise EnrolError(f"No key can be read from {path}: {error}.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise EnrolError(f"{path} holds no elliptic curve key.")
    return key
