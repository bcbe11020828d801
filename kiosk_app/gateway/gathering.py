"""All agendas of one person at once, each within its own time; it knows no query and no request."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from kiosk_app.gateway.agenda.kinds import Question
from kiosk_app.gateway.agenda_desk import AgendaDesk, AgendaPort
from kiosk_app.gateway.assembling import Answer, Gathered, gathered
from kiosk_app.gateway.lane import Answers, Lane

__all__ = ["AgendaPort", "Gathering"]

WHOLE_SECONDS: Final = 5.0
"""An account waits no longer, whatever time limits the agendas declare."""


class Gathering:
    """Asks all sources in parallel, and those that are not quick agenda by agenda.

    Each agenda has threads of its own: one that hangs fills its own few and holds up no other.
    """

    def __init__(self, agendas: Sequence[AgendaPort], whole: float = WHOLE_SECONDS) -> None:
        """Prepare the threads; `whole` is the time in seconds after which nobody is waited for."""
        self._desks = tuple(AgendaDesk(agenda, min(agenda.time_limit, whole)) for agenda in agendas)
        self._lanes = {source: Lane(source) for source in _sources(agendas)}

    async def gather(self, question: Question) -> Gathered:
        """What all agendas know that give any of the kinds; others are not even asked."""
        wanted = [desk for desk in self._desks if desk.agenda.kinds & question.kinds]
        asked = [desk for desk in wanted if desk.may_ask()]
        found = await asyncio.gather(
            *(_alone(desk, question) for desk in asked if desk.agenda.source is None),
            *(
                lane.ask([desk for desk in asked if desk.agenda.source == source], question)
                for source, lane in self._lanes.items()
            ),
        )
        answers: Answers = {id_: answer for part in found for id_, answer in part.items()}
        return gathered([Answer(desk.agenda.name, answers.get(desk.agenda.id)) for desk in wanted])

    def close(self) -> None:
        """Wait for no one: queries that still run end by their own time limit."""
        for desk in self._desks:
            desk.close()
        for lane in self._lanes.values():
            lane.close()


def _sources(agendas: Iterable[AgendaPort]) -> list[str]:
    return sorted({agenda.source for agenda in agendas if agenda.source is not None})


async def _alone(desk: AgendaDesk, question: Question) -> Answers:
    return {desk.agenda.id: await desk.ask(question)}
