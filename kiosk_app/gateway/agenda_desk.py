"""One agenda with its own threads, its time limit and what it did lately; it knows no other."""

import asyncio
import logging
import time
from collections.abc import Callable
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
from kiosk_app.gateway.breaker import Breaker
from kiosk_app.gateway.database import DatabaseProblem, DatabaseTooSlow

logger = logging.getLogger(__name__)

_THREADS: Final = 4
_WAITING: Final = 64
"""So many questions may be with one agenda, in its threads or before them."""


@dataclass(frozen=True)
class AgendaPort:
    """One agenda and the kinds it gives; `read` blocks and may raise anything.

    Agendas of the same `source` may be read one after the other by one thread, as long as they are
    quick; None is a source of its own.
    """

    id: str
    name: LocalizedText
    time_limit: float
    kinds: frozenset[ItemKind]
    read: Callable[[Question], AgendaItems]
    source: str | None = None


class AgendaDesk:
    """One agenda; all but `read` is used by one event loop only.

    Attributes:
        alone: it has held others up lately, so that it is asked in its own threads only.
    """

    def __init__(self, agenda: AgendaPort, time_limit: float) -> None:
        self.agenda = agenda
        self.time_limit = time_limit
        self.alone = False
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix=agenda.id)
        self._waiting = 0
        self._breaker = Breaker()

    def may_ask(self) -> bool:
        """Whether to ask it now: it does not rest, and is not overrun."""
        self._breaker, may_ask = self._breaker.ask(time.monotonic())
        return may_ask and self._waiting < _WAITING

    async def ask(self, question: Question) -> AgendaItems | None:
        """What it knows; None if it is broken or too slow."""
        self._waiting += 1
        begun = time.monotonic()
        try:
            asked = asyncio.get_running_loop().run_in_executor(self._threads, self.read, question)
            items = await asyncio.wait_for(asked, self.time_limit)
        except TimeoutError:
            self.timed_out()
            return None
        finally:
            self._waiting -= 1
        self.alone = self.alone and time.monotonic() - begun > PATIENCE
        self.answered()
        return items

    def answered(self) -> None:
        """Note that it answered, be it that it is broken."""
        self._breaker = self._breaker.answered()

    def timed_out(self) -> None:
        """Note that it did not answer in time."""
        self._breaker = self._breaker.timed_out(time.monotonic())
        logger.warning("Agenda %s did not answer in time.", self.agenda.id)

    def read(self, question: Question) -> AgendaItems | None:
        """What it knows, None if it is broken; for any thread. Raises `TimeoutError`."""
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


PATIENCE: Final = 0.25
"""Seconds that an agenda may take and still be called quick.

At 0.1 a hiccup of the whole machine made all agendas of a full house leave their lane at once, and
the threads they then took kept it busy: the slowest hundredth of requests waited 600 ms, not 22.
"""
