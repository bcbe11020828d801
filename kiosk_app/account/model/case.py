"""Proceedings and how far they are; it works nothing out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk_app.account.model.text import LocalizedText


class StepState(StrEnum):
    """Where a case is relative to one of its steps."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True)
class CaseStep:
    """One step of a case; `date` is when it was or will be done, if that is known."""

    title: LocalizedText
    state: StepState
    date: date | None


_ORDER_OF_STEPS = (StepState.DONE, StepState.CURRENT, StepState.AHEAD)


@dataclass(frozen=True)
class Clerk:
    """Who works on a case and how they are reached."""

    name: str
    telephone: str | None
    email: str | None


@dataclass(frozen=True)
class Case:
    """One proceeding with its progress; steps are done, then at most one current, then ahead."""

    id: str
    reference_number: str
    title: LocalizedText
    department: LocalizedText
    desk: LocalizedText
    opened: date
    deadline: date | None
    steps: tuple[CaseStep, ...]
    clerk: Clerk | None = None

    def __post_init__(self) -> None:
        ranks = [_ORDER_OF_STEPS.index(step.state) for step in self.steps]
        if ranks != sorted(ranks) or ranks.count(_ORDER_OF_STEPS.index(StepState.CURRENT)) > 1:
            raise ValueError("the steps of a case are done, then at most one current, then ahead")

    @property
    def steps_done(self) -> int:
        """How many steps are behind."""
        return sum(step.state is StepState.DONE for step in self.steps)
