"""Passive authentication of ICAO Doc 9303 part 11 section 5.1; cannot tell a copy from its chip."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class RefusalReason(StrEnum):
    """Why a document is not believed."""

    MALFORMED = "malformed"
    UNKNOWN_ISSUER = "unknown-issuer"
    BAD_SIGNATURE = "bad-signature"
    CERTIFICATE_NOT_VALID = "certificate-not-valid"
    CHANGED = "changed"
    EXPIRED = "expired"
    UNSUPPORTED = "unsupported"
    CHIP_NOT_GENUINE = "chip-not-genuine"


class EvidenceRefused(Exception):  # noqa: N818 - the gateway's answer, not a mistake of its own
    """A document is not believed; ``detail`` is one sentence without any of its data."""

    def __init__(self, reason: RefusalReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document whose data its state signed; whether the chip is genuine is not known yet."""

    issuing_state: str
    document_number: str
    surname: str
    given_names: str
    birth_date: date
    expiry: date


@dataclass(frozen=True, slots=True)
class CscaStore:
    """The pinned country signing certificates."""

    certificates: tuple[bytes, ...]

    @classmethod
    def from_directory(cls, path: Path) -> "CscaStore":
        """Load every certificate (DER or PEM) of a directory."""
        raise NotImplementedError


def check_document(
    sod: bytes, dg1: bytes, dg14: bytes, trust: CscaStore, now: datetime
) -> VerifiedDocument:
    """Check a document's data against its state's signature.

    Raises:
        EvidenceRefused: with the reason.
    """
    raise NotImplementedError
