"""Cards over a real pcscd: the watch and its restart, the reading, the relay, the command."""

import argparse
import io
import json
import queue
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk_app.cards import command_line, pcsc
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.events import (
    CardEvent,
    CardInserted,
    CardRemoved,
    ReaderMissing,
    ReaderReady,
)
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.cards.monitor import CardMonitor
from kiosk_app.gateway import chip_proof
from kiosk_app.gateway.evidence import CscaStore, check_document
from tests.fakes.card_reader import READER_NAME, CardReader, shared_card_reader
from tests.fakes.document_signer import JANA, SampleState
from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.slot import Slot

STATE = SampleState()
DOCUMENT = STATE.issue(JANA)
PATIENCE = 15.0


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> CardReader:
    shared = shared_card_reader()
    for name, value in shared.environment.items():
        monkeypatch.setenv(name, value)
    deadline = time.monotonic() + PATIENCE
    while any(status.present for status in pcsc.statuses()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return shared


@pytest.fixture
def slot(reader: CardReader) -> Iterator[Slot]:
    slot = Slot(reader.directory)
    yield slot
    slot.close()


@pytest.fixture
def inbox(reader: CardReader) -> Iterator["queue.Queue[CardEvent]"]:
    assert reader.pid
    events: queue.Queue[CardEvent] = queue.Queue()
    monitor = CardMonitor(events.put)
    monitor.start()
    ready = events.get(timeout=PATIENCE)
    assert isinstance(ready, ReaderReady)
    assert READER_NAME in ready.readers
    yield events
    monitor.stop()


def test_a_card_comes_and_goes(slot: Slot, inbox: "queue.Queue[CardEvent]") -> None:
    for _ in range(3):
        slot.put(Chip(DOCUMENT))
        assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
        slot.take()
        assert inbox.get(timeout=PATIENCE) == CardRemoved(READER_NAME)


def test_a_card_that_lies_there_at_start_is_told(slot: Slot) -> None:
    slot.put(Chip(DOCUMENT))
    while not any(status.present for status in pcsc.statuses()):
        time.sleep(0.02)
    events: queue.Queue[CardEvent] = queue.Queue()
    monitor = CardMonitor(events.put)
    monitor.start()
    assert isinstance(events.get(timeout=PATIENCE), ReaderReady)
    assert events.get(timeout=PATIENCE) == CardInserted(READER_NAME, at_start=True)
    monitor.stop()


def test_pcscd_killed_and_started_again(
    reader: CardReader, slot: Slot, inbox: "queue.Queue[CardEvent]"
) -> None:
    slot.put(Chip(DOCUMENT))
    assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
    reader.restart()
    assert inbox.get(timeout=PATIENCE) == CardRemoved(READER_NAME)
    assert inbox.get(timeout=PATIENCE) == ReaderMissing()
    assert isinstance(inbox.get(timeout=PATIENCE), ReaderReady)
    again = inbox.get(timeout=PATIENCE)
    assert isinstance(again, CardInserted)
    with pcsc.open_card(again.reader) as card:
        assert read_chip(card.transmit, Can("123456")).dg1 == DOCUMENT.dg1


def test_login_from_the_card_to_the_gateways_verdict(
    slot: Slot, inbox: "queue.Queue[CardEvent]"
) -> None:
    slot.put(Chip(DOCUMENT))
    inserted = inbox.get(timeout=PATIENCE)
    assert isinstance(inserted, CardInserted)
    with pcsc.open_card(inserted.reader) as card:
        assert card.atr == Chip.atr
        reading = read_chip(card.transmit, Can("123456"))
        trust = CscaStore((STATE.csca,))
        now = datetime.now(UTC)
        document = check_document(reading.sod, reading.dg1, reading.dg14, trust, now)
        challenge = chip_proof.begin(document)
        chip_proof.finish(challenge, reading.relay(challenge.plain, challenge.protected))
    assert document.document_number == "999009812"


def test_a_card_in_use_is_not_shared(slot: Slot, inbox: "queue.Queue[CardEvent]") -> None:
    slot.put(Chip(DOCUMENT))
    inserted = inbox.get(timeout=PATIENCE)
    assert isinstance(inserted, CardInserted)
    with (
        pcsc.open_card(inserted.reader),
        pytest.raises(CardProblem),
        pcsc.open_card(inserted.reader),
    ):
        pass


def test_an_empty_reader_and_an_absent_one_have_their_causes(reader: CardReader) -> None:
    assert reader.pid
    with pytest.raises(CardProblem) as empty, pcsc.open_card(READER_NAME):
        pass
    assert empty.value.cause is CardCause.TAKEN_TOO_EARLY
    with pytest.raises(CardProblem) as absent, pcsc.open_card("No such reader"):
        pass
    assert absent.value.cause is CardCause.READER_MISSING


def _command(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command_line.add_parser(parser.add_subparsers())
    return parser.parse_args(["card", "read", *arguments])


def test_card_read_prints_the_facts(
    slot: Slot,
    inbox: "queue.Queue[CardEvent]",
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slot.put(Chip(DOCUMENT))
    inbox.get(timeout=PATIENCE)
    assert command_line.run_read(_command("--can", "123456", "--json")) == 0
    assert json.loads(capsys.readouterr().out)["document_number"] == "999009812"
    assert command_line.run_read(_command("--can", "123456")) == 0
    assert "surname: VZOROVA\n" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.StringIO("123456\n"))
    assert command_line.run_read(_command()) == 0
    assert "surname: VZOROVA\n" in capsys.readouterr().out
    assert command_line.run_read(_command("--can", "000000")) == 1
    assert "wrong-can" in capsys.readouterr().err


def test_card_read_without_a_card(reader: CardReader, capsys: pytest.CaptureFixture[str]) -> None:
    assert reader.pid
    assert command_line.run_read(_command("--can", "123456")) == 1
    assert "No card lies on a reader." in capsys.readouterr().err


def test_the_virtual_card_as_a_program(
    reader: CardReader, inbox: "queue.Queue[CardEvent]", tmp_path: Path
) -> None:
    STATE.save(tmp_path)
    presence = tmp_path / "presence"
    line = ["--reader", str(reader.directory), "--pki", str(tmp_path)]
    program = [sys.executable, "-m", "tests.fakes.virtual_card", *line]
    with subprocess.Popen([*program, "--presence", str(presence)]) as card:
        presence.write_text("karel", encoding="ascii")
        assert inbox.get(timeout=PATIENCE) == CardInserted(READER_NAME)
        with pcsc.open_card(READER_NAME) as opened:
            assert read_chip(opened.transmit, Can("654321")).mrz.given_names == "KAREL"
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
