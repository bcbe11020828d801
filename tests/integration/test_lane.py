"""Agendas of one source share a thread while they are quick; one that is not holds nobody up."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread

from kiosk_app.gateway.agenda.kinds import AgendaItems, AgendaTooSlow, ItemKind, Question
from kiosk_app.gateway.assembling import Gathered
from kiosk_app.gateway.gathering import AgendaPort, Gathering
from tests.fakes.sample_departments import NOW
from tests.unit.kiosk_app.account.accounts import text

Read = Callable[[Question], AgendaItems]
NOBODY = Question("SECRET", NOW)


class Reader:
    """Notes the threads that read it."""

    def __init__(self, before: Callable[[], object] = lambda: None) -> None:
        self.threads: list[str] = []
        self._before = before

    def __call__(self, _question: Question) -> AgendaItems:
        self.threads.append(current_thread().name.split("_")[0])
        self._before()
        return AgendaItems()


def port(name: str, read: Read, limit: float = 20.0) -> AgendaPort:
    return AgendaPort(name, text(name), limit, frozenset({ItemKind.CASES}), read, "town")


@contextmanager
def gathering(*ports: AgendaPort) -> Iterator[Gathering]:
    running = Gathering(ports, 20.0)
    try:
        yield running
    finally:
        running.close()


def missing(found: Gathered) -> list[str]:
    return [name.cs for name in found.missing]


def test_quick_agendas_are_read_one_after_the_other_in_the_thread_of_their_source() -> None:
    readers = [Reader() for _ in range(12)]
    with gathering(*(port(f"a{n}", each) for n, each in enumerate(readers))) as running:
        assert missing(asyncio.run(running.gather(NOBODY))) == []
    assert [each.threads for each in readers] == [["town"]] * 12


def test_agenda_that_hangs_holds_up_none_after_it_and_rides_alone_until_it_is_quick() -> None:
    over, later = Event(), Reader()
    slow = Reader(lambda: over.wait(20))
    with gathering(port("slow", slow, 0.2), port("later", later)) as running:
        assert missing(asyncio.run(running.gather(NOBODY))) == ["slow"]
        assert missing(asyncio.run(running.gather(NOBODY))) == ["slow"]
        over.set()
        for _ in range(2):
            assert missing(asyncio.run(running.gather(NOBODY))) == []
    assert slow.threads == ["town", "slow", "slow", "town"]
    assert later.threads == ["later", "town", "town", "town"]


def test_agenda_that_is_slow_but_in_time_shows() -> None:
    begun, go_on = Event(), Event()

    def wait() -> None:
        begun.set()
        go_on.wait(20)

    slow, later = Reader(wait), Reader(go_on.set)
    with gathering(port("slow", slow), port("later", later)) as running:
        assert missing(asyncio.run(running.gather(NOBODY))) == []
    assert begun.is_set()
    assert later.threads == ["later"]


def test_lane_full_of_those_that_hang_is_not_waited_for() -> None:
    over, good = Event(), Reader()

    async def crowd(running: Gathering) -> list[Gathered]:
        return await asyncio.gather(*(running.gather(NOBODY) for _ in range(40)))

    slow = Reader(lambda: over.wait(20))
    try:
        with gathering(port("slow", slow, 0.3), port("good", good)) as running:
            found = asyncio.run(crowd(running))
    finally:
        over.set()
    assert all(missing(each) == ["slow"] for each in found)
    assert len(good.threads) == 40


def test_agenda_that_says_itself_that_it_is_too_slow_is_named() -> None:
    def too_slow() -> None:
        raise AgendaTooSlow("took too long")

    with gathering(port("slow", Reader(too_slow)), port("good", Reader())) as running:
        assert missing(asyncio.run(running.gather(NOBODY))) == ["slow"]
