"""The identification certificate: DER in, facts out; whether it is genuine only the gateway says.

The names of its fields are object identifiers of the Czech state under 1.2.203.7064.1.1.11.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from kiosk_app.cards import tlv

_STATE = "1.2.203.7064.1.1.11."
_BIRTH_DATE = x509.ObjectIdentifier(_STATE + "1")
_SEX = x509.ObjectIdentifier(_STATE + "2")
_BIRTH_PLACE = x509.ObjectIdentifier(_STATE + "4")
_BIRTH_NUMBER = x509.ObjectIdentifier(_STATE + "5")
_MARITAL_STATUS = x509.ObjectIdentifier(_STATE + "6")
_MOST_CHARACTERS = 200
_MOST_ISSUERS = 4
_SEQUENCE, _INTEGER = 0x30, 0x02
# What the library raises for bytes that are no certificate, or a name that is none; it warns of a
# country of more than two letters, and where warnings are errors such a certificate is none.
_UNREADABLE = (ValueError, TypeError, x509.InvalidVersion, UserWarning)
_DAY_FIRST = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class CertificateError(ValueError):
    """The bytes are no certificate, or not one that identifies a card's holder."""


@dataclass(frozen=True, slots=True)
class IdentificationFacts:
    """What an identification certificate says; an empty text where it does not say.

    Attributes:
        document_number: the card's number, which is the certificate's serial number in ASCII.
        birth: None where the certificate has no date of birth that is one.
        birth_number: the Czech birth number; shown to nobody who does not ask for it.
        issuer: who signed the certificate (RFC 4514), 200 characters at most.
        valid_from: the first moment of its validity, UTC.
        valid_until: the last.
    """

    document_number: str = field(repr=False)
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    birth: date | None = field(repr=False)
    sex: str = field(repr=False)
    birth_place: str = field(repr=False)
    marital_status: str = field(repr=False)
    birth_number: str = field(repr=False)
    issuer: str
    valid_from: datetime
    valid_until: datetime

    def expired(self, today: date) -> bool:
        """Tell whether its last day is over."""
        return self.valid_until.date() < today


def parse_identification(der: bytes) -> IdentificationFacts:
    """Read an identification certificate (RFC 5280).

    Raises:
        CertificateError: no certificate, or one without surname and document number.
    """
    try:
        document_number = _document_number(_serial_number(der))
        certificate = x509.load_der_x509_certificate(der)
        subject = certificate.subject
        return IdentificationFacts(
            document_number=document_number,
            surname=_needed(_text(subject, NameOID.SURNAME)),
            given_names=_text(subject, NameOID.GIVEN_NAME),
            birth=_date(_text(subject, _BIRTH_DATE)),
            sex=_text(subject, _SEX),
            birth_place=_text(subject, _BIRTH_PLACE),
            marital_status=_text(subject, _MARITAL_STATUS),
            birth_number=_text(subject, _BIRTH_NUMBER),
            issuer=_shown(certificate.issuer.rfc4514_string()),
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
        )
    except CertificateError:
        raise
    except _UNREADABLE:
        # from None: what the library quotes may be the holder's name
        raise CertificateError("The identification certificate is none.") from None


def issuer_chain(certificate: bytes, others: Iterable[bytes]) -> tuple[bytes, ...]:
    """Order the certificates among ``others`` that lead up from a certificate, by their names.

    What does not belong to the chain, or is no certificate, stays out. At most four are given.
    """
    known = {subject: (issuer, der) for subject, issuer, der in map(_names, others) if subject}
    _subject, wanted, _der = _names(certificate)
    chain: list[bytes] = []
    while wanted in known and len(chain) < _MOST_ISSUERS:
        subject = wanted
        wanted, der = known.pop(subject)
        chain.append(der)
    return tuple(chain)


def _names(der: bytes) -> tuple[bytes, bytes, bytes]:
    try:
        _serial_number(der)
        certificate = x509.load_der_x509_certificate(der)
        return certificate.subject.public_bytes(), certificate.issuer.public_bytes(), der
    except _UNREADABLE:
        return b"", b"", der


def _serial_number(der: bytes) -> bytes:
    """Give a certificate's serial number as it is written; it must be positive (RFC 5280 4.1.2.2).

    The library only warns of one that is not.
    """
    serial = tlv.value_of(der, _SEQUENCE, _SEQUENCE, _INTEGER)
    if int.from_bytes(serial, "big", signed=True) <= 0:
        raise CertificateError("The certificate's serial number is not positive.")
    return serial


def _document_number(serial: bytes) -> str:
    if not (serial.isascii() and serial.isalnum()):
        raise CertificateError("The certificate's serial number is no document number.")
    return serial.decode("ascii")


def _needed(text: str) -> str:
    if not text:
        raise CertificateError("The certificate names nobody.")
    return text


def _text(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    for attribute in name.get_attributes_for_oid(oid):
        value = attribute.value
        if isinstance(value, str) and len(value) <= _MOST_CHARACTERS and value.isprintable():
            return value.strip()
    return ""


def _shown(text: str) -> str:
    """Cut a text short and leave no sign in it that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:_MOST_CHARACTERS])


def _date(text: str) -> date | None:
    """Read a date as 1984-05-17, 19840517 or 17.05.1984."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
