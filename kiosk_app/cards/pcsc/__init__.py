"""The door to PC/SC: readers' states and cards in use; it understands no card."""

from kiosk_app.cards.pcsc.card import PATIENCE, OpenCard, Patience, open_card
from kiosk_app.cards.pcsc.readers import (
    PcscStatusSource,
    PcscUnavailable,
    ReaderStatus,
    StatusSource,
    statuses,
)

__all__ = [
    "PATIENCE",
    "OpenCard",
    "Patience",
    "PcscStatusSource",
    "PcscUnavailable",
    "ReaderStatus",
    "StatusSource",
    "open_card",
    "statuses",
]
