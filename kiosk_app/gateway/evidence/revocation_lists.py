"""Revocation lists of states (ICAO Doc 9303 part 12 section 7.1.4); fetches none.

Lists of the same issuer are believed together: an older one put back takes nothing away.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import ExtensionOID

from kiosk_app.gateway.evidence.algorithms import (
    SignatureAlgorithm,
    accepted_hash,
    check_signature,
)
from kiosk_app.gateway.evidence.certificate import Certificate, Name, name_of
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

logger = logging.getLogger(__name__)

_KNOWN_CRITICAL: Final = {ExtensionOID.AUTHORITY_KEY_IDENTIFIER, ExtensionOID.CRL_NUMBER}


class ExpiredList(StrEnum):
    """What becomes of documents while their state's newest list has run out."""

    ACCEPT = "accept"
    """What it lists is refused, the rest is accepted, with a warning in the log."""
    REFUSE = "refuse"
    """Every document of that state is refused."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """What one issuer withdrew, and until when that is fresh; None: it does not say."""

    serials: frozenset[int]
    fresh_until: datetime | None


@dataclass(frozen=True, slots=True)
class Revocations:
    """The believed lists by their issuer."""

    by_issuer: Mapping[Name, Revoked] = field(default_factory=dict)

    def holds(self, certificate: Certificate) -> bool:
        """Whether its issuer withdrew it."""
        found = self.by_issuer.get(certificate.issuer)
        return found is not None and certificate.serial in found.serials

    def stale(self, issuer: Name, now: datetime) -> bool:
        """Whether the issuer's newest list has run out; no list at all is not stale."""
        found = self.by_issuer.get(issuer)
        return found is not None and found.fresh_until is not None and found.fresh_until < now


def believed(
    lists: Iterable[x509.CertificateRevocationList], issuers: Iterable[Certificate], *, sha1: bool
) -> Revocations:
    """Join the lists that one of the issuers signed; the others are passed over, with a warning."""
    by_name: dict[Name, list[Certificate]] = {}
    for issuer in issuers:
        by_name.setdefault(issuer.subject, []).append(issuer)
    joined: dict[Name, Revoked] = {}
    for one in lists:
        name = name_of(one.issuer)
        if not any(_signed(one, issuer, sha1=sha1) for issuer in by_name.get(name, ())):
            logger.warning("A revocation list is not signed by a trusted state; passed over.")
            continue
        joined[name] = _join(joined.get(name), one)
    return Revocations(joined)


def _signed(one: x509.CertificateRevocationList, issuer: Certificate, *, sha1: bool) -> bool:
    if not issuer.signs_lists:
        return False
    try:
        with refusing("A revocation list"):
            return _check(one, issuer, sha1=sha1)
    except EvidenceRefused:
        return False


def _check(one: x509.CertificateRevocationList, issuer: Certificate, *, sha1: bool) -> bool:
    if any(part.critical and part.oid not in _KNOWN_CRITICAL for part in one.extensions):
        raise EvidenceRefused(RefusalReason.UNSUPPORTED, "A list is of an unknown kind.")
    scheme = one.signature_algorithm_parameters
    if not isinstance(scheme, padding.PKCS1v15 | padding.PSS | ec.ECDSA):
        return False
    algorithm = SignatureAlgorithm(scheme, accepted_hash(one.signature_hash_algorithm, sha1=sha1))
    check_signature(issuer.key(), algorithm, one.signature, one.tbs_certlist_bytes)
    return True


def _join(before: Revoked | None, one: x509.CertificateRevocationList) -> Revoked:
    serials = frozenset(entry.serial_number for entry in one)
    if before is None:
        return Revoked(serials, one.next_update_utc)
    ends = (before.fresh_until, one.next_update_utc)
    newest = None if None in ends else max(end for end in ends if end is not None)
    return Revoked(before.serials | serials, newest)
