"""The pinned country signing certificates and what they vouch for; it reads no file.

One store is one state of trust. What it found out about a document signer it remembers, and that
dies with it: when certificates or revocation lists change, there is another store.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk_app.gateway.evidence import store_files
from kiosk_app.gateway.evidence.certificate import Certificate, Certificates, Name
from kiosk_app.gateway.evidence.chain import Anchors, in_time, issued, trusted_of
from kiosk_app.gateway.evidence.revocation_lists import ExpiredList, Revocations, believed
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

logger = logging.getLogger(__name__)

_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """What a city decides about documents' signatures.

    Attributes:
        sha1: accept signatures over SHA-1, as a few states made them until about 2010.
        expired_list: what becomes of documents while their state's list has run out.
    """

    sha1: bool = False
    expired_list: ExpiredList = ExpiredList.ACCEPT


class Trust(Protocol):
    """Where the store in force comes from."""

    def current(self) -> "CscaStore":
        """The store in force now; the same object while nothing has changed."""


@dataclass(frozen=True, slots=True)
class _Vouched:
    signer: Certificate
    issuers: tuple[Certificate, ...]


class CscaStore:
    """The pinned certificates, the revocation lists of their states, and the policy."""

    def __init__(
        self,
        certificates: tuple[x509.Certificate, ...],
        lists: tuple[x509.CertificateRevocationList, ...] = (),
        policy: TrustPolicy | None = None,
        anchors: Anchors = Anchors.SELF_SIGNED,
    ) -> None:
        self.certificates = certificates
        self.policy = policy or TrustPolicy()
        self.reads = Certificates()
        pinned = _readable(certificates, self.reads)
        sha1 = self.policy.sha1
        self.trusted = trusted_of(pinned, anchors, sha1=sha1)
        self.revocations = believed(lists, self.trusted, sha1=sha1)
        self._lists = lists
        left = [one for one in pinned if not self.revocations.holds(one)]
        if len(left) < len(pinned):
            # What goes back to a revoked one only is trusted no longer.
            self.trusted = trusted_of(left, anchors, sha1=sha1)
        self._vouched: dict[bytes, _Vouched] = {}
        self._of_linked: dict[bytes, Revocations] = {}
        self._warned: set[Name] = set()

    @classmethod
    def from_directory(cls, path: Path) -> "CscaStore":
        """Load every certificate (.pem, .der, .cer, .crt) of a directory.

        Raises:
            TrustStoreError: the directory cannot be read, is empty, or holds a malformed file.
        """
        return cls(store_files.load_certificates(path))

    def current(self) -> "CscaStore":
        """Itself: a store that does not change."""
        return self

    def check_signer(self, signer: Certificate, now: datetime) -> None:
        """Check that a document signer is one of a trusted state's, and in force.

        Raises:
            EvidenceRefused: UNKNOWN_ISSUER, WRONG_COUNTRY, CERTIFICATE_NOT_VALID, REVOKED,
                REVOCATION_UNKNOWN or UNSUPPORTED.
        """
        vouched = self._vouch(signer)
        # A state may have certified its key again: one certificate that is valid now is enough.
        valid = any(issuer.validity.holds(now) for issuer in vouched.issuers)
        if not signer.validity.holds(now) or not valid:
            raise _not_valid("A certificate is not valid at this time.")
        self.check_list(signer, now)

    def revocations_by(self, linked: Certificate) -> Revocations:
        """What an authority withdrew that is not pinned and goes back to one that is."""
        found = self._of_linked.get(linked.der)
        if found is None:
            found = believed(self._lists, (linked,), sha1=self.policy.sha1)
            if len(self._of_linked) >= _REMEMBERED:
                self._of_linked.clear()
            self._of_linked[linked.der] = found
        return found

    def check_list(
        self, certificate: Certificate, now: datetime, revocations: Revocations | None = None
    ) -> None:
        """Do what the policy says where the newest list of a certificate's issuer has run out.

        Raises:
            EvidenceRefused: REVOCATION_UNKNOWN.
        """
        if not (revocations or self.revocations).stale(certificate.issuer, now):
            return
        if self.policy.expired_list is ExpiredList.REFUSE:
            raise EvidenceRefused(
                RefusalReason.REVOCATION_UNKNOWN, "The issuer's revocation list has run out."
            )
        if certificate.issuer not in self._warned:
            self._warned.add(certificate.issuer)
            logger.warning("A revocation list of %s has run out; fetch it.", certificate.country)

    def _vouch(self, signer: Certificate) -> _Vouched:
        name = sha256(signer.der).digest()
        found = self._vouched.get(name)
        if found is None:
            found = _Vouched(signer, self._issuers(signer))
            if len(self._vouched) >= _REMEMBERED:
                self._vouched.clear()
            self._vouched[name] = found
        return found

    def _issuers(self, signer: Certificate) -> tuple[Certificate, ...]:
        """The trusted certificates that this signer goes back to, by rules without a clock."""
        _check_kind(signer)
        issuers = tuple(c for c in self.trusted if issued(c, signer, sha1=self.policy.sha1))
        if not issuers:
            raise EvidenceRefused(
                RefusalReason.UNKNOWN_ISSUER, "The document signer was not issued by a pinned CSCA."
            )
        if self.revocations.holds(signer):
            raise EvidenceRefused(RefusalReason.REVOKED, "The document signer was revoked.")
        at_home = tuple(c for c in issuers if c.country and c.country == signer.country)
        if not at_home:
            raise EvidenceRefused(
                RefusalReason.WRONG_COUNTRY,
                "The document signer is of another state than its CSCA.",
            )
        begun = tuple(c for c in at_home if in_time(c, signer))
        if not begun:
            raise _not_valid("The document signer was issued when its CSCA was not valid.")
        return begun


def _check_kind(signer: Certificate) -> None:
    if signer.is_authority or not signer.signs_data or signer.purposes:
        raise EvidenceRefused(
            RefusalReason.UNSUPPORTED, "The signer's certificate is not one for documents."
        )


def _readable(certificates: Iterable[x509.Certificate], reads: Certificates) -> list[Certificate]:
    found = []
    for one in certificates:
        try:
            found.append(reads.read(one.public_bytes(Encoding.DER)))
        except EvidenceRefused:
            continue  # a pinned certificate of a kind unknown here vouches for nothing
    return found


def _not_valid(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.CERTIFICATE_NOT_VALID, sentence)
