"""The watch over the readers, on a scripted source of states."""

import queue
import threading
import time
from dataclasses import replace

import pytest

from kiosk_app.cards.card_kind import CardKind
from kiosk_app.cards.events import (
    CardEvent,
    CardInserted,
    CardRemoved,
    ReaderMissing,
    ReaderReady,
)
from kiosk_app.cards.monitor import CardMonitor, changes
from kiosk_app.cards.pcsc import PcscUnavailable, ReaderStatus

EMPTY = ReaderStatus("A", present=False, counter=0, token=0)
FULL = replace(EMPTY, present=True, counter=1)


def test_first_look_tells_readers_and_the_card_that_lies_there() -> None:
    assert changes(None, (FULL,)) == (ReaderReady(("A",)), CardInserted("A", at_start=True))
    assert changes(None, ()) == (ReaderMissing(),)


def test_insertion_and_removal() -> None:
    assert changes((EMPTY,), (FULL,)) == (CardInserted("A"),)
    assert changes((FULL,), (replace(EMPTY, counter=2),)) == (CardRemoved("A"),)
    assert changes((FULL,), (FULL,)) == ()


def test_a_card_changed_between_two_looks_is_both() -> None:
    assert changes((FULL,), (replace(FULL, counter=3),)) == (CardRemoved("A"), CardInserted("A"))


def test_a_reader_pulled_out_takes_its_card_along() -> None:
    assert changes((FULL,), ()) == (CardRemoved("A"), ReaderMissing())


def test_a_second_reader_is_told() -> None:
    second = replace(FULL, name="B")
    assert changes((FULL,), (FULL, second)) == (ReaderReady(("A", "B")), CardInserted("B"))


class ScriptedSource:
    """Gives the looks of a list; an exception of the list is raised."""

    def __init__(self, *script: tuple[ReaderStatus, ...] | PcscUnavailable) -> None:
        self._script: queue.Queue[tuple[ReaderStatus, ...] | PcscUnavailable] = queue.Queue()
        for item in script:
            self._script.put(item)
        self._cancelled = threading.Event()

    def open(self) -> None:
        if self._script.empty():
            return
        if isinstance(self._script.queue[0], PcscUnavailable):
            raise self._script.get()  # type: ignore[misc] # looked at in the line above

    def wait(
        self, known: tuple[ReaderStatus, ...] | None, seconds: float
    ) -> tuple[ReaderStatus, ...]:
        if self._script.empty():
            self._cancelled.wait(seconds)
            return known or ()
        item = self._script.get()
        if isinstance(item, PcscUnavailable):
            raise item
        return item

    def cancel(self) -> None:
        self._cancelled.set()

    def close(self) -> None:
        pass


class DeadReaderSource(ScriptedSource):
    """A reader is listed but dead, so that each look is over at once and shows nothing new."""

    looks = 0

    def wait(
        self, known: tuple[ReaderStatus, ...] | None, seconds: float
    ) -> tuple[ReaderStatus, ...]:
        del known, seconds
        self.looks += 1
        return ()


def test_a_dead_reader_does_not_keep_the_processor_busy() -> None:
    source, inbox = DeadReaderSource(), queue.Queue[CardEvent]()
    monitor = CardMonitor(inbox.put, source)
    monitor.start()
    assert inbox.get(timeout=10) == ReaderMissing()
    time.sleep(0.3)
    monitor.stop()
    assert source.looks < 50


def test_a_fault_in_the_inbox_does_not_end_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    inbox: queue.Queue[CardEvent] = queue.Queue()

    def faulty(event: CardEvent) -> None:
        if isinstance(event, CardInserted) and not caplog.records:
            raise RuntimeError
        inbox.put(event)

    monitor = CardMonitor(faulty, ScriptedSource((FULL,), (FULL,)))
    monitor.start()
    events = [inbox.get(timeout=10) for _ in range(3)]
    monitor.stop()
    assert events == [ReaderReady(("A",)), ReaderReady(("A",)), CardInserted("A", at_start=True)]
    assert "a fault of its own" in caplog.text


def test_a_monitor_that_never_began_can_be_stopped() -> None:
    CardMonitor(lambda _event: None, ScriptedSource()).stop()


def _watch(source: ScriptedSource, count: int) -> list[CardEvent]:
    inbox: queue.Queue[CardEvent] = queue.Queue()
    monitor = CardMonitor(inbox.put, source)
    monitor.start()
    events = [inbox.get(timeout=10) for _ in range(count)]
    monitor.stop()
    assert inbox.empty()
    return events


def test_the_service_dies_and_comes_back() -> None:
    gone = PcscUnavailable("gone")
    source = ScriptedSource((EMPTY,), (FULL,), gone, gone, gone, (FULL,))
    assert _watch(source, 6) == [
        ReaderReady(("A",)),
        CardInserted("A"),
        CardRemoved("A"),
        ReaderMissing(),
        ReaderReady(("A",)),
        CardInserted("A", at_start=True),
    ]


def test_without_a_service_the_absence_is_told_once() -> None:
    gone = PcscUnavailable("gone")
    assert _watch(ScriptedSource(gone, gone, gone, (EMPTY,)), 2) == [
        ReaderMissing(),
        ReaderReady(("A",)),
    ]


def test_a_service_without_readers_that_dies_is_not_told_twice() -> None:
    gone = PcscUnavailable("gone")
    assert _watch(ScriptedSource((), gone, gone, (EMPTY,)), 2) == [
        ReaderMissing(),
        ReaderReady(("A",)),
    ]


def test_a_service_that_comes_back_without_readers_is_not_told_twice() -> None:
    gone = PcscUnavailable("gone")
    assert _watch(ScriptedSource((EMPTY,), gone, gone, (), (), gone, (), (EMPTY,)), 3) == [
        ReaderReady(("A",)),
        ReaderMissing(),
        ReaderReady(("A",)),
    ]


def test_a_card_that_says_nothing_is_told_as_mute() -> None:
    mute = replace(FULL, kind=CardKind.MUTE)
    assert changes((EMPTY,), (mute,)) == (CardInserted("A", kind=CardKind.MUTE),)


def test_a_card_on_each_of_two_readers_and_one_taken() -> None:
    contact = replace(FULL, name="B", kind=CardKind.EOBCANKA_CONTACT)
    empty = replace(EMPTY, name="B")
    assert changes((FULL, empty), (FULL, contact)) == (
        CardInserted("B", kind=CardKind.EOBCANKA_CONTACT),
    )
    assert changes((FULL, contact), (replace(EMPTY, counter=2), contact)) == (CardRemoved("A"),)


class DeafSource(ScriptedSource):
    """The first request to end a wait is lost, as one is that comes a moment before the wait."""

    asked = 0

    def cancel(self) -> None:
        self.asked += 1
        if self.asked > 1:
            super().cancel()


def test_a_request_to_end_that_is_lost_is_made_again() -> None:
    source, inbox = DeafSource((EMPTY,)), queue.Queue[CardEvent]()
    monitor = CardMonitor(inbox.put, source)
    monitor.start()
    assert inbox.get(timeout=10) == ReaderReady(("A",))
    monitor.stop()
    assert source.asked > 1
    assert not monitor._thread.is_alive()
