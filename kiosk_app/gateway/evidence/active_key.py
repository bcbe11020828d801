"""EF.DG15 (ICAO Doc 9303 part 10 section 4.7.15): the key of active authentication; no use."""

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from kiosk_app.gateway.evidence import der
from kiosk_app.gateway.evidence.public_keys import PublicKey, read_public_key
from kiosk_app.gateway.refusal import EvidenceRefused, RefusalReason

_TAG: Final = 0x6F
MIN_RSA_BITS: Final = 1024
"""Below what signatures must have: the keys of many chips in use are as short."""


@dataclass(frozen=True, slots=True)
class ActiveKey:
    """A chip's key of active authentication.

    Attributes:
        hash: of ECDSA, a name of hashlib; RSA names its own in each signature.
    """

    key: PublicKey
    hash: str | None


def read_active_key(dg15: bytes, hash_name: str | None) -> ActiveKey:
    """Read EF.DG15.

    Args:
        dg15: as read.
        hash_name: the hash that ActiveAuthenticationInfo in EF.DG14 names.

    Raises:
        DerError: it is malformed.
        EvidenceRefused: UNSUPPORTED or MALFORMED.
    """
    key = read_public_key(der.only(dg15, _TAG).value)
    short = isinstance(key, rsa.RSAPublicKey) and key.key_size < MIN_RSA_BITS
    nameless = not isinstance(key, rsa.RSAPublicKey) and hash_name is None
    if short or nameless:
        raise EvidenceRefused(
            RefusalReason.UNSUPPORTED, "The chip's active authentication is of no known kind."
        )
    return ActiveKey(key, hash_name)
