"""How long answers may be (ISO/IEC 7816-4, Doc 9303 part 10 section 3.11); asks no chip."""

from kiosk_app.cards import tlv

_LENGTHS, _CAPABILITIES, _INTEGER = 0x7F66, 0x47, 0x02
_COMPACT_CAPABILITIES = 0x73
_EXTENDED = 0x40
_SHORT = 256
_HISTORICAL = 0x0F
_WITHOUT_LENGTHS = 2048
_LONGEST = 16_384


def answer_limit(atr_info: bytes) -> int:
    """Read from EF.ATR/INFO the most bytes of an answer: 256, or more with extended length.

    A file that is not what it should be allows nothing.
    """
    try:
        found = {part.tag: part.value for part in tlv.parse(atr_info)}
        lengths = tlv.parse(found.get(_LENGTHS, b""))
    except tlv.TlvError:
        return _SHORT
    if not _says_extended(found.get(_CAPABILITIES, b"")):
        return _SHORT
    if [part.tag for part in lengths] != [_INTEGER, _INTEGER]:
        return _WITHOUT_LENGTHS
    return max(_SHORT, min(int.from_bytes(lengths[1].value, "big"), _LONGEST))


def answer_limit_of_atr(atr: bytes) -> int:
    """Read the same from the historical bytes of an ATR; 256 where they do not say."""
    historical = _historical_bytes(atr)
    if historical[:1] not in {b"\x00", b"\x80"}:
        return _SHORT
    at = 1
    while at < len(historical):
        size = historical[at] & _HISTORICAL
        if historical[at] == _COMPACT_CAPABILITIES:
            value = historical[at + 1 : at + 1 + size]
            return _WITHOUT_LENGTHS if _says_extended(value) else _SHORT
        at += 1 + size
    return _SHORT


def _says_extended(capabilities: bytes) -> bool:
    """Look at the third table of the card capabilities (ISO/IEC 7816-4 section 12.1.1.9)."""
    return len(capabilities) == 3 and bool(capabilities[2] & _EXTENDED)  # noqa: PLR2004 - its tables


def _historical_bytes(atr: bytes) -> bytes:
    """Find the historical bytes behind the interface bytes (ISO/IEC 7816-3 section 8.2)."""
    at, more = 2, atr[1:2]
    size = more[0] & _HISTORICAL if more else 0
    while more:
        present = more[0] >> 4
        at += present.bit_count()
        more = atr[at - 1 : at] if present & 8 else b""
    return atr[at : at + size]
