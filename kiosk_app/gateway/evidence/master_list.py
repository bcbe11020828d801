"""ICAO master lists (Doc 9303 part 12 section 9): the CSCAs that one state saw; pins none itself.

Whoever signs such a list could name any key as a state's. So its signer must be pinned, or go back
to a CSCA that is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.certificate import Certificate, Certificates
from kiosk_app.gateway.evidence.chain import in_time, issued
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.evidence.signed_data import open_signed_data
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

MAX_SIZE: Final = 8 * 1024 * 1024
_MAX_CERTIFICATES: Final = 5000
_MASTER_LIST: Final = bytes.fromhex("678108010102")
_SIGNING_PURPOSE: Final = "2.23.136.1.1.3"


@dataclass(frozen=True, slots=True)
class MasterList:
    """A list whose signer is trusted.

    Attributes:
        signer: who signed it.
        certificates: what it names (DER), unchecked.
    """

    signer: Certificate
    certificates: tuple[bytes, ...] = field(repr=False)


def open_master_list(
    data: bytes, pinned: Iterable[Certificate], now: datetime, *, sha1: bool = False
) -> MasterList:
    """Check a master list (CMS, DER) up to a pinned certificate.

    Args:
        data: the list.
        pinned: the signer itself, or the CSCAs that may have issued it.
        now: an aware time.
        sha1: whether signatures over SHA-1 are accepted.

    Raises:
        EvidenceRefused: with the reason.
    """
    if len(data) > MAX_SIZE:
        raise EvidenceRefused(RefusalReason.MALFORMED, "The master list is too long.")
    with refusing("The master list"):
        signed = open_signed_data(data, _MASTER_LIST, Certificates(), sha1=sha1)
        _check_signer(signed.signer, tuple(pinned), now, sha1=sha1)
        parts = der.fields(signed.content)
        if der.number(parts.take(der.INTEGER)) != 0:
            raise EvidenceRefused(RefusalReason.UNSUPPORTED, "The list is of an unknown version.")
        listed = der.nodes(parts.take(der.SET).value, _MAX_CERTIFICATES)
        return MasterList(signed.signer, tuple(node.raw for node in listed))


def _check_signer(
    signer: Certificate, pinned: tuple[Certificate, ...], now: datetime, *, sha1: bool
) -> None:
    itself = any(one.der == signer.der for one in pinned)
    issuers = [one for one in pinned if one.is_authority and one.signs_certificates]
    may_sign = _SIGNING_PURPOSE in signer.purposes and signer.signs_data
    allowed = may_sign and any(
        one.validity.holds(now)
        and (one.country and one.country == signer.country)
        and in_time(one, signer)
        and issued(one, signer, sha1=sha1)
        for one in issuers
    )
    if not itself and not allowed:
        raise EvidenceRefused(
            RefusalReason.UNKNOWN_ISSUER, "The list's signer goes back to no pinned certificate."
        )
    if not signer.validity.holds(now):
        raise EvidenceRefused(
            RefusalReason.CERTIFICATE_NOT_VALID, "The list's signer is not valid at this time."
        )
