"""Certificates of states (RFC 5280, ICAO Doc 9303 part 12) as facts; trusts none of them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import ExtensionOID, NameOID

from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.algorithms import (
    SignatureAlgorithm,
    accepted_hash,
    check_signature,
)
from kiosk_app.gateway.evidence.public_keys import PublicKey, read_public_key
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

MAX_SIZE: Final = 16_384
_REMEMBERED: Final = 1024
_COUNTRY: Final = re.compile("[A-Z]{2,3}")
_KEY_PERIOD: Final = x509.ObjectIdentifier("2.5.29.16")
_NAME_CHANGE: Final = x509.ObjectIdentifier("2.23.136.1.1.6.1")
_KNOWN_CRITICAL: Final = {
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.KEY_USAGE,
    ExtensionOID.EXTENDED_KEY_USAGE,
    _KEY_PERIOD,
}
_TBS_SERIAL, _TBS_KEY = 0, 5  # serial, algorithm, issuer, validity, subject, key


Name = tuple[tuple[str, str], ...]
"""Attribute and value, in order: states change between PrintableString and UTF8String."""


@dataclass(frozen=True, slots=True)
class Period:
    """From and until when, both included and aware."""

    start: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        """Whether that time lies within."""
        return self.start <= now <= self.end


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        der: its bytes.
        subject, issuer: the names, however their characters are encoded.
        country: the subject's, two or three capital letters; empty when it names none.
        key_period: when its key signs (PrivateKeyUsagePeriod); None: as long as it is valid.
        path_length: how many authorities may follow; None: any number.
        signs_certificates, signs_lists, signs_data: key usage; where it is not said, all.
        purposes: the extended key usages, dotted.
    """

    der: bytes = field(repr=False)
    parsed: x509.Certificate = field(repr=False, compare=False)
    subject: Name
    issuer: Name
    serial: int
    country: str
    key_identifier: bytes | None
    validity: Period
    key_period: Period | None
    is_authority: bool
    path_length: int | None
    signs_certificates: bool
    signs_lists: bool
    signs_data: bool
    purposes: frozenset[str]
    changes_name: bool
    _key: PublicKey | EvidenceRefused = field(repr=False, compare=False)

    def key(self) -> PublicKey:
        """Its public key.

        Raises:
            EvidenceRefused: the key is of a kind that is not known here.
        """
        if isinstance(self._key, EvidenceRefused):
            raise EvidenceRefused(self._key.reason, self._key.detail)
        return self._key

    def check_signed_by(self, issuer: "Certificate", *, sha1: bool) -> None:
        """Check its signature under another one's key; what that one may do is not looked at.

        Raises:
            EvidenceRefused: BAD_SIGNATURE, UNSUPPORTED or MALFORMED.
        """
        with refusing("A certificate"):
            hashed = accepted_hash(self.parsed.signature_hash_algorithm, sha1=sha1)
            scheme = self.parsed.signature_algorithm_parameters
            if not isinstance(scheme, padding.PKCS1v15 | padding.PSS | ec.ECDSA):
                raise EvidenceRefused(RefusalReason.UNSUPPORTED, "A signature is of no known kind.")
            data = self.parsed.tbs_certificate_bytes
            algorithm = SignatureAlgorithm(scheme, hashed)
            check_signature(issuer.key(), algorithm, self.parsed.signature, data)


class Certificates:
    """Reads certificates and remembers a bounded number of them by their hash."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._known: dict[bytes, Certificate] = {}

    def read(self, data: bytes) -> Certificate:
        """Read one (DER).

        Raises:
            EvidenceRefused: MALFORMED or UNSUPPORTED.
        """
        name = sha256(data).digest()
        found = self._known.get(name)
        if found is None:
            found = read_certificate(data)
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[name] = found
        return found


def read_certificate(data: bytes) -> Certificate:
    """Read a certificate (DER).

    Raises:
        EvidenceRefused: MALFORMED or UNSUPPORTED.
    """
    if len(data) > MAX_SIZE:
        raise EvidenceRefused(RefusalReason.MALFORMED, "A certificate is too long.")
    with refusing("A certificate"):
        tbs = _without_version(der.inside(data, der.SEQUENCE)[0].raw)
        if der.number(tbs[_TBS_SERIAL]) == 0:  # RFC 5280 section 4.1.2.2
            raise EvidenceRefused(RefusalReason.MALFORMED, "A certificate has no serial number.")
        parsed = x509.load_der_x509_certificate(data)
        return _facts(parsed, data, _public_key(tbs[_TBS_KEY].raw))


def _facts(parsed: x509.Certificate, data: bytes, key: PublicKey | EvidenceRefused) -> Certificate:
    extensions = {extension.oid: extension for extension in parsed.extensions}
    if any(one.critical and oid not in _KNOWN_CRITICAL for oid, one in extensions.items()):
        raise EvidenceRefused(
            RefusalReason.UNSUPPORTED, "A certificate has a critical extension unknown here."
        )
    values = {oid: extension.value for oid, extension in extensions.items()}
    basic = values.get(ExtensionOID.BASIC_CONSTRAINTS)
    usage = values.get(ExtensionOID.KEY_USAGE)
    identifier = values.get(ExtensionOID.SUBJECT_KEY_IDENTIFIER)
    purposes = values.get(ExtensionOID.EXTENDED_KEY_USAGE, ())
    known = usage if isinstance(usage, x509.KeyUsage) else None
    authority = basic if isinstance(basic, x509.BasicConstraints) else None
    return Certificate(
        der=data,
        parsed=parsed,
        subject=name_of(parsed.subject),
        issuer=name_of(parsed.issuer),
        serial=parsed.serial_number,
        country=_country(parsed.subject),
        key_identifier=identifier.digest
        if isinstance(identifier, x509.SubjectKeyIdentifier)
        else None,
        validity=Period(parsed.not_valid_before_utc, parsed.not_valid_after_utc),
        key_period=_key_period(values.get(_KEY_PERIOD)),
        is_authority=authority is not None and authority.ca,
        path_length=None if authority is None else authority.path_length,
        signs_certificates=known is None or known.key_cert_sign,
        signs_lists=known is None or known.crl_sign,
        signs_data=known is None or known.digital_signature,
        purposes=frozenset(one.dotted_string for one in purposes),
        changes_name=_NAME_CHANGE in values,
        _key=key,
    )


def name_of(name: x509.Name) -> Name:
    """That name, comparable as RFC 5280 section 7.1 says: without case and double spaces."""
    return tuple(
        (part.oid.dotted_string, " ".join(str(part.value).casefold().split())) for part in name
    )


def _country(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COUNTRY_NAME)
    country = str(found[0].value).upper() if len(found) == 1 else ""
    return country if _COUNTRY.fullmatch(country) else ""


def _without_version(tbs: bytes) -> tuple[der.Node, ...]:
    """The fields of a TBSCertificate from its serial number on."""
    found = der.inside(tbs, der.SEQUENCE)
    return found[1:] if found[0].tag == der.CONTEXT_0 else found


def _public_key(info: bytes) -> PublicKey | EvidenceRefused:
    try:
        return read_public_key(info)
    except EvidenceRefused as refused:
        return refused


def _key_period(value: x509.ExtensionType | None) -> Period | None:
    """PrivateKeyUsagePeriod of RFC 3280 section 4.2.1.4: either end may be left out."""
    if not isinstance(value, x509.PrivateKeyUsagePeriod):
        return None
    start, end = value.not_before, value.not_after
    return Period(
        _EVER.start if start is None else start.replace(tzinfo=UTC),
        _EVER.end if end is None else end.replace(tzinfo=UTC),
    )


_EVER: Final = Period(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
