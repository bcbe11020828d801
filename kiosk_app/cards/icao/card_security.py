"""EF.CardSecurity (Doc 9303 part 11 section 9.2.11): its SecurityInfos; checks no signature."""

from kiosk_app.cards import tlv
from kiosk_app.cards.icao.security_infos import (
    SecurityInfo,
    SecurityInfoError,
    parse_security_infos,
)

_OID, _OCTET_STRING, _SEQUENCE, _EXPLICIT = 0x06, 0x04, 0x30, 0xA0
_SIGNED_DATA = bytes.fromhex("2A864886F70D010702")
_SECURITY_OBJECT = bytes.fromhex("04007F0007030201")


def parse_card_security(data: bytes) -> tuple[SecurityInfo, ...]:
    """Read the SecurityInfos that EF.CardSecurity signs.

    Raises:
        SecurityInfoError: not signed SecurityInfos.
    """
    try:
        return parse_security_infos(_signed(data))
    except tlv.TlvError as error:
        raise SecurityInfoError(f"EF.CardSecurity: {error}") from error


def _signed(data: bytes) -> bytes:
    """Follow ContentInfo and SignedData (RFC 5652 sections 3 and 5.1) to the content."""
    outer = tlv.value_of(data, _SEQUENCE)
    content = tlv.value_of(outer, _EXPLICIT, _SEQUENCE, _SEQUENCE)
    kinds = (tlv.value_of(outer, _OID), tlv.value_of(content, _OID))
    if kinds != (_SIGNED_DATA, _SECURITY_OBJECT):
        raise SecurityInfoError("EF.CardSecurity signs something else than SecurityInfos.")
    return tlv.value_of(content, _EXPLICIT, _OCTET_STRING)
