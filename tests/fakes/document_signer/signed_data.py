"""CMS signed data (RFC 5652) as EF.SOD, EF.CardSecurity and master lists are; signs with no key."""

import hashlib
from collections.abc import Callable, Sequence

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization

LDS_SECURITY_OBJECT = "2.23.136.1.1.1"
MASTER_LIST = "2.23.136.1.1.2"
CARD_SECURITY = "0.4.0.127.0.7.3.2.1"


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


class _Certificates(core.SetOf):  # type: ignore[misc] # asn1crypto is untyped
    _child_spec = asn1_x509.Certificate


class _MasterList(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [("version", core.Integer), ("certificates", _Certificates)]  # noqa: RUF012 - asn1crypto's form


def security_object(groups: dict[int, bytes]) -> bytes:
    """Encode the hashes of data groups."""
    hashed = [{"number": n, "value": hashlib.sha256(d).digest()} for n, d in groups.items()]
    algorithm = {"algorithm": "sha256"}
    content = _SecurityObject({"version": 0, "algorithm": algorithm, "hashes": hashed})
    return bytes(content.dump())


def certificate_list(certificates: Sequence[x509.Certificate]) -> bytes:
    """Encode a CscaMasterList (ICAO Doc 9303 part 12 section 9)."""
    listed = _Certificates([_loaded(certificate) for certificate in certificates])
    return bytes(_MasterList({"version": 0, "certificates": listed}).dump())


def signed_data(
    content: bytes,
    kind: str,
    certificates: Sequence[x509.Certificate],
    sign: Callable[[bytes], bytes],
    algorithm: dict[str, object],
) -> bytes:
    """Sign content.

    Args:
        content: what is signed.
        kind: the object identifier of the content.
        certificates: the signer's first.
        sign: signs the DER of the signed attributes.
        algorithm: the signature algorithm as asn1crypto takes it.
    """
    signer = _loaded(certificates[0])
    digest = hashlib.sha256(content).digest()
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [kind]},
            {"type": "message_digest", "values": [digest]},
        ]
    )
    info = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": signer.issuer,
                "serial_number": signer.serial_number,
            }
        },
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": algorithm,
        "signature": sign(attributes.dump()),
    }
    return _content_info(content, kind, certificates, info)


def _content_info(
    content: bytes, kind: str, certificates: Sequence[x509.Certificate], info: dict[str, object]
) -> bytes:
    signed = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {
            "content_type": kind,
            "content": core.ParsableOctetString(content),
        },
        "certificates": [_loaded(certificate) for certificate in certificates],
        "signer_infos": [info],
    }
    whole = {"content_type": "signed_data", "content": cms.SignedData(signed)}
    return bytes(cms.ContentInfo(whole).dump())


def _loaded(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
