"""A sample state that issues sample cards: CSCA, document signer, and the content of each card.

As a program it writes csca.pem and one folder per sample person into a directory.
"""

import argparse
import datetime as dt
import hashlib
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

import ecdsa
from asn1crypto import algos, cms, core, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from tests.fakes.virtual_card.document import Document

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_ISSUED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_ENDS = dt.datetime(2039, 1, 1, tzinfo=dt.UTC)
_CHIP_CURVE = 12
_LDS_OID = "2.23.136.1.1.1"


@dataclass(frozen=True)
class Person:
    """A sample citizen; dates as in a machine readable zone."""

    surname: str
    given_names: str
    number: str
    birth: str
    sex: str
    can: str
    expiry: str = "340101"
    state: str = "CZE"


JANA = Person("VZOROVA", "JANA", "999009812", "840517", "F", "123456")
KAREL = Person("VZOR", "KAREL", "999009813", "791102", "M", "654321")
PEOPLE = {"jana": JANA, "karel": KAREL}


def check_digit(characters: str) -> str:
    values = [0 if c == "<" else int(c, 36) for c in characters]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def machine_readable_zone(person: Person) -> str:
    """Write the three lines of a TD1 card, joined."""
    one = f"ID{person.state}{person.number}{check_digit(person.number)}".ljust(30, "<")
    birth = person.birth + check_digit(person.birth)
    expiry = person.expiry + check_digit(person.expiry)
    two = f"{birth}{person.sex}{expiry}{person.state}".ljust(29, "<")
    two += check_digit(one[5:30] + two[0:7] + two[8:15] + two[18:29])
    three = f"{person.surname}<<{person.given_names}".replace(" ", "<").ljust(30, "<")
    return one + two + three


def data_group_1(person: Person) -> bytes:
    zone = machine_readable_zone(person).encode("ascii")
    return b"\x61\x5d\x5f\x1f\x5a" + zone


class _SecurityInfo(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [("protocol", core.ObjectIdentifier), ("required", core.Any)]  # noqa: RUF012 - asn1crypto's form


class _SecurityInfos(core.SetOf):  # type: ignore[misc] # asn1crypto is untyped
    _child_spec = _SecurityInfo


def data_group_14(public: ec.EllipticCurvePublicKey) -> bytes:
    """Announce chip authentication with ECDH and AES-128, and the chip's key."""
    der = public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    key = keys.PublicKeyInfo.load(der)
    infos = _SecurityInfos(
        [
            {"protocol": "0.4.0.127.0.7.2.2.3.2.2", "required": core.Integer(1)},
            {"protocol": "0.4.0.127.0.7.2.2.1.2", "required": key},
        ]
    ).dump()
    return _wrapped(0x6E, infos)


def _wrapped(tag: int, value: bytes) -> bytes:
    size = len(value)
    if size < 128:
        return bytes((tag, size)) + value
    body = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(body))) + body + value


class _DataGroupHash(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [("number", core.Integer), ("value", core.OctetString)]  # noqa: RUF012 - asn1crypto's form


class _DataGroupHashes(core.SequenceOf):  # type: ignore[misc] # asn1crypto is untyped
    _child_spec = _DataGroupHash


class _SecurityObject(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [  # noqa: RUF012 - asn1crypto's form
        ("version", core.Integer),
        ("algorithm", algos.DigestAlgorithm),
        ("hashes", _DataGroupHashes),
    ]


def _certificate(
    subject: str, key: PrivateKey, issuer: str, issuer_key: PrivateKey, *, authority: bool
) -> x509.Certificate:
    def named(common: str) -> x509.Name:
        country = x509.NameAttribute(NameOID.COUNTRY_NAME, "CZ")
        return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, common)])

    builder = (
        x509.CertificateBuilder(named(issuer), named(subject), key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_ISSUED)
        .not_valid_after(_ENDS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256())


@dataclass
class SampleState:
    """A state with one CSCA and one document signer.

    Args:
        scheme: how the signer signs: "ecdsa", "rsa" (PKCS#1 v1.5) or "rsa-pss".
    """

    scheme: str = "ecdsa"
    _csca_key: PrivateKey = field(init=False, repr=False)
    _signer_key: PrivateKey = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._csca_key = ec.generate_private_key(ec.SECP384R1())
        self._signer_key = (
            ec.generate_private_key(ec.SECP256R1())
            if self.scheme == "ecdsa"
            else rsa.generate_private_key(65537, 2048)
        )
        name = "VZOR CSCA"
        self.csca = _certificate(name, self._csca_key, name, self._csca_key, authority=True)
        self.signer = _certificate(
            "VZOR Document Signer", self._signer_key, name, self._csca_key, authority=False
        )

    def issue(self, person: Person) -> Document:
        """Make the content of a card."""
        private = secrets.randbelow(ecdsa.NIST256p.order - 1) + 1
        public = ec.derive_private_key(private, ec.SECP256R1()).public_key()
        dg1, dg14 = data_group_1(person), data_group_14(public)
        return Document(person.can, dg1, dg14, self.sign({1: dg1, 14: dg14}), private, _CHIP_CURVE)

    def sign(self, groups: dict[int, bytes]) -> bytes:
        """Make an EF.SOD over data groups."""
        hashed = [{"number": n, "value": hashlib.sha256(d).digest()} for n, d in groups.items()]
        content = _SecurityObject(
            {"version": 0, "algorithm": {"algorithm": "sha256"}, "hashes": hashed}
        ).dump()
        return _wrapped(0x77, self._signed_data(content))

    def _signed_data(self, content: bytes) -> bytes:
        certificate = asn1_x509.Certificate.load(
            self.signer.public_bytes(serialization.Encoding.DER)
        )
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [_LDS_OID]},
                {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
            ]
        )
        signer = {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            },
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": self._algorithm(),
            "signature": self._sign(attributes.dump()),
        }
        signed = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {
                "content_type": _LDS_OID,
                "content": core.ParsableOctetString(content),
            },
            "certificates": [certificate],
            "signer_infos": [signer],
        }
        info = {"content_type": "signed_data", "content": cms.SignedData(signed)}
        return bytes(cms.ContentInfo(info).dump())

    def _algorithm(self) -> dict[str, object]:
        if self.scheme == "rsa-pss":
            parameters = {
                "hash_algorithm": {"algorithm": "sha256"},
                "mask_gen_algorithm": {
                    "algorithm": "mgf1",
                    "parameters": {"algorithm": "sha256"},
                },
                "salt_length": 32,
            }
            return {"algorithm": "rsassa_pss", "parameters": parameters}
        return {"algorithm": "sha256_ecdsa" if self.scheme == "ecdsa" else "sha256_rsa"}

    def _sign(self, data: bytes) -> bytes:
        key = self._signer_key
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(hashes.SHA256()))
        if self.scheme == "rsa-pss":
            pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
            return key.sign(data, pss, hashes.SHA256())
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def save(self, directory: Path) -> None:
        """Write csca.pem and a folder for each sample person."""
        directory.mkdir(parents=True, exist_ok=True)
        pem = self.csca.public_bytes(serialization.Encoding.PEM)
        (directory / "csca.pem").write_bytes(pem)
        for name, person in PEOPLE.items():
            self.issue(person).save(directory / name)


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a sample state and its sample cards.")
    parser.add_argument("directory", type=Path)
    SampleState().save(parser.parse_args().directory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
