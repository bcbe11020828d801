"""Revocation lists of states (ICAO Doc 9303 part 12 section 7.1.4); fetches none.

Lists of the same issuer are believed together: an older one put back takes nothing away. What a
state lists under its new name holds for what it issued under its older ones.
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
_RENAMES: Final = 8


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
    trusted = tuple(issuers)
    joined: dict[Name, Revoked] = {}
    for one in lists:
        try:
            with refusing("A revocation list"):
                name, revoked = _believed(one, trusted, sha1=sha1)
        except EvidenceRefused as refused:
            logger.warning("A revocation list is passed over: %s", refused.detail)
        else:
            joined[name] = _join(joined.get(name), revoked)
    return Revocations(_under_older_names(joined, trusted))


def _believed(
    one: x509.CertificateRevocationList, issuers: tuple[Certificate, ...], *, sha1: bool
) -> tuple[Name, Revoked]:
    name = name_of(one.issuer)
    if not any(_signed(one, issuer, sha1=sha1) for issuer in issuers if issuer.subject == name):
        raise EvidenceRefused(
            RefusalReason.UNKNOWN_ISSUER, "It is not signed by an authority that is trusted."
        )
    return name, Revoked(frozenset(entry.serial_number for entry in one), one.next_update_utc)


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


def _join(before: Revoked | None, one: Revoked) -> Revoked:
    if before is None:
        return one
    ends = (before.fresh_until, one.fresh_until)
    newest = None if None in ends else max(end for end in ends if end is not None)
    return Revoked(before.serials | one.serials, newest)


def _under_older_names(
    joined: dict[Name, Revoked], issuers: tuple[Certificate, ...]
) -> dict[Name, Revoked]:
    """What is listed under a new name also counts under the name before: it is one authority."""
    links = [one for one in issuers if one.changes_name]
    for _ in range(min(len(links), _RENAMES)):
        for link in links:
            if link.subject in joined:
                joined[link.issuer] = _join(joined.get(link.issuer), joined[link.subject])
    return joined
