"""The quick agendas of one source, read one after the other by one thread; it asks no slow one.

Waking a thread costs more than most queries. An agenda that takes longer than `PATIENCE` holds
nobody up: those that come after it are asked in their own threads then, and from then on it is too.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from kiosk_app.gateway.agenda.kinds import AgendaItems, Question
from kiosk_app.gateway.agenda_desk import PATIENCE, AgendaDesk

_THREADS: Final = 4
Answers = dict[str, AgendaItems | None]
"""What each agenda answered by its id; None is no answer."""


class _Round:
    """The agendas that one thread reads for one question."""

    def __init__(self, desks: Sequence[AgendaDesk], question: Question) -> None:
        self.found: dict[str, AgendaItems | TimeoutError | None] = {}
        self.current: tuple[AgendaDesk, float] | None = None
        self._left = deque(desks)
        self._question = question

    def run(self) -> None:
        """Read all that are left; for one thread."""
        while (desk := self.take()) is not None:
            self.current = (desk, time.monotonic())
            try:
                self.found[desk.agenda.id] = desk.read(self._question)
            except TimeoutError as error:
                self.found[desk.agenda.id] = error
            self.current = None

    def take(self) -> AgendaDesk | None:
        """One that nobody has begun; for any thread."""
        try:
            return self._left.popleft()
        except IndexError:
            return None

    def held_by(self) -> tuple[AgendaDesk, float] | None:
        """The agenda that is not quick, if there is one, and since when it is being read."""
        current = self.current
        return current if current and time.monotonic() - current[1] >= PATIENCE else None


class Lane:
    """The lane of one source; used by one event loop."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix=name)
        self._rounds: set[_Round] = set()

    async def ask(self, desks: Sequence[AgendaDesk], question: Question) -> Answers:
        """What those agendas know."""
        full = self._is_full_of_held()
        quick = [desk for desk in desks if not (full or desk.alone)]
        alone = [desk for desk in desks if full or desk.alone]
        answers = await asyncio.gather(self._ride(quick, question), _each_alone(alone, question))
        return answers[0] | answers[1]

    async def _ride(self, desks: Sequence[AgendaDesk], question: Question) -> Answers:
        if not desks:
            return {}
        ridden = _Round(desks, question)
        loop = asyncio.get_running_loop()
        end = loop.run_in_executor(self._threads, ridden.run)
        self._rounds.add(ridden)
        end.add_done_callback(lambda _end: self._rounds.discard(ridden))
        while not (await asyncio.wait({end}, timeout=PATIENCE))[0]:
            if ridden.held_by() or self._is_full_of_held():
                return await self._leave(ridden, end, desks, question)
        return _settled(ridden, desks)

    def _is_full_of_held(self) -> bool:
        return sum(ridden.held_by() is not None for ridden in self._rounds) >= _THREADS

    async def _leave(
        self,
        ridden: _Round,
        end: asyncio.Future[None],
        desks: Sequence[AgendaDesk],
        question: Question,
    ) -> Answers:
        left = list(iter(ridden.take, None))
        held = ridden.current
        answers = asyncio.create_task(_each_alone(left, question))
        if held is not None:
            desk, since = held
            desk.alone = True
            rest = max(0.0, since + desk.time_limit - time.monotonic())
            await asyncio.wait({end}, timeout=rest)
        begun = [desk for desk in desks if desk not in left]
        return _settled(ridden, begun) | await answers

    def close(self) -> None:
        """Begin no further question."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _settled(ridden: _Round, desks: Sequence[AgendaDesk]) -> Answers:
    """What was found of those; who has not answered by now is too slow."""
    answers: Answers = {}
    for desk in desks:
        found = ridden.found.get(desk.agenda.id, _TOO_SLOW)
        answers[desk.agenda.id] = None if isinstance(found, TimeoutError) else found
        if isinstance(found, TimeoutError):
            desk.timed_out()
        else:
            desk.answered()
    return answers


_TOO_SLOW: Final = TimeoutError()


async def _each_alone(desks: Sequence[AgendaDesk], question: Question) -> Answers:
    answers = await asyncio.gather(*(desk.ask(question) for desk in desks))
    return {desk.agenda.id: answer for desk, answer in zip(desks, answers, strict=True)}
