"""SecurityInfos and keys of a document: DG14, DG15 and the content of EF.CardSecurity."""

from collections.abc import Sequence

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.fakes.virtual_card.cryptography_of_chip import OPENSSL_CURVES, tlv
from tests.fakes.virtual_card.document import ChipKey
from tests.fakes.virtual_card.profile import Offer

_BSI = bytes.fromhex("04007F00070202")
_PUBLIC_KEY = _BSI + b"\x01\x02"
_CHIP_AUTHENTICATION = _BSI + b"\x03\x02"
_LAST_ARC = {112: 1, 128: 2, 192: 3, 256: 4}
_ACTIVE_AUTHENTICATION = bytes.fromhex("678108010105")
_PLAIN_ECDSA = bytes.fromhex("04007F000701010401")
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
    offers: Sequence[Offer], keys: Sequence[ChipKey], active_hash: str | None
) -> tuple[bytes, ...]:
    """List what DG14 says of a chip: PACE, chip authentication, ECDSA of active authentication."""
    infos = [offer.info() for offer in offers]
    for key in keys:
        infos += [_chip_info(key.bits, key.key_id), key_info(key)]
    if active_hash is not None:
        infos.append(_active_info(active_hash))
    return tuple(infos)


def key_info(key: ChipKey) -> bytes:
    """Encode the ChipAuthenticationPublicKeyInfo of a private key."""
    private = ec.derive_private_key(key.private, OPENSSL_CURVES[key.curve])
    return _key_info(private.public_key(), key.key_id)


def _key_info(public: ec.EllipticCurvePublicKey, key_id: int | None) -> bytes:
    return tlv(0x30, tlv(0x06, _PUBLIC_KEY) + _subject_key(public) + _reference(key_id))


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
