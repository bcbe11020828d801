"""Files of certificates and revocation lists in a folder, DER or PEM; believes none of them."""

from pathlib import Path
from typing import Final

from cryptography import x509

from kiosk_app.gateway.errors import CannotServe

CERTIFICATE_SUFFIXES: Final = {".pem", ".der", ".cer", ".crt"}
LIST_SUFFIXES: Final = {".crl", ".pem", ".der"}
_MAX_FILES: Final = 10_000
_MAX_FILE: Final = 8 * 1024 * 1024
_PEM: Final = b"-----BEGIN"

Stamp = tuple[tuple[str, int, int, int], ...]


class TrustStoreError(CannotServe):
    """A pinned file cannot be used; the sentence names it."""


def load_certificates(folder: Path) -> tuple[x509.Certificate, ...]:
    """Load every certificate (.pem, .der, .cer, .crt) of a folder.

    Raises:
        TrustStoreError: the folder cannot be read, is empty, or holds a malformed file.
    """
    found = [one for file in files(folder, CERTIFICATE_SUFFIXES) for one in load_file(file)]
    if not found:
        raise TrustStoreError(f"The CSCA directory {folder} holds no certificate.")
    return tuple(found)


def load_lists(folder: Path) -> tuple[x509.CertificateRevocationList, ...]:
    """Load every revocation list (.crl, .pem, .der) of a folder.

    Raises:
        TrustStoreError: the folder cannot be read, or holds a malformed file.
    """
    return tuple(_list(file) for file in files(folder, LIST_SUFFIXES))


def files(folder: Path, suffixes: set[str]) -> list[Path]:
    """The files of a folder with one of those suffixes, in order.

    Raises:
        TrustStoreError: it cannot be read, or holds more than ten thousand.
    """
    try:
        found = sorted(file for file in folder.iterdir() if file.suffix.lower() in suffixes)
    except OSError as error:
        raise TrustStoreError(f"The directory {folder} cannot be read.") from error
    if len(found) > _MAX_FILES:
        raise TrustStoreError(f"The directory {folder} holds more than {_MAX_FILES} files.")
    return found


def stamp(folder: Path, suffixes: set[str]) -> Stamp | None:
    """What changes when a file of the folder does; None when it cannot be read."""
    try:
        found = [(file, file.stat()) for file in files(folder, suffixes)]
    except (OSError, TrustStoreError):
        return None
    return tuple((file.name, of.st_mtime_ns, of.st_ino, of.st_size) for file, of in found)


def load_file(file: Path) -> list[x509.Certificate]:
    """Load the certificates of one file.

    Raises:
        TrustStoreError: it cannot be read, or holds no certificate.
    """
    found = try_certificates(file)
    if found is None:
        raise TrustStoreError(f"The CSCA file {file} is not a certificate.")
    return found


def try_certificates(file: Path) -> list[x509.Certificate] | None:
    """Load the certificates of one file; None when it holds something else.

    Raises:
        TrustStoreError: it cannot be read.
    """
    data = read_file(file, _MAX_FILE)
    try:
        if _PEM in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except (ValueError, x509.InvalidVersion):
        return None


def _list(file: Path) -> x509.CertificateRevocationList:
    data = read_file(file, _MAX_FILE)
    try:
        if _PEM in data:
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data)
    except (ValueError, x509.InvalidVersion) as error:
        raise TrustStoreError(f"The file {file} is not a revocation list.") from error


def read_file(file: Path, most: int) -> bytes:
    """Read a file of at most so many bytes.

    Raises:
        TrustStoreError: it cannot be read, or is longer.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise TrustStoreError(f"The file {file} cannot be read: {error.strerror}.") from error
    if len(data) > most:
        raise TrustStoreError(f"The file {file} is longer than {most} bytes.")
    return data
