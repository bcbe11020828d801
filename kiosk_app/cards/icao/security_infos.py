"""SecurityInfos of EF.CardAccess and DG14 (ICAO Doc 9303 part 11 section 9.2); verifies nothing."""

from dataclasses import dataclass
from enum import Enum

from kiosk_app.cards import tlv

MAX_SIZE = 8192

_OID, _INTEGER, _BIT_STRING, _SEQUENCE, _SET = 0x06, 0x02, 0x03, 0x30, 0x31
_BSI = bytes.fromhex("04007F00070202")
_PK_ECDH = _BSI + b"\x01\x02"
_CA_ECDH = _BSI + b"\x03\x02"
_PACE_ECDH_GM = _BSI + b"\x04\x02"
_INTEGER_BYTES = 4


class SecurityInfoError(ValueError):
    """The SecurityInfos are not DER of the announced structure."""


class Cipher(Enum):
    """AES-CBC with CMAC; the value is the key's length in bytes."""

    AES_128 = 16
    AES_192 = 24
    AES_256 = 32


_CIPHERS = {2: Cipher.AES_128, 3: Cipher.AES_192, 4: Cipher.AES_256}


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """PACE with ECDH, generic mapping and AES that the chip offers.

    Attributes:
        oid: the protocol's object identifier, its content bytes.
        parameter_id: the standardised domain parameters; None when proprietary.
    """

    oid: bytes
    cipher: Cipher
    parameter_id: int | None


@dataclass(frozen=True, slots=True)
class ChipAuthenticationInfo:
    """Chip authentication with ECDH and AES, version 1 commands."""

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


SecurityInfo = PaceInfo | ChipAuthenticationInfo | ChipAuthenticationPublicKey


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


def count_pace_infos(data: bytes) -> int:
    """Count the PACEInfo of any kind: with more than one, MSE:Set AT must name its parameters.

    Raises:
        SecurityInfoError: as ``parse_security_infos``.
    """
    try:
        oids = [tlv.parse(item.value)[:1] for item in _items(data)]
    except tlv.TlvError as error:
        raise SecurityInfoError(f"SecurityInfos: {error}") from error
    pace = _PACE_ECDH_GM[:-1]
    # A PACEInfo's identifier names mapping and cipher; a PACEDomainParameterInfo's does not.
    return sum(oid[0].value[:-2] == pace for oid in oids if oid)


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
    cipher = _CIPHERS.get(oid[-1]) if oid else None
    if cipher is None:
        return None
    if oid[:-1] == _PACE_ECDH_GM:
        return PaceInfo(oid, cipher, _integer(fields, 2))
    if oid[:-1] == _CA_ECDH:
        return ChipAuthenticationInfo(oid, cipher, _integer(fields, 2))
    return None


def _integer(fields: tuple[tlv.Tlv, ...], index: int) -> int | None:
    if len(fields) <= index:
        return None
    field = fields[index]
    if field.tag != _INTEGER or not 1 <= len(field.value) <= _INTEGER_BYTES:
        raise SecurityInfoError("A number of a SecurityInfo is none, or longer than four bytes.")
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
