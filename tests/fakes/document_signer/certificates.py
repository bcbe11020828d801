"""Certificates and revocation lists of a sample state (ICAO Doc 9303 part 12 section 7)."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ISSUED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
ENDS = dt.datetime(2039, 1, 1, tzinfo=dt.UTC)
_MASTER_LIST_SIGNER = x509.ObjectIdentifier("2.23.136.1.1.3")
_SALT = 32


def name_of(common: str) -> x509.Name:
    """Name a subject of the sample country."""
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "CZ")
    return x509.Name([country, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certificate(
    subject: str,
    key: PrivateKey,
    issuer: str,
    issuer_key: PrivateKey,
    *,
    authority: bool,
    pss: bool = False,
    master_list: bool = False,
) -> x509.Certificate:
    """Certify a key; with ``pss`` an RSA issuer uses PSS, ``master_list`` allows to sign those."""
    builder = (
        x509.CertificateBuilder(name_of(issuer), name_of(subject), key.public_key())
        .serial_number(_serial(subject, key))
        .not_valid_before(ISSUED)
        .not_valid_after(ENDS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(authority=authority), critical=True)
    )
    if master_list:
        purpose = x509.ExtendedKeyUsage([_MASTER_LIST_SIGNER])
        builder = builder.add_extension(purpose, critical=True)
    if isinstance(issuer_key, rsa.RSAPrivateKey):
        return builder.sign(issuer_key, hashes.SHA256(), rsa_padding=_padding(pss=pss))
    return builder.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=True)


def _serial(subject: str, key: PrivateKey) -> int:
    """Number a certificate by what it certifies, so that a seeded state is always the same."""
    encoded = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return int.from_bytes(hashlib.sha256(subject.encode() + encoded).digest()[:16], "big") >> 1 | 1


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


def _padding(*, pss: bool) -> padding.PSS | padding.PKCS1v15:
    return padding.PSS(padding.MGF1(hashes.SHA256()), _SALT) if pss else padding.PKCS1v15()


def revocation_list(
    issuer: str,
    key: PrivateKey,
    revoked: Sequence[x509.Certificate],
    *,
    pss: bool = False,
    updated: dt.datetime = ISSUED,
    next_update: dt.datetime = ENDS,
) -> x509.CertificateRevocationList:
    """Sign a list of revoked certificates."""
    builder = x509.CertificateRevocationListBuilder(name_of(issuer), updated, next_update)
    builder = builder.add_extension(x509.CRLNumber(1), critical=False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
    )
    for certified in revoked:
        entry = x509.RevokedCertificateBuilder(certified.serial_number, ISSUED).build()
        builder = builder.add_revoked_certificate(entry)
    if isinstance(key, rsa.RSAPrivateKey):
        return builder.sign(key, hashes.SHA256(), rsa_padding=_padding(pss=pss))
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)


def sign(key: PrivateKey, data: bytes, *, pss: bool) -> bytes:
    """Sign bytes as a document signer does."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    return key.sign(data, _padding(pss=pss), hashes.SHA256())
