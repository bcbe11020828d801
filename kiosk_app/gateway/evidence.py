"""Passive authentication of ICAO Doc 9303 part 11 section 5.1; cannot tell a copy from its chip."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from kiosk_app.cards.icao import curves
from kiosk_app.cards.icao.data_groups import parse_dg1, parse_dg14
from kiosk_app.cards.icao.security_infos import (
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKey,
    Cipher,
    SecurityInfo,
    SecurityInfoError,
)
from kiosk_app.cards.mrz import MrzError, MrzFacts
from kiosk_app.cards.tlv import TlvError
from kiosk_app.gateway.errors import CannotServe
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason
from kiosk_app.gateway.security_object import SecurityObject, open_security_object, refusing

__all__ = [
    "ChipKey",
    "CscaStore",
    "EvidenceRefused",
    "RefusalReason",
    "TrustStoreError",
    "VerifiedDocument",
    "check_document",
]

_SUFFIXES = {".pem", ".der", ".cer", ".crt"}
_MAX_CERTIFICATE = 64 * 1024


class TrustStoreError(CannotServe):
    """A pinned certificate cannot be used; the sentence names the file."""


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A chip's static key together with the protocol that uses it.

    Attributes:
        oid: the protocol's object identifier, its content bytes.
        point: the public point, uncompressed.
    """

    oid: bytes
    cipher: Cipher
    key_id: int | None
    curve: curves.Curve
    point: bytes


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document whose data its state signed; whether its chip is genuine is not known yet.

    Attributes:
        issuing_state: three letters, as in the machine readable zone.
        surname: in the letters of the machine readable zone (no diacritics).
        birth_date: None when a part of it is unknown.
        chip_keys: what chip authentication can use; empty when the chip has none.
        dg1: EF.DG1, verified.
    """

    issuing_state: str
    document_number: str = field(repr=False)
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    expiry: date
    chip_keys: tuple[ChipKey, ...]
    dg1: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CscaStore:
    """The pinned country signing certificates."""

    certificates: tuple[x509.Certificate, ...]

    @classmethod
    def from_directory(cls, path: Path) -> "CscaStore":
        """Load every certificate (.pem, .der, .cer, .crt) of a directory.

        Raises:
            TrustStoreError: the directory cannot be read, is empty, or holds a malformed file.
        """
        try:
            files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES)
        except OSError as error:
            raise TrustStoreError(f"The CSCA directory {path} cannot be read.") from error
        if not files:
            raise TrustStoreError(f"The CSCA directory {path} holds no certificate.")
        return cls(tuple(certificate for file in files for certificate in _load(file)))

    def issuers_of(self, certificate: x509.Certificate) -> Iterable[x509.Certificate]:
        """Give the pinned certificates that bear the issuer's name; a state renews its key."""
        return (csca for csca in self.certificates if csca.subject == certificate.issuer)


def _load(file: Path) -> list[x509.Certificate]:
    try:
        data = file.read_bytes()[:_MAX_CERTIFICATE]
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except (OSError, ValueError) as error:
        raise TrustStoreError(f"The CSCA file {file} is not a certificate.") from error


def check_document(
    sod: bytes, dg1: bytes, dg14: bytes, trust: CscaStore, now: datetime
) -> VerifiedDocument:
    """Check a document's data against its state's signature.

    Args:
        sod: EF.SOD, as read.
        dg1: EF.DG1, as read.
        dg14: EF.DG14, as read.
        trust: the states that are believed.
        now: an aware time.

    Raises:
        EvidenceRefused: with the reason.
    """
    signed = open_security_object(sod)
    with refusing():
        _check_signer(signed.signer, trust, now)
    _check_groups(signed, {1: dg1, 14: dg14})
    try:
        facts, infos = parse_dg1(dg1), parse_dg14(dg14)
    except (TlvError, MrzError, SecurityInfoError) as error:
        raise EvidenceRefused(RefusalReason.MALFORMED, f"A data group: {error}") from error
    return _document(facts, _chip_keys(infos), dg1, now.date())


def _check_signer(signer: x509.Certificate, trust: CscaStore, now: datetime) -> None:
    issuers = [csca for csca in trust.issuers_of(signer) if _issued(csca, signer)]
    if not issuers:
        raise EvidenceRefused(
            RefusalReason.UNKNOWN_ISSUER, "The document signer was not issued by a pinned CSCA."
        )
    # A state may have certified its key again: one certificate that is valid now is enough.
    if not _valid(signer, now) or not any(_valid(csca, now) for csca in issuers):
        raise EvidenceRefused(
            RefusalReason.CERTIFICATE_NOT_VALID, "A certificate is not valid at this time."
        )


def _valid(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _issued(csca: x509.Certificate, signer: x509.Certificate) -> bool:
    """Tell whether a CSCA signed a document signer, and may sign one."""
    try:
        signer.verify_directly_issued_by(csca)
        return csca.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    except x509.ExtensionNotFound:
        return False


def _check_groups(signed: SecurityObject, groups: dict[int, bytes]) -> None:
    for number, data in groups.items():
        if not signed.vouches_for(number, data):
            raise EvidenceRefused(
                RefusalReason.CHANGED, f"DG{number} is not the one that was signed."
            )


def _chip_keys(infos: tuple[SecurityInfo, ...]) -> tuple[ChipKey, ...]:
    """Join protocols and keys by their key id; curves that are not ours are passed over."""
    protocols = [info for info in infos if isinstance(info, ChipAuthenticationInfo)]
    keys = [info for info in infos if isinstance(info, ChipAuthenticationPublicKey)]
    return tuple(
        ChipKey(info.oid, info.cipher, info.key_id, curve, key.point)
        for info in protocols
        for key in keys
        if key.key_id == info.key_id and (curve := _curve(key)) is not None
    )


def _curve(key: ChipAuthenticationPublicKey) -> curves.Curve | None:
    try:
        return curves.by_der(key.parameters)
    except curves.CurveError:
        return None


def _document(
    facts: MrzFacts, chip_keys: tuple[ChipKey, ...], dg1: bytes, today: date
) -> VerifiedDocument:
    expiry = facts.expiry.expiry()
    if expiry is None:
        raise EvidenceRefused(RefusalReason.MALFORMED, "The document has no date of expiry.")
    if expiry < today:
        raise EvidenceRefused(RefusalReason.EXPIRED, "The document has expired.")
    return VerifiedDocument(
        issuing_state=facts.issuing_state,
        document_number=facts.document_number,
        surname=facts.surname,
        given_names=facts.given_names,
        birth_date=facts.birth.birth(today),
        expiry=expiry,
        chip_keys=chip_keys,
        dg1=dg1,
    )
