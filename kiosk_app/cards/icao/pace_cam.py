"""Chip authentication mapping of PACE (ICAO Doc 9303 part 11 section 4.4.3.5); checks no signature.

Its generator is made by the generic mapping; what is more is the chip's proof, checked here.
"""

import hmac

from kiosk_app.cards.icao import curve_names, curves
from kiosk_app.cards.icao.ciphers import decrypt, encrypt, unpad
from kiosk_app.cards.icao.security_infos import ChipAuthenticationPublicKey, SecurityInfo
from kiosk_app.cards.icao.session_keys import SessionKeys


class ChipDataError(ValueError):
    """The chip has not proved that it holds its static key."""


def static_point(curve: curves.Curve, infos: tuple[SecurityInfo, ...]) -> bytes:
    """Find the chip's static public key on the curve that PACE ran on.

    Args:
        curve: of the variant that was used.
        infos: those of EF.CardSecurity.

    Raises:
        ChipDataError: there is none.
        CurveError: a key's curve is not one of ours.
    """
    keys = (info for info in infos if isinstance(info, ChipAuthenticationPublicKey))
    found = next((key.point for key in keys if curve_names.by_der(key.parameters) == curve), None)
    if found is None:
        raise ChipDataError("EF.CardSecurity has no key on the curve that PACE ran on.")
    return found


def check(
    curve: curves.Curve, keys: SessionKeys, hidden: bytes, static: bytes, mapping: bytes
) -> None:
    """Check that the chip's mapping key was made with its static key.

    Args:
        curve: the domain parameters of both keys.
        keys: those that PACE agreed on.
        hidden: the encrypted chip authentication data (data object 8A).
        static: the chip's static public key from EF.CardSecurity, uncompressed.
        mapping: the public key that the chip mapped the nonce with, uncompressed.

    Raises:
        ChipDataError: it was not.
    """
    number = int.from_bytes(open_chip_data(keys, hidden, curve.order_size), "big")
    try:
        proved = curves.multiply(curve, static, number)
    except curves.CurveError as error:
        raise ChipDataError(f"The chip's proof: {error}") from error
    if not hmac.compare_digest(proved, mapping):
        raise ChipDataError("The chip's mapping key was not made with its static key.")


def open_chip_data(keys: SessionKeys, hidden: bytes, size: int) -> bytes:
    """Decrypt the chip authentication data of ``size`` bytes.

    Raises:
        ChipDataError: not whole blocks of padded data of that size.
    """
    block = keys.cipher.block_size
    if not hidden or len(hidden) % block:
        raise ChipDataError("The chip's proof is not whole blocks.")
    iv = encrypt(keys.cipher, keys.encryption, bytes(block), b"\xff" * block)
    data = unpad(decrypt(keys.cipher, keys.encryption, iv, hidden))
    if data is None or len(data) != size:
        raise ChipDataError("The chip's proof has not the length of the curve's order.")
    return data
