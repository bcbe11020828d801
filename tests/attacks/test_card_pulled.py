"""A card pulled away, or falling silent, in the middle of the reading; over real pcscd."""

import threading
import time
from collections.abc import Iterator

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from tests.fakes.card_reader import shared_card_reader
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card import faults
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.slot import Card, Slot

DOCUMENT = SampleState().issue(JANA)
PATIENCE = 10.0


@pytest.fixture
def slot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slot]:
    reader = shared_card_reader()
    for name, value in reader.environment.items():
        monkeypatch.setenv(name, value)
    slot = Slot(reader.directory)
    yield slot
    slot.close()


def lay(slot: Slot, card: Card) -> str:
    """Lay a card down and wait until PC/SC has seen it."""
    deadline = time.monotonic() + PATIENCE
    while any(status.present for status in pcsc.statuses()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    slot.put(card)
    while True:
        for status in pcsc.statuses():
            if status.present:
                return status.name
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("commands", [0, 1, 4, 7, 9, 14, 17])
def test_pulled_after_any_number_of_commands(slot: Slot, commands: int) -> None:
    name = lay(slot, faults.taken_after(Chip(DOCUMENT), commands))
    with pytest.raises(CardProblem) as caught, pcsc.open_card(name) as card:
        read_chip(card.transmit, Can("123456"))
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY


SET_AT = bytes.fromhex("002241A4028000")


def test_pulled_during_the_relay(slot: Slot) -> None:
    name = lay(slot, faults.taken_after(Chip(DOCUMENT), 19))
    with pcsc.open_card(name) as card:
        reading = read_chip(card.transmit, Can("123456"))
        with pytest.raises(CardProblem) as caught:
            reading.relay([SET_AT] * 4, [])
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY


def test_a_mute_card_ends_with_the_readers_patience(slot: Slot) -> None:
    name = lay(slot, faults.mute(Chip(DOCUMENT), seconds=0.5))
    with pytest.raises(CardProblem) as caught, pcsc.open_card(name) as card:
        read_chip(card.transmit, Can("123456"))
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY


@pytest.mark.parametrize("commands", [0, 5])
def test_a_card_that_asks_for_more_time_for_ever(slot: Slot, commands: int) -> None:
    told = threading.Event()
    name = lay(slot, faults.silent(Chip(DOCUMENT), told, commands))
    with (
        pytest.raises(CardProblem) as caught,
        pcsc.open_card(name, pcsc.Patience(answer=0.3)) as card,
    ):
        read_chip(card.transmit, Can("123456"))
    assert caught.value.cause is CardCause.TURNED_OVER
    with pytest.raises(CardProblem) as again, pcsc.open_card(name, pcsc.Patience(answer=0.3)):
        pass
    assert again.value.cause is CardCause.TURNED_OVER
    slot.take()
    told.set()
    _read_next(slot)


def test_a_card_that_answers_each_command_slowly(slot: Slot) -> None:
    name = lay(slot, Chip(DOCUMENT))
    patience = pcsc.Patience(answer=5.0, whole=0.0)
    with pytest.raises(CardProblem) as caught, pcsc.open_card(name, patience) as card:
        read_chip(card.transmit, Can("123456"))
    assert caught.value.cause is CardCause.TURNED_OVER
    slot.take()
    _read_next(slot)


def _read_next(slot: Slot) -> None:
    name = lay(slot, Chip(DOCUMENT))
    with pcsc.open_card(name) as card:
        assert read_chip(card.transmit, Can("123456")).sod == DOCUMENT.sod


def test_the_next_card_is_read_as_if_nothing_had_been(slot: Slot) -> None:
    name = lay(slot, faults.taken_after(Chip(DOCUMENT), 6))
    with pytest.raises(CardProblem), pcsc.open_card(name) as card:
        read_chip(card.transmit, Can("123456"))
    slot.take()
    _read_next(slot)
