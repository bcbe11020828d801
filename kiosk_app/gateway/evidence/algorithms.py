"""Signature algorithms by their identifiers (RFC 3279, 4055, 5758); it checks signatures by them.

SHA-1 is taken only where the caller allows it, MD5 never.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.public_keys import MIN_CURVE_BITS, MIN_RSA_BITS, PublicKey
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_SHA2: Final = "6086480165030402"
HASHES: Final[dict[bytes, hashes.HashAlgorithm]] = {
    bytes.fromhex("2B0E03021A"): hashes.SHA1(),  # noqa: S303 - refused unless it is allowed
    bytes.fromhex(_SHA2 + "04"): hashes.SHA224(),
    bytes.fromhex(_SHA2 + "01"): hashes.SHA256(),
    bytes.fromhex(_SHA2 + "02"): hashes.SHA384(),
    bytes.fromhex(_SHA2 + "03"): hashes.SHA512(),
}
_BY_NAME: Final = {algorithm.name: algorithm for algorithm in HASHES.values()}
_PKCS1: Final = bytes.fromhex("2A864886F70D0101")
_PSS: Final = _PKCS1 + b"\x0a"
_MGF1: Final = _PKCS1 + b"\x08"
_RSA: Final = {_PKCS1 + b"\x01": None} | {
    _PKCS1 + bytes((last,)): _BY_NAME[name]
    for last, name in ((5, "sha1"), (14, "sha224"), (11, "sha256"), (12, "sha384"), (13, "sha512"))
}
_ANSI: Final = bytes.fromhex("2A8648CE3D")
_NAMELESS: Final = {_ANSI + b"\x02\x01": None, _ANSI + b"\x04": None}  # as a few states write it
_ECDSA: Final = (
    _NAMELESS
    | {_ANSI + b"\x04\x01": _BY_NAME["sha1"]}
    | {
        _ANSI + b"\x04\x03" + bytes((last,)): _BY_NAME[name]
        for last, name in ((1, "sha224"), (2, "sha256"), (3, "sha384"), (4, "sha512"))
    }
)
_PSS_SALT: Final = 20
_MAX_SALT: Final = 512

Scheme = padding.PKCS1v15 | padding.PSS | ec.ECDSA


@dataclass(frozen=True, slots=True)
class SignatureAlgorithm:
    """How a signature was made; `hash` is the message's."""

    scheme: Scheme
    hash: hashes.HashAlgorithm


def hash_of(identifier: bytes, *, sha1: bool) -> hashes.HashAlgorithm:
    """The hash that an AlgorithmIdentifier (DER) names.

    Raises:
        DerError: it is none.
        EvidenceRefused: UNSUPPORTED.
    """
    found = HASHES.get(der.fields(identifier).take(der.OID).value)
    return accepted_hash(found, sha1=sha1)


def accepted_hash(found: hashes.HashAlgorithm | None, *, sha1: bool) -> hashes.HashAlgorithm:
    """That hash, if it is one that is taken.

    Raises:
        EvidenceRefused: UNSUPPORTED.
    """
    if found is None or found.name not in _BY_NAME or (found.name == "sha1" and not sha1):
        raise EvidenceRefused(RefusalReason.UNSUPPORTED, "A hash is one that is not accepted.")
    return found


def signature_algorithm(
    identifier: bytes, digest: hashes.HashAlgorithm, *, sha1: bool
) -> SignatureAlgorithm:
    """What an AlgorithmIdentifier (DER) of a signature names.

    Args:
        identifier: the AlgorithmIdentifier.
        digest: the hash where the identifier leaves it open ("RSA" alone).
        sha1: whether SHA-1 is accepted.

    Raises:
        DerError: it is none.
        EvidenceRefused: UNSUPPORTED.
    """
    parts = der.fields(identifier)
    oid = parts.take(der.OID).value
    if oid == _PSS:
        return _pss(parts.take(der.SEQUENCE).raw, sha1=sha1)
    if oid in _RSA:
        return SignatureAlgorithm(padding.PKCS1v15(), accepted_hash(_RSA[oid] or digest, sha1=sha1))
    if oid in _ECDSA:
        chosen = accepted_hash(_ECDSA[oid] or digest, sha1=sha1)
        return SignatureAlgorithm(ec.ECDSA(chosen), chosen)
    raise _unsupported()


def _pss(parameters: bytes, *, sha1: bool) -> SignatureAlgorithm:
    """RSASSA-PSS-params of RFC 4055 section 3.1; what is left out is SHA-1 with a salt of 20."""
    parts = der.fields(parameters)
    chosen = mask = _BY_NAME["sha1"]
    salt = _PSS_SALT
    if (named := parts.perhaps(der.CONTEXT_0)) is not None:
        chosen = hash_of(named.value, sha1=sha1)
    if (named := parts.perhaps(der.CONTEXT_1)) is not None:
        mask = _mask(named.value, sha1=sha1)
    if (named := parts.perhaps(der.CONTEXT_2)) is not None:
        salt = der.number(der.only(named.value, der.INTEGER))
    if salt > _MAX_SALT:
        raise _unsupported()
    accepted_hash(mask, sha1=sha1)
    return SignatureAlgorithm(
        padding.PSS(padding.MGF1(mask), salt), accepted_hash(chosen, sha1=sha1)
    )


def _mask(identifier: bytes, *, sha1: bool) -> hashes.HashAlgorithm:
    parts = der.fields(identifier)
    if parts.take(der.OID).value != _MGF1:
        raise _unsupported()
    return hash_of(parts.take(der.SEQUENCE).raw, sha1=sha1)


def check_signature(
    key: PublicKey, algorithm: SignatureAlgorithm, signature: bytes, data: bytes
) -> None:
    """Check a signature.

    Raises:
        EvidenceRefused: BAD_SIGNATURE, or UNSUPPORTED when the key is of another kind or too short
            (ICAO Doc 9303 part 12).
    """
    scheme = algorithm.scheme
    try:
        if isinstance(key, rsa.RSAPublicKey) and not isinstance(scheme, ec.ECDSA):
            if key.key_size < MIN_RSA_BITS:
                raise _unsupported()
            key.verify(signature, data, scheme, algorithm.hash)
        elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(scheme, ec.ECDSA):
            if key.key_size < MIN_CURVE_BITS:
                raise _unsupported()
            key.verify(signature, data, scheme)
        else:
            raise _unsupported()
    except InvalidSignature as error:
        raise EvidenceRefused(RefusalReason.BAD_SIGNATURE, "A signature is wrong.") from error


def hash_named(name: str) -> hashes.HashAlgorithm:
    """The hash of that name of hashlib; KeyError: there is none."""
    return _BY_NAME[name]


def digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    """Hash with one of the accepted hashes."""
    return hashlib.new(algorithm.name, data, usedforsecurity=False).digest()


def _unsupported() -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.UNSUPPORTED, "A signature is made in an unknown way.")
