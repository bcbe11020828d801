"""CMS SignedData (RFC 5652) of one signer: its signature and its certificate; pins no issuer.

The signing time that a signer may state is not looked at: who forges a signature states any time.
"""

import hmac
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives import hashes

from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.algorithms import (
    SignatureAlgorithm,
    check_signature,
    digest,
    hash_of,
    signature_algorithm,
)
from kiosk_app.gateway.evidence.certificate import Certificate, Certificates
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_SIGNED_DATA: Final = bytes.fromhex("2A864886F70D010702")
_CONTENT_TYPE: Final = bytes.fromhex("2A864886F70D010903")
_MESSAGE_DIGEST: Final = bytes.fromhex("2A864886F70D010904")
_MAX_CERTIFICATES: Final = 16
_VERSIONS: Final = {1, 3, 4, 5}


@dataclass(frozen=True, slots=True)
class Signed:
    """What somebody signed.

    Attributes:
        content: the signed bytes.
        signer: the certificate of the key that signed; its own issuer is still to be checked.
    """

    content: bytes = field(repr=False)
    signer: Certificate


@dataclass(frozen=True, slots=True)
class _SignerInfo:
    sid: der.Node
    digest: hashes.HashAlgorithm
    attributes: der.Node
    algorithm: SignatureAlgorithm
    signature: bytes


def open_signed_data(
    data: bytes, content_type: bytes, certificates: Certificates, *, sha1: bool
) -> Signed:
    """Check the signature of a ContentInfo (DER) under the certificate inside it.

    Args:
        data: the ContentInfo.
        content_type: the object identifier of what must have been signed, its content bytes.
        certificates: reads certificates, and remembers them.
        sha1: whether signatures over SHA-1 are accepted.

    Raises:
        DerError: it is not DER of that structure.
        EvidenceRefused: MALFORMED, UNSUPPORTED, CHANGED or BAD_SIGNATURE.
    """
    content, present, infos = _parts(data, content_type)
    signer = _signer_info(infos, sha1=sha1)
    _check_attributes(signer, content, content_type)
    certificate = _signer(signer.sid, present, certificates)
    signed = b"\x31" + signer.attributes.raw[1:]  # as a SET OF (RFC 5652 section 5.4)
    check_signature(certificate.key(), signer.algorithm, signer.signature, signed)
    return Signed(content, certificate)


def _parts(
    data: bytes, content_type: bytes
) -> tuple[bytes, tuple[bytes, ...], tuple[der.Node, ...]]:
    """Content, certificates and SignerInfos of a ContentInfo."""
    outer = der.fields(data)
    if outer.take(der.OID).value != _SIGNED_DATA:
        raise _malformed("This is not signed data.")
    signed = der.fields(outer.take(der.CONTEXT_0).value)
    if der.number(signed.take(der.INTEGER)) not in _VERSIONS:
        raise _malformed("The signed data are of an unknown version.")
    signed.take(der.SET)  # the hashes; each signer names its own again
    encapsulated = der.fields(signed.take(der.SEQUENCE).raw)
    if encapsulated.take(der.OID).value != content_type:
        raise _malformed("Something else was signed.")
    content = der.only(encapsulated.take(der.CONTEXT_0).value, der.OCTET_STRING).value
    given = signed.perhaps(der.CONTEXT_0)
    present = () if given is None else der.nodes(given.value, _MAX_CERTIFICATES)
    signed.perhaps(der.CONTEXT_1)  # revocation lists; only our own are believed
    infos = der.nodes(signed.take(der.SET).value)
    signed.end()
    return content, tuple(node.raw for node in present if node.tag == der.SEQUENCE), infos


def _signer_info(infos: tuple[der.Node, ...], *, sha1: bool) -> _SignerInfo:
    if len(infos) != 1:
        raise _malformed("There is not exactly one signer.")
    parts = der.fields(infos[0].raw)
    parts.take(der.INTEGER)
    sid = parts.take(der.SEQUENCE, der.CONTEXT_0_PLAIN)
    hashed = hash_of(parts.take(der.SEQUENCE).raw, sha1=sha1)
    attributes = parts.take(der.CONTEXT_0)
    algorithm = signature_algorithm(parts.take(der.SEQUENCE).raw, hashed, sha1=sha1)
    return _SignerInfo(sid, hashed, attributes, algorithm, parts.take(der.OCTET_STRING).value)


def _check_attributes(signer: _SignerInfo, content: bytes, content_type: bytes) -> None:
    attributes: dict[bytes, tuple[der.Node, ...]] = {}
    for node in der.nodes(signer.attributes.value):
        parts = der.fields(node.raw)
        oid = parts.take(der.OID).value
        if oid in attributes:
            raise _malformed("A signed attribute occurs twice.")
        attributes[oid] = der.nodes(parts.take(der.SET).value)
    kinds, digests = attributes.get(_CONTENT_TYPE, ()), attributes.get(_MESSAGE_DIGEST, ())
    if [(kind.tag, kind.value) for kind in kinds] != [(der.OID, content_type)]:
        raise _malformed("The signed attributes are not those of the content.")
    if len(digests) != 1 or not hmac.compare_digest(
        digest(signer.digest, content), digests[0].value
    ):
        raise EvidenceRefused(RefusalReason.CHANGED, "The content is not the one that was signed.")


def _signer(sid: der.Node, present: tuple[bytes, ...], certificates: Certificates) -> Certificate:
    """The certificate that the signer identifier means."""
    found, unread = _read(present, certificates)
    if sid.tag == der.CONTEXT_0_PLAIN:
        meant = [one for one in found if one.key_identifier == sid.value]
    else:
        parts = der.fields(sid.raw)
        issuer, serial = parts.take(der.SEQUENCE).raw, der.number(parts.take(der.INTEGER))
        # Some states write the issuer's name with other kinds of strings than in the certificate.
        meant = sorted(
            (one for one in found if one.serial == serial),
            key=lambda one: one.parsed.issuer.public_bytes() != issuer,
        )
    if not meant:
        raise unread or _malformed("The signer's certificate is not there.")
    return meant[0]


def _read(
    present: tuple[bytes, ...], certificates: Certificates
) -> tuple[list[Certificate], EvidenceRefused | None]:
    """Those that can be read, and why another one cannot: it may be nobody's here."""
    found, unread = [], None
    for one in present:
        try:
            found.append(certificates.read(one))
        except EvidenceRefused as refused:
            unread = refused
    return found, unread


def _malformed(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.MALFORMED, sentence)
