"""The slots of a virtual reader for the tests here: lays cards down and waits for them."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.causes import CardProblem
from tests.fakes.card_reader import READER, READER_NAME, CardReader, shared_card_reader
from tests.fakes.virtual_card.slot import Card, Slot

PATIENCE = 15.0


@dataclass
class CardRig:
    """The reader with its first slot, empty at first; a second slot on demand."""

    reader: CardReader
    slot: Slot
    _stack: ExitStack

    def lay(self, card: Card) -> str:
        """Lay a card down, another first taken away, and name the reader once it has seen it."""
        if _lying():
            self.slot.take()
            self.wait_until(present=False)
        self.slot.put(card)
        self.wait_until(present=True)
        return READER_NAME

    def second_slot(self) -> Slot:
        """Give the other slot of the reader."""
        return self._stack.enter_context(closing(Slot(self.reader.directory, number=1)))

    def wait_until(self, *, present: bool) -> None:
        """Wait until the service sees the first slot with a card, or every slot empty."""
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
        slot = stack.enter_context(closing(Slot(reader.directory)))
        rig = CardRig(reader, slot, stack)
        rig.wait_until(present=False)
        assert pcsc.statuses()[0].name.startswith(READER)
        yield rig
