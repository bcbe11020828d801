"""SecurityInfos and keys of a document: DG14, DG15 and the content of EF.CardSecurity."""

from collections.abc import Sequence

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.fakes.virtual_card.cryptography_of_chip import (
    CURVES,
    OPENSSL_CURVES,
    point_bytes,
    tlv,
)
from tests.fakes.virtual_card.document import ChipKey
from tests.fakes.virtual_card.profile import Offer

_BSI = bytes.fromhex("04007F00070202")
_PUBLIC_KEY = _BSI + b"\x01\x02"
_CHIP_AUTHENTICATION = _BSI + b"\x03\x02"
_LAST_ARC = {112: 1, 128: 2, 192: 3, 256: 4}
_ACTIVE_AUTHENTICATION = bytes.fromhex("678108010105")
_PLAIN_ECDSA = bytes.fromhex("04007F000701010401")
_EC_KEY, _PRIME_FIELD = bytes.fromhex("2A8648CE3D0201"), bytes.fromhex("2A8648CE3D0101")
_PLAIN_ARC = {"sha256": 3, "sha384": 4, "sha512": 5}

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


def data_group_14(public: ec.EllipticCurvePublicKey) -> bytes:
    """Announce chip authentication with ECDH and AES-128, and the chip's key."""
    return group_14((_chip_info(128, None), _key_info(public, None)))


def group_14(infos: Sequence[bytes]) -> bytes:
    """Wrap SecurityInfos as EF.DG14."""
    return tlv(0x6E, security_infos(infos))


def security_infos(infos: Sequence[bytes]) -> bytes:
    """Put SecurityInfos into their set, in the order of DER."""
    return tlv(0x31, b"".join(sorted(infos)))


def announced(
    offers: Sequence[Offer],
    keys: Sequence[ChipKey],
    active_hash: str | None,
    *,
    explicit: bool = False,
) -> tuple[bytes, ...]:
    """List what DG14 says of a chip: PACE, chip authentication, ECDSA of active authentication.

    Args:
        offers: its variants of PACE.
        keys: its keys of chip authentication.
        active_hash: the hash of active authentication with ECDSA; None: there is none.
        explicit: the curves of the keys are given in all their numbers, not by name.
    """
    infos = [offer.info() for offer in offers]
    for key in keys:
        infos += [_chip_info(key.bits, key.key_id), key_info(key, explicit=explicit)]
    if active_hash is not None:
        infos.append(_active_info(active_hash))
    return tuple(infos)


def key_info(key: ChipKey, *, explicit: bool = False) -> bytes:
    """Encode the ChipAuthenticationPublicKeyInfo of a private key."""
    public = ec.derive_private_key(key.private, OPENSSL_CURVES[key.curve]).public_key()
    if not explicit:
        return _key_info(public, key.key_id)
    subject_key = explicit_key(public, key.curve)
    return tlv(0x30, tlv(0x06, _PUBLIC_KEY) + subject_key + _reference(key.key_id))


def _key_info(public: ec.EllipticCurvePublicKey, key_id: int | None) -> bytes:
    return tlv(0x30, tlv(0x06, _PUBLIC_KEY) + _subject_key(public) + _reference(key_id))


def explicit_key(public: ec.EllipticCurvePublicKey, curve: int) -> bytes:
    """Encode a key with ECParameters (RFC 3279 section 2.3.5), as Doc 9303 asks of chips."""
    numbers = CURVES[curve]
    size = (numbers.order.bit_length() + 7) // 8
    equation = numbers.curve
    prime = int(equation.p())
    field = tlv(0x06, _PRIME_FIELD) + _number(prime)
    coefficients = (int(equation.a()) % prime, int(equation.b()))
    parameters = tlv(
        0x30,
        b"\x02\x01\x01"
        + tlv(0x30, field)
        + tlv(0x30, b"".join(tlv(0x04, part.to_bytes(size, "big")) for part in coefficients))
        + tlv(0x04, point_bytes(numbers.generator))
        + _number(int(numbers.order))
        + b"\x02\x01\x01",
    )
    encoded = public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    algorithm = tlv(0x30, tlv(0x06, _EC_KEY) + parameters)
    return tlv(0x30, algorithm + tlv(0x03, b"\x00" + encoded))


def _number(value: int) -> bytes:
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _chip_info(bits: int, key_id: int | None) -> bytes:
    oid = _CHIP_AUTHENTICATION + bytes((_LAST_ARC[bits],))
    return tlv(0x30, tlv(0x06, oid) + b"\x02\x01\x01" + _reference(key_id))


def _active_info(name: str) -> bytes:
    algorithm = tlv(0x06, _PLAIN_ECDSA + bytes((_PLAIN_ARC[name],)))
    return tlv(0x30, tlv(0x06, _ACTIVE_AUTHENTICATION) + b"\x02\x01\x01" + algorithm)


def _reference(key_id: int | None) -> bytes:
    return b"" if key_id is None else tlv(0x02, bytes((key_id,)))


def data_group_15(public: PublicKey) -> bytes:
    """Wrap the public key of active authentication as EF.DG15."""
    return tlv(0x6F, _subject_key(public))


def _subject_key(public: PublicKey) -> bytes:
    return public.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
