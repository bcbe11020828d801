"""Which kind of card lies on a reader, by its answer to reset alone; sends nothing to it."""

from enum import StrEnum

EOBCANKA_ATR = bytes.fromhex("3B7E9400008025D20310010056000000020200")
"""The contact chip of the Czech identity cards issued since July 2018; protocol T=0."""

_DIRECT, _CONTACTLESS_T0, _CONTACTLESS_TD = 0x3B, 0x80, 0x01


class CardKind(StrEnum):
    """What a card can be at first sight; only reading it tells for sure."""

    EOBCANKA_CONTACT = "eobcanka-contact"
    CONTACTLESS = "contactless"
    OTHER_CONTACT = "other-contact"
    MUTE = "mute"

    @property
    def wants_password(self) -> bool:
        """Whether the card must be told its CAN or machine readable zone before it is read."""
        return self is CardKind.CONTACTLESS


def card_kind(atr: bytes) -> CardKind:
    """Tell a card's kind by its answer to reset; an empty one is a card that says nothing.

    A reader makes up the answer of a contactless card: 3B 8n 80 01 … (PC/SC part 3,
    section 3.1.3.2.3).
    """
    if not atr:
        return CardKind.MUTE
    if atr == EOBCANKA_ATR:
        return CardKind.EOBCANKA_CONTACT
    if atr[0] == _DIRECT and atr[1:2] and atr[1] & 0xF0 == _CONTACTLESS_T0:
        made_up = atr[2:4] == bytes((_CONTACTLESS_T0, _CONTACTLESS_TD))
        return CardKind.CONTACTLESS if made_up else CardKind.OTHER_CONTACT
    return CardKind.OTHER_CONTACT
