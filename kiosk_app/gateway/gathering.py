"""All agendas of one person at once, each within its own time; it knows no query and no request."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from kiosk_app.account.model import LocalizedText
from kiosk_app.gateway.agenda.items import AgendaBroken, AgendaItems
from kiosk_app.gateway.assembling import Gathered
from kiosk_app.gateway.database import DatabaseProblem

logger = logging.getLogger(__name__)

_THREADS_OF_AN_AGENDA = 4


@dataclass(frozen=True)
class AgendaPort:
    """One agenda; `read(person, today)` blocks and may raise `AgendaBroken`, `DatabaseProblem`."""

    id: str
    name: LocalizedText
    time_limit: float
    read: Callable[[str, date], AgendaItems]


class Gathering:
    """Asks all agendas in parallel.

    Each has threads of its own: one that hangs fills its own few and holds up no other.
    """

    def __init__(self, agendas: Sequence[AgendaPort]) -> None:
        self._agendas = tuple(agendas)
        self._threads = {
            agenda.id: ThreadPoolExecutor(_THREADS_OF_AN_AGENDA, thread_name_prefix=agenda.id)
            for agenda in agendas
        }

    async def gather(self, person: str, today: date) -> Gathered:
        """What all agendas know about that person."""
        answers = await asyncio.gather(
            *(self._ask(agenda, person, today) for agenda in self._agendas)
        )
        asked = zip(self._agendas, answers, strict=True)
        return Gathered(
            items=tuple(answer for answer in answers if answer is not None),
            missing=tuple(agenda.name for agenda, answer in asked if answer is None),
        )

    async def _ask(self, agenda: AgendaPort, person: str, today: date) -> AgendaItems | None:
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._threads[agenda.id], agenda.read, person, today)
        try:
            return await asyncio.wait_for(asked, agenda.time_limit)
        except TimeoutError:
            logger.warning("Agenda %s did not answer in %.1f s.", agenda.id, agenda.time_limit)
        except (AgendaBroken, DatabaseProblem) as error:
            logger.warning("Agenda %s did not answer: %s.", agenda.id, error)
        return None

    def close(self) -> None:
        """Wait for no one: queries that still run end by their own time limit."""
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)
