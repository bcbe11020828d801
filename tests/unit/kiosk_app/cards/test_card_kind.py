"""Answers to reset and what they tell."""

import pytest

from kiosk_app.cards.card_kind import CardKind, card_kind
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.faults import bank_card, library_card
from tests.fakes.virtual_card.chip import Chip


@pytest.mark.parametrize(
    ("atr", "kind"),
    [
        (ContactCard.atr, CardKind.EOBCANKA_CONTACT),
        (Chip.atr, CardKind.CONTACTLESS),
        (library_card().atr, CardKind.CONTACTLESS),
        (bank_card().atr, CardKind.OTHER_CONTACT),
        (b"\x3b\x80\x81\x31", CardKind.OTHER_CONTACT),
        (b"\x3b", CardKind.OTHER_CONTACT),
        (b"\x3f\x80\x80\x01", CardKind.OTHER_CONTACT),
        (b"", CardKind.MUTE),
    ],
)
def test_kind_by_answer_to_reset(atr: bytes, kind: CardKind) -> None:
    assert card_kind(atr) is kind


def test_only_a_contactless_card_wants_a_password() -> None:
    assert [kind for kind in CardKind if kind.wants_password] == [CardKind.CONTACTLESS]
