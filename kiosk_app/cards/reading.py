"""Reads the card that lies open, whichever of the two kinds it is; believes none of it."""

import secrets
from datetime import date
from typing import assert_never

from kiosk_app.cards import mrz
from kiosk_app.cards.apdu import Transmit
from kiosk_app.cards.card_kind import CardKind, card_kind
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading, read_chip
from kiosk_app.cards.eobcanka.contact_card import (
    ContactCardReading,
    is_contact_card,
    read_contact_card,
)
from kiosk_app.cards.icao.opening import Chance
from kiosk_app.cards.icao.passwords import Password

CardReading = ChipReading | ContactCardReading


def read_card(
    transmit: Transmit,
    atr: bytes,
    password: Password | None,
    chance: Chance = secrets.token_bytes,
) -> CardReading:
    """Read an ICAO chip with its password, or the contact chip of an eObčanka without one.

    Args:
        transmit: sends one APDU (``OpenCard.transmit``).
        atr: the card's answer to reset (``OpenCard.atr``).
        password: what opens an ICAO chip; a contact chip is not asked for one.
        chance: as ``read_chip``.

    Raises:
        CardProblem: with the cause that the citizen is told; an ICAO chip without a password is
            WRONG_CAN, a contact chip of another trade UNSUPPORTED.
    """
    kind = card_kind(atr)
    if kind is CardKind.EOBCANKA_CONTACT:
        return read_contact_card(transmit)
    if kind is not CardKind.CONTACTLESS and is_contact_card(transmit):
        return read_contact_card(transmit)
    if password is not None:
        return read_chip(transmit, password, atr, chance)
    if kind is CardKind.CONTACTLESS:
        raise CardProblem(CardCause.WRONG_CAN, "This card is opened by its CAN or printed lines.")
    raise CardProblem(CardCause.UNSUPPORTED, "The chip is not one of an identity card.")


def expired(reading: CardReading, today: date) -> bool:
    """Tell whether a card is past its last day, by what it says itself."""
    match reading:
        case ChipReading():
            return mrz.expired(reading.mrz, today)
        case ContactCardReading():
            return reading.facts.expired(today)
        case _ as unreachable:
            assert_never(unreachable)


def refuse_expired(reading: CardReading, today: date) -> None:
    """Let no expired card go on to the gateway, which would refuse it as well.

    Raises:
        CardProblem: EXPIRED.
    """
    if expired(reading, today):
        raise CardProblem(CardCause.EXPIRED, "The card has expired.")
