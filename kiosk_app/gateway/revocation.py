"""The authority's list of withdrawn certificates (RFC 5280 section 5); it turns nobody away.

The list is read anew when its file was replaced. TLS itself could check it, but only at the
handshake and only as it was at the start: a kept or resumed connection would outlive its kiosk.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from kiosk_app.gateway.errors import CannotServe

logger = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


class RevocationError(CannotServe):
    """A list cannot be believed; one sentence with the file."""


@dataclass(frozen=True)
class _Read:
    stamp: _Stamp | None
    serials: frozenset[int]


class RevocationList:
    """The list in one PEM file, signed by one of the authorities in another.

    A replacement that cannot be believed is logged, and the list known before stays in force; so
    does a list that has run out, for the city would lose all its kiosks by a forgotten renewal.

    Raises:
        RevocationError: at the start, when the list or the authority cannot be used.
    """

    def __init__(self, file: Path, authority: Path) -> None:
        self._file = file
        self._authorities = _authorities(authority)
        self._known = _Read(_stamp(file), self._read())
        self.edition = 0

    def holds(self, serial: int) -> bool:
        """True when the certificate of that serial number is withdrawn."""
        stamp = _stamp(self._file)
        if stamp != self._known.stamp:
            # The stamp is older than what is read: a change in between is seen at the next look.
            self._known = _Read(stamp, self._renewed())
            self.edition += 1
        return serial in self._known.serials

    def renew(self) -> None:
        """Read the list anew at the next question, replaced or not."""
        self._known = _Read(None, self._known.serials)

    def _renewed(self) -> frozenset[int]:
        try:
            return self._read()
        except RevocationError as error:
            logger.error("%s; the list known before stays in force.", error)  # noqa: TRY400 - a sentence, no bug
            return self._known.serials

    def _read(self) -> frozenset[int]:
        try:
            found = x509.load_pem_x509_crl(self._file.read_bytes())
        except OSError as error:
            raise RevocationError(f"{self._file}: cannot be read: {error.strerror}") from error
        except ValueError as error:
            raise RevocationError(f"{self._file}: is no revocation list") from error
        if not any(_signed(found, authority) for authority in self._authorities):
            raise RevocationError(f"{self._file}: is not signed by the kiosks' authority")
        if found.next_update_utc is not None and found.next_update_utc < datetime.now(UTC):
            logger.error("%s: has run out; renew it.", self._file)
        return frozenset(entry.serial_number for entry in found)


def _signed(found: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    if found.issuer != authority.subject:
        return False
    try:
        # The kinds of keys that sign no list are refused by the library.
        return found.is_signature_valid(authority.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def _authorities(file: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except OSError as error:
        raise RevocationError(f"{file}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise RevocationError(f"{file}: is no certificate") from error


def _stamp(file: Path) -> _Stamp | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ino, found.st_size)
