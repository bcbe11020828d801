"""All agendas of one person at once, each within its own time; it knows no query and no request."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.agenda.kinds import (
    AgendaBroken,
    AgendaItems,
    AgendaTooSlow,
    ItemKind,
    Question,
)
from kiosk_app.gateway.assembling import Answer, Gathered, gathered
from kiosk_app.gateway.breaker import Breaker
from kiosk_app.gateway.database import DatabaseProblem, DatabaseTooSlow

logger = logging.getLogger(__name__)

_THREADS_OF_AN_AGENDA: Final = 4
_WAITING: Final = 64
"""So many questions may be with one agenda, in its threads or before them."""
WHOLE_SECONDS: Final = 5.0
"""An account waits no longer, whatever time limits the agendas declare."""


@dataclass(frozen=True)
class AgendaPort:
    """One agenda and the kinds it gives; `read` blocks and may raise anything."""

    id: str
    name: LocalizedText
    time_limit: float
    kinds: frozenset[ItemKind]
    read: Callable[[Question], AgendaItems]


class Gathering:
    """Asks all agendas in parallel.

    Each has threads of its own: one that hangs fills its own few and holds up no other.
    """

    def __init__(self, agendas: Sequence[AgendaPort], whole: float = WHOLE_SECONDS) -> None:
        """Prepare the threads; `whole` is the time in seconds after which nobody is waited for."""
        self._desks = tuple(
            _AgendaDesk(agenda, min(agenda.time_limit, whole)) for agenda in agendas
        )

    async def gather(self, question: Question) -> Gathered:
        """What all agendas know that give any of the kinds; others are not even asked."""
        asked = [desk for desk in self._desks if desk.agenda.kinds & question.kinds]
        answers = await asyncio.gather(*(desk.ask(question) for desk in asked))
        return gathered(
            [Answer(desk.agenda.name, answer) for desk, answer in zip(asked, answers, strict=True)]
        )

    def close(self) -> None:
        """Wait for no one: queries that still run end by their own time limit."""
        for desk in self._desks:
            desk.close()


class _AgendaDesk:
    """One agenda with its threads and what it did lately; used by one event loop."""

    def __init__(self, agenda: AgendaPort, time_limit: float) -> None:
        self.agenda = agenda
        self._time_limit = time_limit
        self._threads = ThreadPoolExecutor(_THREADS_OF_AN_AGENDA, thread_name_prefix=agenda.id)
        self._waiting = 0
        self._breaker = Breaker()

    async def ask(self, question: Question) -> AgendaItems | None:
        """What it knows; None if it rests, is overrun, broken, or too slow."""
        self._breaker, may_ask = self._breaker.ask(time.monotonic())
        if not may_ask or self._waiting >= _WAITING:
            return None
        self._waiting += 1
        try:
            return await self._answer(question)
        finally:
            self._waiting -= 1

    async def _answer(self, question: Question) -> AgendaItems | None:
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._threads, self._read, question)
        try:
            items = await asyncio.wait_for(asked, self._time_limit)
        except TimeoutError:
            self._breaker = self._breaker.timed_out(time.monotonic())
            logger.warning("Agenda %s did not answer in time.", self.agenda.id)
            return None
        self._breaker = self._breaker.answered()
        return items

    def _read(self, question: Question) -> AgendaItems | None:
        try:
            return self.agenda.read(question)
        except (AgendaTooSlow, DatabaseTooSlow) as error:
            raise TimeoutError from error
        except (AgendaBroken, DatabaseProblem) as error:
            logger.warning("Agenda %s did not answer: %s.", self.agenda.id, error)
        except Exception as error:  # noqa: BLE001 - one department's fault is not the account's
            # Its message may quote a person's data, so only its kind is told.
            logger.warning("Agenda %s failed: %s.", self.agenda.id, type(error).__name__)
        return None

    def close(self) -> None:
        """Begin no further question."""
        self._threads.shutdown(wait=False, cancel_futures=True)
