"""EF.SOD (ICAO Doc 9303 part 10 section 4.6.2, RFC 5652): its signer and hashes; pins no issuer."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kiosk_app.cards import tlv
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_TAG = 0x77
_LDS_SECURITY_OBJECT = "2.23.136.1.1.1"
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_MIN_RSA_BITS = 2048
_UNREADABLE = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)


class _DataGroupHash(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [("number", core.Integer), ("value", core.OctetString)]  # noqa: RUF012 - its form


class _DataGroupHashes(core.SequenceOf):  # type: ignore[misc] # asn1crypto is untyped
    _child_spec = _DataGroupHash


class _LdsVersion(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [("lds", core.PrintableString), ("unicode", core.PrintableString)]  # noqa: RUF012 - its form


class _LdsSecurityObject(core.Sequence):  # type: ignore[misc] # asn1crypto is untyped
    _fields = [  # noqa: RUF012 - asn1crypto's form
        ("version", core.Integer),
        ("algorithm", algos.DigestAlgorithm),
        ("hashes", _DataGroupHashes),
        ("lds_version", _LdsVersion, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """What a document signer signed.

    Attributes:
        signer: its certificate; its own issuer is still to be checked.
        algorithm: the hash of the data groups, a name of hashlib.
        groups: the hash of each data group by its number.
    """

    signer: x509.Certificate
    algorithm: str
    groups: dict[int, bytes]

    def vouches_for(self, number: int, data: bytes) -> bool:
        """Tell whether a data group is the one that was signed."""
        expected = self.groups.get(number)
        found = hashlib.new(self.algorithm, data).digest()
        return expected is not None and hmac.compare_digest(expected, found)


def open_security_object(sod: bytes) -> SecurityObject:
    """Check the signature of EF.SOD under the certificate inside it.

    Raises:
        EvidenceRefused: malformed, of unknown algorithms, or the signature is wrong.
    """
    with refusing():
        info = cms.ContentInfo.load(tlv.value_of(sod, _TAG), strict=True)
        if info["content_type"].native != "signed_data":
            raise _malformed("EF.SOD is not signed data.")
        signed = info["content"]
        if len(signed["signer_infos"]) != 1:
            raise _malformed("EF.SOD has not exactly one signer.")
        if signed["encap_content_info"]["content_type"].dotted != _LDS_SECURITY_OBJECT:
            raise _malformed("EF.SOD signs something else than data group hashes.")
        content = bytes(signed["encap_content_info"]["content"])
        signer = signed["signer_infos"][0]
        certificate = _certificate(signed, signer["sid"])
        _check_attributes(signer, content)
        _check_signature(signer, certificate)
        return _hashes(content, certificate)


@contextmanager
def refusing() -> Iterator[None]:
    """Refuse what the ASN.1 libraries cannot read; they parse late and raise what they like.

    Raises:
        EvidenceRefused: instead of what the libraries raised.
    """
    try:
        yield
    except InvalidSignature as error:
        raise EvidenceRefused(
            RefusalReason.BAD_SIGNATURE, "The signature of EF.SOD is wrong."
        ) from error
    except UnsupportedAlgorithm as error:
        raise _unsupported("The signer's key is of an unknown kind.") from error
    except _UNREADABLE as error:
        raise _malformed("EF.SOD is not DER of the announced structure.") from error


def _certificate(signed: cms.SignedData, sid: cms.SignerIdentifier) -> x509.Certificate:
    for choice in signed["certificates"]:
        if choice.name == "certificate" and _identifies(sid, choice.chosen):
            return x509.load_der_x509_certificate(choice.chosen.dump())
    raise _malformed("EF.SOD does not hold its signer's certificate.")


def _identifies(sid: cms.SignerIdentifier, certificate: cms.Certificate) -> bool:
    if sid.name == "subject_key_identifier":
        return bool(certificate.key_identifier == sid.native)
    same_issuer = sid.chosen["issuer"] == certificate.issuer
    return bool(same_issuer and sid.chosen["serial_number"].native == certificate.serial_number)


def _check_attributes(signer: cms.SignerInfo, content: bytes) -> None:
    attributes = {str(a["type"].native): a["values"] for a in signer["signed_attrs"]}
    if len(attributes) != len(signer["signed_attrs"]):
        raise _malformed("A signed attribute of EF.SOD occurs twice.")
    digests, kinds = attributes["message_digest"], attributes["content_type"]
    if len(digests) != 1 or len(kinds) != 1 or kinds[0].dotted != _LDS_SECURITY_OBJECT:
        raise _malformed("The signed attributes of EF.SOD are not those of its content.")
    found = hashlib.new(_hash_name(signer["digest_algorithm"]), content).digest()
    if not hmac.compare_digest(found, digests[0].native):
        raise EvidenceRefused(
            RefusalReason.CHANGED, "The content of EF.SOD is not the one that was signed."
        )


def _hash_name(algorithm: algos.DigestAlgorithm) -> str:
    name = str(algorithm["algorithm"].native)
    if name not in _HASHES:
        raise _unsupported("EF.SOD uses a hash that is not accepted.")
    return name


def _check_signature(signer: cms.SignerInfo, certificate: x509.Certificate) -> None:
    signed = signer["signed_attrs"].untag().dump()
    signature: bytes = signer["signature"].native
    algorithm = signer["signature_algorithm"]
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and algorithm.signature_algo == "ecdsa":
        key.verify(signature, signed, ec.ECDSA(_signature_hash(signer)))
    elif isinstance(key, rsa.RSAPublicKey) and key.key_size >= _MIN_RSA_BITS:
        key.verify(signature, signed, _rsa_padding(algorithm), _signature_hash(signer))
    else:
        raise _unsupported("EF.SOD is signed in a way that is not accepted.")


def _signature_hash(signer: cms.SignerInfo) -> hashes.HashAlgorithm:
    """Take the hash that the signature names; plain "RSA" leaves it to the digest algorithm."""
    algorithm = signer["signature_algorithm"]
    if algorithm["algorithm"].native in {"rsassa_pkcs1v15", "ecdsa"}:
        return _HASHES[_hash_name(signer["digest_algorithm"])]
    name = str(algorithm.hash_algo)
    if name not in _HASHES:
        raise _unsupported("EF.SOD is signed with a hash that is not accepted.")
    return _HASHES[name]


def _rsa_padding(algorithm: algos.SignedDigestAlgorithm) -> padding.AsymmetricPadding:
    if algorithm.signature_algo == "rsassa_pkcs1v15":
        return padding.PKCS1v15()
    if algorithm.signature_algo != "rsassa_pss":
        raise _unsupported("EF.SOD is signed in a way that is not accepted.")
    parameters = algorithm["parameters"]
    mask = str(parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native)
    if mask not in _HASHES:
        raise _unsupported("EF.SOD is signed with a hash that is not accepted.")
    return padding.PSS(padding.MGF1(_HASHES[mask]), int(parameters["salt_length"].native))


def _hashes(content: bytes, signer: x509.Certificate) -> SecurityObject:
    security_object = _LdsSecurityObject.load(content, strict=True)
    groups = {
        int(group["number"].native): bytes(group["value"].native)
        for group in security_object["hashes"]
    }
    if len(groups) != len(security_object["hashes"]):
        raise _malformed("A data group occurs twice in EF.SOD.")
    return SecurityObject(signer, _hash_name(security_object["algorithm"]), groups)


def _malformed(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.MALFORMED, sentence)


def _unsupported(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.UNSUPPORTED, sentence)
