"""The slots of a virtual reader for the tests here: lays cards down and waits for them."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.cards.reading import CardReading, read_card
from tests.fakes.card_reader import READER_NAME, CardReader, shared_card_reader
from tests.fakes.virtual_card.changing import Changing
from tests.fakes.virtual_card.slot import Card, Slot

PATIENCE = 15.0
CAN = Can("123456")


class CardRig:
    """The reader with its two slots, which are empty at first."""

    def __init__(self, reader: CardReader, stack: ExitStack) -> None:
        self.reader = reader
        self._stack = stack
        self._lying: Changing | None = None

    @cached_property
    def slot(self) -> Slot:
        """The first slot."""
        return self._stack.enter_context(closing(Slot(self.reader.directory)))

    @cached_property
    def second_slot(self) -> Slot:
        """The other one."""
        return self._stack.enter_context(closing(Slot(self.reader.directory, number=1)))

    def lay(self, card: Card) -> str:
        """Lay a card down, another first taken away, and name the reader once it has seen it."""
        if _lying():
            self.slot.take()
            self.wait_until(present=False)
        self.slot.put(card)
        self.wait_until(present=True)
        return READER_NAME

    def change(self, card: Card) -> str:
        """Lay a card down as ``lay`` does, but at once where one that looks like it lies there.

        The reader does not see the change: only for tests of what is read.
        """
        lying = self._lying
        if lying is not None and self.slot.holds(lying) and lying.atr == card.atr:
            lying.change(card)
            return READER_NAME
        self._lying = Changing(card)
        return self.lay(self._lying)

    def wait_until(self, *, present: bool) -> None:
        """Wait until the service sees a card in a slot, or none in any."""
        deadline = time.monotonic() + PATIENCE
        while _lying() != present:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def _lying() -> bool | None:
    try:
        return any(status.present for status in pcsc.statuses())
    except CardProblem:  # the service is not back yet
        return None


@contextmanager
def card_rig(patch: pytest.MonkeyPatch) -> Iterator[CardRig]:
    """Let this process see a virtual reader without cards; it is left without cards."""
    reader = shared_card_reader()
    for name, value in reader.environment.items():
        patch.setenv(name, value)
    with ExitStack() as stack:
        rig = CardRig(reader, stack)
        rig.wait_until(present=False)
        yield rig


def read(name: str, patience: pcsc.Patience = pcsc.PATIENCE) -> CardReading:
    """Read Jana's card, or a contact card, on a reader."""
    with pcsc.open_card(name, patience) as card:
        return read_card(card.transmit, card.atr, CAN)


def cause(name: str, patience: pcsc.Patience = pcsc.PATIENCE) -> CardCause:
    """Say why the card on a reader cannot be read."""
    with pytest.raises(CardProblem) as caught:
        read(name, patience)
    return caught.value.cause
