"""Departments are asked side by side; what one of them does is its own matter only."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Barrier, Event, active_count

import pytest

from kiosk_app.account.model import SELF_ID, PersonSummary, Scope
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.agenda.kinds import (
    AgendaBroken,
    AgendaItems,
    AgendaTooSlow,
    ItemKind,
    Question,
)
from kiosk_app.gateway.assembling import Gathered
from kiosk_app.gateway.breaker import FAILURES
from kiosk_app.gateway.database import DatabaseProblem, DatabaseTooSlow
from kiosk_app.gateway.gathering import AgendaPort, Gathering
from kiosk_app.gateway.mandate_desk import MandateDesk
from kiosk_app.gateway.mandates import Mandate
from kiosk_app.gateway.persons import Person
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.viewing import Viewing
from tests.fakes.sample_departments import NOW
from tests.unit.kiosk_app.account.accounts import account, text

Read = Callable[[Question], AgendaItems]
DOCUMENTS = frozenset({ItemKind.DOCUMENTS})
KNOWN = AgendaItems(documents=account().documents)
NOBODY = Question("SECRET", NOW)


def port(name: str, read: Read, limit: float = 5.0) -> AgendaPort:
    return AgendaPort(name, text(name), limit, DOCUMENTS, read)


@contextmanager
def gathering(*ports: AgendaPort, whole: float = 5.0) -> Iterator[Gathering]:
    running = Gathering(ports, whole)
    try:
        yield running
    finally:
        running.close()


def ask(running: Gathering, question: Question = NOBODY) -> Gathered:
    return asyncio.run(running.gather(question))


def known(_question: Question) -> AgendaItems:
    return KNOWN


def raising(error: Exception) -> Read:
    def read(_question: Question) -> AgendaItems:
        raise error

    return read


def missing(found: Gathered) -> list[str]:
    return [name.cs for name in found.missing]


def test_all_are_asked_at_the_same_time() -> None:
    together = Barrier(12)

    def read(_question: Question) -> AgendaItems:
        together.wait(timeout=20)
        return AgendaItems()

    with gathering(*(port(f"a{number}", read, 20) for number in range(12)), whole=20) as running:
        assert missing(ask(running)) == []


@pytest.mark.parametrize(
    "error",
    [
        AgendaBroken("wrong"),
        DatabaseProblem("gone"),
        AgendaTooSlow("slow"),
        DatabaseTooSlow("slow"),
        RuntimeError("SECRET"),
        RecursionError("SECRET"),
        MemoryError(),
        OSError("SECRET"),
        ValueError("SECRET"),
    ],
)
def test_department_that_fails_is_named_and_the_others_show(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with gathering(port("good", known), port("bad", raising(error))) as running:
        found = ask(running)
    assert (found.items, missing(found)) == ((KNOWN,), ["bad"])
    assert "bad" in caplog.text
    assert "SECRET" not in caplog.text


def test_slow_department_is_given_up_at_its_own_limit_or_at_that_of_the_whole() -> None:
    over = Event()

    def hang(_question: Question) -> AgendaItems:
        over.wait()
        return AgendaItems()

    try:
        with gathering(port("good", known), port("slow", hang, 0.05)) as running:
            assert missing(ask(running)) == ["slow"]
        with gathering(port("good", known), port("slow", hang, 60), whole=0.05) as running:
            assert missing(ask(running)) == ["slow"]
    finally:
        over.set()


def test_department_that_timed_out_again_and_again_is_not_waited_for() -> None:
    asked: list[str] = []

    def slow(question: Question) -> AgendaItems:
        asked.append(question.person)
        raise AgendaTooSlow("took too long")

    with gathering(port("good", known), port("slow", slow)) as running:
        for _ in range(FAILURES + 5):
            assert missing(ask(running)) == ["slow"]
    assert len(asked) == FAILURES


def test_department_that_is_only_broken_is_asked_each_time() -> None:
    asked: list[str] = []

    def broken(question: Question) -> AgendaItems:
        asked.append(question.person)
        raise AgendaBroken("wrong")

    with gathering(port("broken", broken)) as running:
        for _ in range(FAILURES + 5):
            ask(running)
    assert len(asked) == FAILURES + 5


def test_hanging_department_takes_few_threads_however_many_ask() -> None:
    over = Event()

    def hang(_question: Question) -> AgendaItems:
        over.wait()
        return AgendaItems()

    async def crowd(running: Gathering) -> list[Gathered]:
        return await asyncio.gather(*(running.gather(NOBODY) for _ in range(200)))

    before = active_count()
    try:
        with gathering(port("good", known), port("hangs", hang, 0.3)) as running:
            found = asyncio.run(crowd(running))
            assert active_count() - before <= 8
    finally:
        over.set()
    assert all("hangs" in missing(each) for each in found)


def test_departments_without_a_wanted_kind_are_not_asked() -> None:
    with gathering(port("documents", raising(AssertionError()))) as running:
        found = ask(running, Question("x", NOW, frozenset({ItemKind.CASES})))
    assert found == Gathered((), ())


def test_mandates_that_hang_hold_up_no_account_and_open_nothing() -> None:
    over = Event()

    def hang(_person: str, _now: datetime) -> tuple[Mandate, ...]:
        over.wait()
        return ()

    person = Person("VZOR-1", PersonSummary("VZOR", is_sample=True))
    with gathering(port("good", known)) as running:
        viewing = Viewing(MandateDesk(hang, 0.05), running)
        try:
            for _ in range(FAILURES + 6):  # more often than it has threads
                found = asyncio.run(viewing.account(person, SELF_ID, frozenset(Scope), NOW))
                assert [name.en for name in found.missing_agendas] == ["Acting for others"]
                assert found.documents == KNOWN.documents
            with pytest.raises(Refusal) as refused:
                asyncio.run(viewing.account(person, "ZAST-1", frozenset(Scope), NOW))
            assert refused.value.problem is ProblemType.UNAVAILABLE
        finally:
            over.set()
            viewing.mandates.close()
