"""What a document's chip can prove itself by, out of its SecurityInfos; verifies nothing.

ICAO Doc 9303 part 11 section 9.2.
"""

from dataclasses import dataclass, field
from typing import Final

from kiosk_app.cards.icao import curve_names, curves
from kiosk_app.cards.icao.data_groups import parse_dg14
from kiosk_app.cards.icao.security_infos import (
    ChipAuthenticationInfo,
    ChipAuthenticationPublicKey,
    Cipher,
    SecurityInfo,
)
from kiosk_app.gateway.evidence import der

MAX_INFOS: Final = 32
_DG14: Final = 0x6E
_BSI: Final = bytes.fromhex("04007F00070202")
_CHIP_KEYS: Final = _BSI + b"\x01"
_CHIP_AUTHENTICATION: Final = _BSI + b"\x03"
_PACE: Final = _BSI + b"\x04"
_TRIPLE_DES: Final = _CHIP_AUTHENTICATION + b"\x02\x01"
_ACTIVE: Final = bytes.fromhex("678108010105")
_PLAIN_ECDSA: Final = bytes.fromhex("04007F000701010401")
_ACTIVE_HASHES: Final = {1: "sha1", 2: "sha224", 3: "sha256", 4: "sha384", 5: "sha512"}


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A chip's static key together with the protocol that uses it.

    Attributes:
        oid: the protocol's object identifier, its content bytes.
        point: the public point, uncompressed.
    """

    oid: bytes
    cipher: Cipher
    key_id: int | None
    curve: curves.Curve
    point: bytes


@dataclass(frozen=True, slots=True)
class ChipOffers:
    """What EF.DG14 says.

    Attributes:
        chip_authentication: it is offered, with keys known here or not.
        chip_keys: what the gateway can use of it.
        pace: the PACEInfos and their parameters, each as its bytes.
        active_hash: the hash of active authentication with ECDSA, a name of hashlib.
    """

    chip_authentication: bool = False
    chip_keys: tuple[ChipKey, ...] = ()
    pace: frozenset[bytes] = field(default_factory=frozenset)
    active_hash: str | None = None


def read_offers(dg14: bytes) -> ChipOffers:
    """Read EF.DG14.

    Raises:
        DerError, TlvError, SecurityInfoError: it is malformed.
    """
    infos = der.inside(der.only(dg14, _DG14).value, der.SET, MAX_INFOS)
    oids = [der.fields(info.raw).take(der.OID).value for info in infos]
    offered = any(oid.startswith((_CHIP_KEYS, _CHIP_AUTHENTICATION)) for oid in oids)
    return ChipOffers(
        chip_authentication=offered,
        chip_keys=_chip_keys(parse_dg14(dg14)),
        pace=_pace_of(infos),
        active_hash=_active_hash(infos),
    )


def pace_infos(security_infos: bytes) -> frozenset[bytes]:
    """The PACEInfos and their parameters in a SET OF SecurityInfo, each as its bytes.

    Raises:
        DerError: it is none.
    """
    return _pace_of(der.inside(security_infos, der.SET, MAX_INFOS))


def _pace_of(infos: tuple[der.Node, ...]) -> frozenset[bytes]:
    return frozenset(
        info.raw for info in infos if der.fields(info.raw).take(der.OID).value.startswith(_PACE)
    )


def _chip_keys(infos: tuple[SecurityInfo, ...]) -> tuple[ChipKey, ...]:
    """Join protocols and keys by their key id; curves that are not ours are passed over.

    Where there is one key, either side may leave the id out (it is needed
    for several). A key without any protocol beside it is one for 3DES, as first editions had it.
    """
    protocols = [info for info in infos if isinstance(info, ChipAuthenticationInfo)]
    keys = [info for info in infos if isinstance(info, ChipAuthenticationPublicKey)]
    pairs = [(info, key) for info in protocols for key in keys if _fit(info, key, len(keys))]
    joined = {id(key) for _info, key in pairs}
    pairs += [
        (ChipAuthenticationInfo(_TRIPLE_DES, Cipher.TRIPLE_DES, key.key_id), key)
        for key in keys
        if id(key) not in joined
    ]
    return tuple(
        ChipKey(info.oid, info.cipher, info.key_id, curve, key.point)
        for info, key in pairs
        if (curve := _curve(key)) is not None
    )


def _fit(info: ChipAuthenticationInfo, key: ChipAuthenticationPublicKey, keys: int) -> bool:
    left_out = keys == 1 and None in {info.key_id, key.key_id}
    return left_out or info.key_id == key.key_id


def _curve(key: ChipAuthenticationPublicKey) -> curves.Curve | None:
    try:
        return curve_names.by_der(key.parameters)
    except curves.CurveError:
        return None


def _active_hash(infos: tuple[der.Node, ...]) -> str | None:
    """ActiveAuthenticationInfo: version 1 and a plain ECDSA signature of BSI TR-03111."""
    for info in infos:
        parts = der.fields(info.raw)
        if parts.take(der.OID).value == _ACTIVE:
            parts.take(der.INTEGER)
            oid = parts.take(der.OID).value
            return _ACTIVE_HASHES.get(oid[-1]) if oid[:-1] == _PLAIN_ECDSA else None
    return None
