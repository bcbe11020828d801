"""A sample state that signs identification certificates: root, issuing authority, card by card."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.fakes.document_signer.sample_keys import elliptic

_BEGIN = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_END = dt.datetime(2039, 1, 1, tzinfo=dt.UTC)
_P384 = 15
_STATE_ARC = "1.2.203.7064.1.1.11."


@dataclass(frozen=True)
class Holder:
    """A sample citizen as the certificate names them; the birth number is none that is given."""

    surname: str
    given_names: str
    document_number: str
    birth: str
    sex: str
    birth_number: str
    birth_place: str = "Vzorov"
    marital_status: str = "svobodná"


JANA = Holder("VZOROVÁ", "JANA", "999009812", "17.05.1984", "F", "8455179999")
KAREL = Holder("VZOR", "KAREL", "999009813", "02.11.1979", "M", "7911029999", "Vzorov", "ženatý")


@dataclass
class ContactCardState:
    """A root authority and the issuing authority under it.

    Args:
        seed: sample keys are made from it: the same state has the same keys.
    """

    seed: str = "sample"
    _root_key: ec.EllipticCurvePrivateKey = field(init=False, repr=False)
    _issuing_key: ec.EllipticCurvePrivateKey = field(init=False, repr=False)
    root: x509.Certificate = field(init=False)
    issuing: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        self._root_key = elliptic(f"{self.seed}/contact-root", _P384)
        self._issuing_key = elliptic(f"{self.seed}/contact-issuing")
        names = (f"Kořen VZOR {self.seed}", f"Vydavatel VZOR {self.seed}")
        root, issuing = map(_authority, names)
        self.root = _signed(root, self._root_key, root, self._root_key, path_length=1)
        self.issuing = _signed(issuing, self._issuing_key, root, self._root_key, path_length=0)

    @property
    def issuing_der(self) -> bytes:
        """The issuing authority's certificate, DER."""
        return self.issuing.public_bytes(serialization.Encoding.DER)

    def save(self, folder: Path) -> None:
        """Write root.pem and issuing.pem: what a gateway is to trust, for the chip has neither."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, certificate in (("root", self.root), ("issuing", self.issuing)):
            pem = certificate.public_bytes(serialization.Encoding.PEM)
            (folder / f"{name}.pem").write_bytes(pem)

    def issue(
        self, holder: Holder, begin: dt.datetime = _BEGIN, end: dt.datetime = _END
    ) -> x509.Certificate:
        """Sign the identification certificate of a holder's card."""
        key = elliptic(f"{self.seed}/contact/{holder.document_number}")
        names = _subject(holder), key, self.issuing.subject, self._issuing_key
        serial = int.from_bytes(holder.document_number.encode("ascii"), "big")
        return _signed(*names, serial=serial, begin=begin, end=end)


def _authority(common: str) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "CZ")
    return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _subject(holder: Holder) -> x509.Name:
    fields = {
        NameOID.COUNTRY_NAME: "CZ",
        NameOID.SURNAME: holder.surname,
        NameOID.GIVEN_NAME: holder.given_names,
        x509.ObjectIdentifier(_STATE_ARC + "1"): holder.birth,
        x509.ObjectIdentifier(_STATE_ARC + "2"): holder.sex,
        x509.ObjectIdentifier(_STATE_ARC + "4"): holder.birth_place,
        x509.ObjectIdentifier(_STATE_ARC + "5"): holder.birth_number,
        x509.ObjectIdentifier(_STATE_ARC + "6"): holder.marital_status,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in fields.items() if text])


def _signed(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    path_length: int | None = None,
    serial: int | None = None,
    begin: dt.datetime = _BEGIN,
    end: dt.datetime = _END,
) -> x509.Certificate:
    authority = path_length is not None
    basic = x509.BasicConstraints(ca=authority, path_length=path_length)
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key())
        .serial_number(1 if serial is None else serial)
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(basic, critical=True)
        .add_extension(issuer_id, critical=False)
        .add_extension(own_id, critical=False)
        .add_extension(_usage(authority=authority), critical=True)
    )
    return builder.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=True)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
