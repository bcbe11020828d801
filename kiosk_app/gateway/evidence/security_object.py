"""EF.SOD (ICAO Doc 9303 part 10 section 4.6.2): who signed which hashes; pins no issuer."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes

from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.algorithms import digest, hash_of
from kiosk_app.gateway.evidence.certificate import Certificate, Certificates
from kiosk_app.gateway.evidence.reading import refusing
from kiosk_app.gateway.evidence.signed_data import open_signed_data
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

MAX_SIZE: Final = 32_768
_TAG: Final = 0x77
_LDS_SECURITY_OBJECT: Final = bytes.fromhex("678108010101")
_LAST_GROUP: Final = 16
_VERSION_1: Final = 1


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """What a document signer signed.

    Attributes:
        signer: its certificate; its own issuer is still to be checked.
        hash: the hash of the data groups.
        groups: the hash of each data group by its number.
    """

    signer: Certificate
    hash: hashes.HashAlgorithm
    groups: Mapping[int, bytes]

    def vouches_for(self, number: int, data: bytes) -> bool:
        """Tell whether a data group is the one that was signed."""
        expected = self.groups.get(number)
        return expected is not None and hmac.compare_digest(expected, digest(self.hash, data))


def open_security_object(
    sod: bytes, certificates: Certificates | None = None, *, sha1: bool = False
) -> SecurityObject:
    """Check the signature of EF.SOD under the certificate inside it.

    Args:
        sod: EF.SOD, as read.
        certificates: reads certificates, and remembers them.
        sha1: whether SHA-1 is accepted.

    Raises:
        EvidenceRefused: malformed, of unknown algorithms, or the signature is wrong.
    """
    if len(sod) > MAX_SIZE:
        raise EvidenceRefused(RefusalReason.MALFORMED, "EF.SOD is too long.")
    with refusing("EF.SOD"):
        signed = open_signed_data(
            der.only(sod, _TAG).value,
            _LDS_SECURITY_OBJECT,
            certificates or Certificates(),
            sha1=sha1,
        )
        return _hashes(signed.content, signed.signer, sha1=sha1)


def _hashes(content: bytes, signer: Certificate, *, sha1: bool) -> SecurityObject:
    """LDSSecurityObject: version 0, or 1 with the version of the data structure behind."""
    parts = der.fields(content)
    version = der.number(parts.take(der.INTEGER))
    algorithm = hash_of(parts.take(der.SEQUENCE).raw, sha1=sha1)
    listed = der.nodes(parts.take(der.SEQUENCE).value, _LAST_GROUP)
    lds_version = parts.perhaps(der.SEQUENCE)
    parts.end()
    if version > _VERSION_1 or (version == _VERSION_1) != (lds_version is not None):
        raise _malformed("EF.SOD is of an unknown version.")
    groups: dict[int, bytes] = {}
    for node in listed:
        pair = der.fields(node.raw)
        number = der.number(pair.take(der.INTEGER))
        if number in groups or not 1 <= number <= _LAST_GROUP:
            raise _malformed("A data group occurs twice in EF.SOD, or there is none such.")
        groups[number] = pair.take(der.OCTET_STRING).value
    return SecurityObject(signer, algorithm, groups)


def _malformed(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(RefusalReason.MALFORMED, sentence)
