"""Chooses how a chip is opened (ICAO Doc 9303 part 11 section 4.2); sends nothing."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk_app.cards.icao import curves
from kiosk_app.cards.icao.security_infos import (
    Cipher,
    Mapping,
    PaceInfo,
    SecurityInfo,
    UnknownPaceInfo,
    count_pace_infos,
    parse_security_infos,
)

_MAPPING_ORDER = (Mapping.INTEGRATED, Mapping.GENERIC, Mapping.CHIP_AUTHENTICATION)
_FIELD_ONLY = "The document offers PACE in finite fields only; here it is spoken on curves."
_UNKNOWN_ONLY = "The document offers no variant of PACE that is known here."
_NONE = "The document offers no PACE."


class AccessError(ValueError):
    """There is no way into this chip; the sentence says why."""


class DowngradeError(AccessError):
    """The signed data group 14 offers more than was shown before the chip was opened."""


class AccessProtocol(StrEnum):
    """How a chip was opened."""

    PACE_GENERIC = "pace-generic"
    PACE_INTEGRATED = "pace-integrated"
    PACE_CHIP_AUTHENTICATION = "pace-chip-authentication"
    BAC = "bac"


_PROTOCOLS = {
    Mapping.GENERIC: AccessProtocol.PACE_GENERIC,
    Mapping.INTEGRATED: AccessProtocol.PACE_INTEGRATED,
    Mapping.CHIP_AUTHENTICATION: AccessProtocol.PACE_CHIP_AUTHENTICATION,
}


@dataclass(frozen=True, slots=True)
class PaceVariant:
    """One way of PACE that both sides know.

    Attributes:
        info: what the chip offers.
        curve: its standardised domain parameters.
        named: the chip offers several, so MSE:Set AT names the chosen parameters.
    """

    info: PaceInfo
    curve: curves.Curve
    named: bool

    @property
    def protocol(self) -> AccessProtocol:
        """The variant's mapping, by name."""
        return _PROTOCOLS[self.info.mapping]


def choose_pace(card_access: bytes) -> PaceVariant:
    """Take the strongest variant of PACE that both sides know.

    Args:
        card_access: EF.CardAccess, a SET OF SecurityInfo.

    Raises:
        SecurityInfoError: not SecurityInfos.
        AccessError: there is none; the sentence says what is there instead.
    """
    variants = _variants(card_access)
    if not variants:
        raise AccessError(_why_none(parse_security_infos(card_access)))
    return max(variants, key=_strength)


def choose_pace_cam(card_access: bytes) -> PaceVariant | None:
    """Take the strongest variant with chip authentication mapping, or None.

    Raises:
        SecurityInfoError: not SecurityInfos.
    """
    cam = [
        variant
        for variant in _variants(card_access)
        if variant.info.mapping is Mapping.CHIP_AUTHENTICATION
    ]
    return max(cam, key=_strength, default=None)


def check_no_downgrade(used: PaceVariant | None, infos: tuple[SecurityInfo, ...]) -> None:
    """Compare what was used with the PACEInfo of data group 14, which the signer vouches for.

    A data group 14 without any PACEInfo says nothing: some issuers leave them out. One that lacks
    the used variant says nothing either: nobody is harmed by more than was promised.

    Args:
        used: the variant of PACE, or None after BAC.
        infos: those of data group 14.

    Raises:
        DowngradeError: PACE was hidden, or a stronger variant of it was.
    """
    if used is None:
        if any(isinstance(info, PaceInfo | UnknownPaceInfo) for info in infos):
            raise DowngradeError("The document has PACE, and something hid it.")
        return
    known = [variant for info in infos if (variant := _variant(info, named=False)) is not None]
    if any(_strength(variant) > _strength(used) for variant in known):
        raise DowngradeError("The document has a stronger PACE, and something hid it.")


def _variants(card_access: bytes) -> list[PaceVariant]:
    infos = parse_security_infos(card_access)
    named = count_pace_infos(infos) > 1
    found = (_variant(info, named=named) for info in infos)
    return [variant for variant in found if variant is not None]


def _variant(info: SecurityInfo, *, named: bool) -> PaceVariant | None:
    if not isinstance(info, PaceInfo):
        return None
    curve = curves.by_parameter_id(info.parameter_id)
    if curve is None or (info.mapping is Mapping.INTEGRATED and not curve.encodes):
        return None
    return PaceVariant(info, curve, named)


def _strength(variant: PaceVariant) -> tuple[bool, int, int, int, int]:
    """AES before 3DES, then the weaker of cipher and curve, then each, then the mapping."""
    cipher, bits = variant.info.cipher, variant.curve.order.bit_length() // 2
    return (
        cipher is not Cipher.TRIPLE_DES,
        min(cipher.strength, bits),
        cipher.strength,
        bits,
        _MAPPING_ORDER.index(variant.info.mapping),
    )


def _why_none(infos: tuple[SecurityInfo, ...]) -> str:
    unknown = [info for info in infos if isinstance(info, UnknownPaceInfo)]
    if unknown and all(info.finite_field for info in unknown):
        return _FIELD_ONLY
    return _UNKNOWN_ONLY if unknown or infos else _NONE
