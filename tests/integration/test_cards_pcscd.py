"""Cards over a real pcscd: the watch, its restarts, other readers, two slots."""

import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk_app.cards import pcsc
from kiosk_app.cards.card_kind import CardKind
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import ChipReading
from kiosk_app.cards.eobcanka.contact_card import ContactCardReading
from kiosk_app.cards.events import (
    CardEvent,
    CardInserted,
    CardRemoved,
    ReaderMissing,
    ReaderReady,
)
from kiosk_app.cards.monitor import CardMonitor
from kiosk_app.cards.reading import read_card
from tests.fakes.card_reader import READER_NAME, SECOND_SLOT_NAME
from tests.fakes.document_signer import SampleState
from tests.fakes.eobcanka_card import faults as contact_faults
from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import content_of
from tests.fakes.eobcanka_card.state import ContactCardState
from tests.fakes.virtual_card.all_samples import make
from tests.integration.card_rig import CAN, PATIENCE, CardRig, card_rig, cause, read

STATE = SampleState()
CONTENT = content_of(ContactCardState())
CONTACT = CardKind.EOBCANKA_CONTACT
Inbox = queue.Queue[CardEvent]
NO_HURRY = pcsc.Patience(answer=60.0, whole=60.0)
"""Where the end of the service is to be told: on a busy machine it takes its time to end."""


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[CardRig]:
    with card_rig(monkeypatch) as rig:
        yield rig


@contextmanager
def watching() -> Iterator[Inbox]:
    events: Inbox = queue.Queue()
    monitor = CardMonitor(events.put)
    monitor.start()
    try:
        yield events
    finally:
        monitor.stop()


@pytest.fixture
def inbox(rig: CardRig) -> Iterator[Inbox]:
    assert rig.reader.pid
    with watching() as events:
        assert events.get(timeout=PATIENCE) == ReaderReady((READER_NAME, SECOND_SLOT_NAME))
        yield events


# ------------------------------------------------------------------ the watch


def test_a_card_comes_and_goes(rig: CardRig, inbox: Inbox) -> None:
    for _ in range(3):
        rig.slot.put(make("jana", STATE))
        assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
        rig.slot.take()
        assert inbox.get(timeout=PATIENCE) == CardRemoved(READER_NAME)


def test_a_card_that_lies_there_at_start_is_told(rig: CardRig) -> None:
    rig.lay(make("jana", STATE))
    with watching() as events:
        assert isinstance(events.get(timeout=PATIENCE), ReaderReady)
        assert events.get(timeout=PATIENCE) == CardInserted(READER_NAME, at_start=True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("jana-contact", CardKind.EOBCANKA_CONTACT),
        ("bank", CardKind.OTHER_CONTACT),
        ("turned-over", CardKind.MUTE),
        ("library", CardKind.CONTACTLESS),
    ],
)
def test_the_kind_is_told_with_the_card(
    rig: CardRig, inbox: Inbox, name: str, kind: CardKind
) -> None:
    rig.slot.put(make(name, STATE))
    assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME, kind=kind)


def test_pcscd_killed_and_started_again(rig: CardRig, inbox: Inbox) -> None:
    rig.slot.put(make("jana", STATE))
    assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
    rig.reader.restart()
    assert inbox.get(timeout=PATIENCE) == CardRemoved(READER_NAME)
    assert inbox.get(timeout=PATIENCE) == ReaderMissing()
    assert isinstance(inbox.get(timeout=PATIENCE), ReaderReady)
    again = inbox.get(timeout=PATIENCE)
    assert isinstance(again, CardInserted)
    assert isinstance(read(again.reader), ChipReading)


def test_pcscd_killed_while_a_card_is_read(rig: CardRig) -> None:
    told = threading.Event()

    def kill(count: int, _command: bytes, answer: bytes | None) -> bytes | None:
        if count == 5:
            rig.reader.kill()
            told.set()
        return answer

    name = rig.lay(contact_faults.Faulty(ContactCard(CONTENT), kill))
    try:
        assert cause(name, NO_HURRY) is CardCause.READER_MISSING
        assert told.wait(PATIENCE)
    finally:
        rig.reader.start()


def test_readers_go_and_others_come(rig: CardRig, inbox: Inbox) -> None:
    try:
        rig.reader.restart(None)
        assert inbox.get(timeout=PATIENCE) == ReaderMissing()
        rig.reader.restart("Another reader")
        others = ("Another reader 00 00", "Another reader 00 01")
        assert inbox.get(timeout=PATIENCE) == ReaderReady(others)
        rig.slot.put(make("jana-contact", STATE))
        assert inbox.get(timeout=PATIENCE) == CardInserted(others[0], kind=CONTACT)
        assert isinstance(read(others[0]), ContactCardReading)
    finally:
        rig.slot.take()
        rig.reader.restart()


# ------------------------------------------------------------------ two readers


def test_a_card_on_each_of_two_readers(rig: CardRig, inbox: Inbox) -> None:
    """The order of the events says which card was put down last; each is read on its own."""
    second = rig.second_slot
    rig.slot.put(make("jana", STATE))
    assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
    second.put(make("karel-contact", STATE))
    assert inbox.get(timeout=PATIENCE) == CardInserted(SECOND_SLOT_NAME, kind=CONTACT)
    with pcsc.open_card(READER_NAME) as one, pcsc.open_card(SECOND_SLOT_NAME) as other:
        contactless = read_card(one.transmit, one.atr, CAN)
        contact = read_card(other.transmit, other.atr, None)
    assert isinstance(contactless, ChipReading)
    assert isinstance(contact, ContactCardReading)
    assert (contactless.mrz.given_names, contact.facts.given_names) == ("JANA", "KAREL")


def test_the_card_in_use_is_taken_and_the_other_stays(rig: CardRig, inbox: Inbox) -> None:
    second = rig.second_slot
    rig.slot.put(make("jana", STATE))
    assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
    second.put(make("karel-contact", STATE))
    assert inbox.get(timeout=PATIENCE) == CardInserted(SECOND_SLOT_NAME, kind=CONTACT)
    with pcsc.open_card(SECOND_SLOT_NAME) as card:
        second.take()
        assert inbox.get(timeout=PATIENCE) == CardRemoved(SECOND_SLOT_NAME)
        with pytest.raises(CardProblem) as caught:
            read_card(card.transmit, card.atr, None)
    assert caught.value.cause is CardCause.TAKEN_TOO_EARLY
    assert isinstance(read(READER_NAME), ChipReading)


def test_a_card_in_use_is_not_shared(rig: CardRig) -> None:
    name = rig.lay(make("jana", STATE))
    with pcsc.open_card(name), pytest.raises(CardProblem), pcsc.open_card(name):
        pass


def test_an_empty_reader_and_an_absent_one_have_their_causes(rig: CardRig) -> None:
    assert rig.reader.pid
    assert cause(READER_NAME) is CardCause.TAKEN_TOO_EARLY
    assert cause("No such reader") is CardCause.READER_MISSING


# ------------------------------------------------------------------ the virtual card


def test_the_virtual_card_as_a_program(rig: CardRig, inbox: Inbox, tmp_path: Path) -> None:
    STATE.save(tmp_path)
    presence = tmp_path / "presence"
    line = ["--reader", str(rig.reader.directory), "--pki", str(tmp_path)]
    program = [sys.executable, "-m", "tests.fakes.virtual_card", *line]
    with subprocess.Popen([*program, "--presence", str(presence)]) as card:
        presence.write_text("jana-contact", encoding="ascii")
        assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME, kind=CONTACT)
        presence.unlink()
        assert inbox.get(timeout=PATIENCE) == CardRemoved(READER_NAME)
        card.kill()
    with subprocess.Popen(program, stdin=subprocess.PIPE, text=True) as card:
        assert card.stdin is not None
        for order in ("put", "take", "put karel", "take", "quit"):
            print(order, file=card.stdin, flush=True)
            if order != "quit":
                kind = CardRemoved if order == "take" else CardInserted
                assert inbox.get(timeout=PATIENCE) == kind(READER_NAME)
        assert card.wait(PATIENCE) == 0
