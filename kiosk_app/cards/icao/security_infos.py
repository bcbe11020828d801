"""SecurityInfos of EF.CardAccess and DG14 (ICAO Doc 9303 part 11 section 9.2); verifies nothing."""

from dataclasses import dataclass
from enum import Enum

from kiosk_app.cards import tlv

MAX_SIZE = 8192

_OID, _INTEGER, _BIT_STRING, _SEQUENCE, _SET = 0x06, 0x02, 0x03, 0x30, 0x31
_BSI = bytes.fromhex("04007F00070202")
_PK_ECDH = _BSI + b"\x01\x02"
_CA_ECDH = _BSI + b"\x03\x02"
_PACE = _BSI + b"\x04"
_PACE_VERSION = 2
_INTEGER_BYTES = 20


class SecurityInfoError(ValueError):
    """The SecurityInfos are not DER of the announced structure."""


class Cipher(Enum):
    """Block cipher of a protocol, weakest first; the value ends its object identifiers."""

    TRIPLE_DES = 1
    AES_128 = 2
    AES_192 = 3
    AES_256 = 4

    @property
    def key_size(self) -> int:
        """Bytes of a key; those of 3DES are two keys of DES, the first used twice."""
        return {1: 16, 2: 16, 3: 24, 4: 32}[self.value]

    @property
    def block_size(self) -> int:
        """Bytes of a block."""
        return 8 if self is Cipher.TRIPLE_DES else 16

    @property
    def strength(self) -> int:
        """Bits of security."""
        return {1: 112, 2: 128, 3: 192, 4: 256}[self.value]


class Mapping(Enum):
    """How PACE makes its generator; the value is the arc of the object identifier for ECDH."""

    GENERIC = 2
    INTEGRATED = 4
    CHIP_AUTHENTICATION = 6


_FINITE_FIELD_MAPPINGS = {1, 3}
_MAPPINGS = {mapping.value: mapping for mapping in Mapping}
_CIPHERS = {cipher.value: cipher for cipher in Cipher}


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """PACE with ECDH that the chip offers.

    Attributes:
        oid: the protocol's object identifier, its content bytes.
        parameter_id: the standardised domain parameters; None when proprietary.
    """

    oid: bytes
    mapping: Mapping
    cipher: Cipher
    parameter_id: int | None


@dataclass(frozen=True, slots=True)
class UnknownPaceInfo:
    """PACE that the chip offers and that is not spoken here.

    Attributes:
        oid: the protocol's object identifier, its content bytes.
        finite_field: it agrees on keys in a finite field instead of on a curve.
    """

    oid: bytes
    finite_field: bool


@dataclass(frozen=True, slots=True)
class ChipAuthenticationInfo:
    """Chip authentication with ECDH."""

    oid: bytes
    cipher: Cipher
    key_id: int | None


@dataclass(frozen=True, slots=True)
class ChipAuthenticationPublicKey:
    """A chip's static ECDH key.

    Attributes:
        parameters: the AlgorithmIdentifier's parameters in DER (a named curve or explicit ones).
        point: the public point, uncompressed.
    """

    parameters: bytes
    point: bytes
    key_id: int | None


SecurityInfo = PaceInfo | UnknownPaceInfo | ChipAuthenticationInfo | ChipAuthenticationPublicKey


def parse_security_infos(data: bytes) -> tuple[SecurityInfo, ...]:
    """Read the SecurityInfos that this language knows; others are passed over.

    Raises:
        SecurityInfoError: not a SET OF SecurityInfo, or one of ours is malformed.
    """
    try:
        infos = [_parse(item) for item in _items(data)]
    except tlv.TlvError as error:
        raise SecurityInfoError(f"SecurityInfos: {error}") from error
    return tuple(info for info in infos if info is not None)


def count_pace_infos(infos: tuple[SecurityInfo, ...]) -> int:
    """Count the PACEInfo of any kind: with more than one, MSE:Set AT must name its parameters."""
    return sum(isinstance(info, PaceInfo | UnknownPaceInfo) for info in infos)


def _items(data: bytes) -> tuple[tlv.Tlv, ...]:
    header = tlv.parse_header(data, MAX_SIZE)
    if header.tag != _SET or header.total > len(data):
        raise SecurityInfoError("SecurityInfos are not a complete SET.")
    return tlv.parse(data[header.size : header.total])


def _parse(item: tlv.Tlv) -> SecurityInfo | None:
    fields = tlv.parse(item.value)
    if item.tag != _SEQUENCE or not fields or fields[0].tag != _OID:
        raise SecurityInfoError("A SecurityInfo does not begin with its object identifier.")
    oid = fields[0].value
    if oid == _PK_ECDH:
        return _public_key(fields)
    if oid[:-2] == _PACE:
        return _pace(oid, fields)
    cipher = _CIPHERS.get(oid[-1]) if oid[:-1] == _CA_ECDH else None
    if cipher is None:
        return None
    return ChipAuthenticationInfo(oid, cipher, _integer(fields, 2))


def _pace(oid: bytes, fields: tuple[tlv.Tlv, ...]) -> SecurityInfo:
    """Read PACEInfo: the identifier's last two arcs name mapping and cipher."""
    mapping, cipher = _MAPPINGS.get(oid[-2]), _CIPHERS.get(oid[-1])
    weak = cipher is Cipher.TRIPLE_DES and mapping is Mapping.CHIP_AUTHENTICATION
    version, parameter_id = _integer(fields, 1), _integer(fields, 2)
    if mapping is None or cipher is None or weak or version != _PACE_VERSION:
        return UnknownPaceInfo(oid, oid[-2] in _FINITE_FIELD_MAPPINGS)
    return PaceInfo(oid, mapping, cipher, parameter_id)


def _integer(fields: tuple[tlv.Tlv, ...], index: int) -> int | None:
    if len(fields) <= index:
        return None
    field = fields[index]
    if field.tag != _INTEGER or not 1 <= len(field.value) <= _INTEGER_BYTES:
        raise SecurityInfoError("A number of a SecurityInfo is none, or longer than 20 bytes.")
    return int.from_bytes(field.value, "big")


def _public_key(fields: tuple[tlv.Tlv, ...]) -> ChipAuthenticationPublicKey:
    """Read ChipAuthenticationPublicKeyInfo: a SubjectPublicKeyInfo and a key id."""
    if len(fields) < 2 or fields[1].tag != _SEQUENCE:  # noqa: PLR2004 - identifier and key
        raise SecurityInfoError("A ChipAuthenticationPublicKeyInfo has no SubjectPublicKeyInfo.")
    parts = tlv.parse(fields[1].value)
    if [part.tag for part in parts] != [_SEQUENCE, _BIT_STRING]:
        raise SecurityInfoError("A SubjectPublicKeyInfo is not an algorithm and a key.")
    algorithm = tlv.parse(parts[0].value)
    if len(algorithm) != 2 or parts[1].value[:1] != b"\x00":  # noqa: PLR2004 - name, parameters
        raise SecurityInfoError("A chip's key has no parameters, or not a whole number of bytes.")
    parameters = tlv.encode(algorithm[1].tag, algorithm[1].value)
    return ChipAuthenticationPublicKey(parameters, parts[1].value[1:], _integer(fields, 2))
