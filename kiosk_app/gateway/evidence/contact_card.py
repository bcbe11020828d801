"""The identification certificate of an eObčanka's contact chip: signed by the state, but copyable.

Nothing here proves the chip: only the state's own middleware can do that. What passes identifies.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kiosk_app.account.evidence import ContactCardEvidence
from kiosk_app.cards.eobcanka.certificate import parse_identification
from kiosk_app.gateway.evidence.certificate import Certificate, read_certificate
from kiosk_app.gateway.evidence.chain import in_time, issued, linked
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.evidence.trust import CscaStore
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

ISSUING_STATE: Final = "CZE"
_COUNTRY: Final = "CZ"
_BLOCKED: Final = 0x04


@dataclass(frozen=True, slots=True)
class VerifiedContactCard:
    """A certificate of the state about the holder of a card; who holds it now is not known.

    Attributes:
        document_number: of the card, as the certificate says.
    """

    document_number: str = field(repr=False)


def check_contact_card(
    evidence: ContactCardEvidence, trust: CscaStore, now: datetime
) -> VerifiedContactCard:
    """Check a contact card's certificate up to a pinned issuer of the state.

    The card's own number is signed by nobody and not looked at.

    Args:
        evidence: what the chip gave.
        trust: the pinned issuers.
        now: an aware time.

    Raises:
        EvidenceRefused: with the reason.
    """
    if evidence.iok_state & _BLOCKED:
        raise EvidenceRefused(RefusalReason.BLOCKED, "The card's identification key is blocked.")
    certificate = read_certificate(evidence.certificate)
    _check_issuer(certificate, _issuers(evidence, trust), trust, now)
    with refusing("The identification certificate"):
        number = parse_identification(evidence.certificate).document_number
    if number != evidence.document_number:
        raise EvidenceRefused(
            RefusalReason.CHANGED, "The document's number is not the certificate's."
        )
    return VerifiedContactCard(number)


def _issuers(evidence: ContactCardEvidence, trust: CscaStore) -> tuple[Certificate, ...]:
    """The pinned issuers, and those the card brought along that go back to them."""
    brought = [read_certificate(one) for one in evidence.issuers]
    waiting = [
        one
        for one in brought
        if one.is_authority
        and one.signs_certificates
        and not one.changes_name  # only states are renamed, and their certificates are pinned
        and not trust.revocations.holds(one)
    ]
    sha1 = trust.policy.sha1
    found = linked(trust.trusted, waiting, sha1=sha1)
    lists = [trust.revocations_by(one) for one in found]
    left = [one for one in found if not any(each.holds(one) for each in lists)]
    return trust.trusted + linked(trust.trusted, left, sha1=sha1)


def _check_issuer(
    certificate: Certificate, issuers: tuple[Certificate, ...], trust: CscaStore, now: datetime
) -> None:
    found = [one for one in issuers if issued(one, certificate, sha1=trust.policy.sha1)]
    if certificate.is_authority or not found:
        raise EvidenceRefused(
            RefusalReason.UNKNOWN_ISSUER, "The certificate was not issued by a pinned issuer."
        )
    lists = [trust.revocations, *(trust.revocations_by(c) for c in found if c not in trust.trusted)]
    if any(each.holds(certificate) for each in lists):
        raise EvidenceRefused(RefusalReason.REVOKED, "The certificate was revoked.")
    if not any(one.country == _COUNTRY for one in found):
        raise EvidenceRefused(RefusalReason.WRONG_COUNTRY, "The issuer is of another state.")
    if certificate.validity.end < now:
        raise EvidenceRefused(RefusalReason.EXPIRED, "The certificate has expired.")
    begun = [one for one in found if in_time(one, certificate) and one.validity.holds(now)]
    if not certificate.validity.holds(now) or not begun:
        raise EvidenceRefused(
            RefusalReason.CERTIFICATE_NOT_VALID, "A certificate is not valid at this time."
        )
    for each in lists:
        trust.check_list(certificate, now, each)
