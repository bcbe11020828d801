"""Recorded conversations over real pcscd: the kiosk reads them, and their floor is measured."""

import time
from collections.abc import Iterator

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.chip import ChipReading
from tests.fakes.apdu_scripts.floor import floor
from tests.fakes.apdu_scripts.recording import read_as_recorded
from tests.fakes.apdu_scripts.script import load
from tests.fakes.apdu_scripts.script_card import ScriptCard
from tests.fakes.card_reader import READER_NAME, shared_card_reader
from tests.fakes.virtual_card.slot import Slot

PATIENCE = 15.0


@pytest.fixture
def slot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slot]:
    reader = shared_card_reader()
    for name, value in reader.environment.items():
        monkeypatch.setenv(name, value)
    slot = Slot(reader.directory)
    yield slot
    slot.close()


def lay(slot: Slot, card: ScriptCard, *, present: bool = True) -> None:
    if present:
        slot.put(card)
    else:
        slot.take()
    deadline = time.monotonic() + PATIENCE
    while any(status.present for status in pcsc.statuses()) is not present:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["jana", "old-passport"])
def test_a_script_is_read_and_its_floor_measured_on_the_same_reader(slot: Slot, name: str) -> None:
    script = load(name)
    card = ScriptCard(script)
    lay(slot, card)
    with pcsc.open_card(READER_NAME) as opened:
        assert isinstance(read_as_recorded(name, opened.transmit, opened.atr), ChipReading)
        assert card.finished  # here: the end of the session resets the card
    lay(slot, card, present=False)
    lay(slot, card)
    with pcsc.open_card(READER_NAME) as opened:
        assert floor(script, opened.transmit) > 0
    lay(slot, card, present=False)
