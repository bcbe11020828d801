"""Which window is in front, which waits, which has to die, as a pure machine.

One citizen, one process: a window that had a session never shows another one. It is killed once
the spare stands in front and its token is given back, or when that takes too long. A dead or mute
window is replaced in the same way.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType, assert_never

from device_agent.wire.local import Alerts, AlertShown, Beat, Connection
from kiosk_app.usher_messages import (
    AlertSeen,
    Cleared,
    FromWindow,
    Front,
    Painted,
    Raised,
    SessionOver,
    Showing,
    ToWindow,
)

WindowId = NewType("WindowId", int)

STARTING_SECONDS = 20.0  # from process start to painted
RAISING_SECONDS = 3.0  # from the order to the first frame in front
MUTE_SECONDS = 6.0  # a painted window speaks each second
CLEARING_SECONDS = 0.4  # for giving the token back, after the spare stands in front
ENDED_SECONDS = 3.0  # a used window never outlives this, spare or not
HEALTHY_SECONDS = 3.0  # how fresh the front window's word has to be
FIRST_PAUSE = 0.2  # seconds before a start after a failed one; doubles
LONGEST_PAUSE = 5.0
PROGRAM = "kiosk"


class Stage(StrEnum):
    """Where a window is in its only life."""

    STARTING = "starting"
    WAITING = "waiting"
    RAISING = "raising"
    FRONT = "front"
    ENDED = "ended"


@dataclass(frozen=True)
class Pane:
    """One window as the usher knows it; times are instants of a monotonic clock, in seconds."""

    id: WindowId
    stage: Stage
    since: float
    heard: float
    showing: Showing | None = None
    cleared: bool = False


@dataclass(frozen=True)
class Ushering:
    """Everything the usher knows."""

    panes: tuple[Pane, ...] = ()
    next_id: WindowId = WindowId(1)
    failures: int = 0
    not_before: float = 0.0
    alerts: Alerts | None = None
    connection: Connection | None = None

    def of(self, *stages: Stage) -> tuple[Pane, ...]:
        """The windows in these stages, the oldest first."""
        return tuple(pane for pane in self.panes if pane.stage in stages)


@dataclass(frozen=True)
class Said:
    """A window said something."""

    window: WindowId
    message: FromWindow


@dataclass(frozen=True)
class Died:
    """A window's process ended, or its line did."""

    window: WindowId


@dataclass(frozen=True)
class AgentSaid:
    """The agent said something that windows have to know."""

    message: Alerts | Connection


@dataclass(frozen=True)
class Tick:
    """Time passes."""


Event = Said | Died | AgentSaid | Tick


@dataclass(frozen=True)
class Spawn:
    """Start a window's process."""

    window: WindowId


@dataclass(frozen=True)
class Kill:
    """Kill a window's process and all it started."""

    window: WindowId
    why: str


@dataclass(frozen=True)
class Tell:
    """Say something to a window."""

    window: WindowId
    message: ToWindow


@dataclass(frozen=True)
class Report:
    """Say something to the agent."""

    message: AlertShown


@dataclass(frozen=True)
class Note:
    """Log how long a window took to the front, from the order to its first frame there."""

    window: WindowId
    seconds: float


Effect = Spawn | Kill | Tell | Report | Note
Step = tuple[Ushering, tuple[Effect, ...]]


def step(ushering: Ushering, event: Event, now: float) -> Step:
    """The usher after an event, and what to do, in order."""
    match event:
        case Said(window, message):
            after, effects = _said(ushering, window, message, now)
        case Died(window):
            after, effects = _died(ushering, window, now), ()
        case AgentSaid(message):
            after, effects = _agent(ushering, message)
        case Tick():
            after, effects = ushering, ()
        case _ as unreachable:
            assert_never(unreachable)
    return _arranged(after, effects, now)


def beat(ushering: Ushering, now: float) -> Beat:
    """How the kiosk is: healthy while a window stands in front, speaks and paints."""
    front = next(iter(ushering.of(Stage.FRONT)), None)
    problems = [] if ushering.failures == 0 else ["display: no window could be opened"]
    if front is None or front.showing is None:
        return Beat(PROGRAM, healthy=False, showing="nothing", problems=tuple(problems))
    healthy = front.showing.painting and now - front.heard <= HEALTHY_SECONDS
    problems += front.showing.problems
    return Beat(PROGRAM, healthy, front.showing.screen, tuple(problems))


def _said(ushering: Ushering, window: WindowId, message: FromWindow, now: float) -> Step:  # noqa: PLR0911 - one for each message
    pane = next((each for each in ushering.panes if each.id == window), None)
    if pane is None:
        return ushering, ()
    heard = replace(pane, heard=now)
    match message:
        case Painted() if pane.stage is Stage.STARTING:
            known = [each for each in (ushering.alerts, ushering.connection) if each]
            ready = replace(ushering, failures=0, not_before=0.0)
            waiting = _set(ready, replace(heard, stage=Stage.WAITING, since=now))
            return waiting, tuple(Tell(window, each) for each in known)
        case Raised() if pane.stage is Stage.RAISING:
            in_front = _set(ushering, replace(heard, stage=Stage.FRONT, since=now))
            return in_front, (Note(window, now - pane.since),)
        case Showing():
            return _set(ushering, replace(heard, showing=message)), ()
        case SessionOver() if pane.stage in {Stage.FRONT, Stage.RAISING}:
            return _set(ushering, replace(heard, stage=Stage.ENDED, since=now)), ()
        case Cleared():
            return _set(ushering, replace(heard, cleared=True)), ()
        case AlertSeen(identifier, at):
            return _set(ushering, heard), (Report(AlertShown(PROGRAM, identifier, at)),)
        case _:
            return _set(ushering, heard), ()


def _died(ushering: Ushering, window: WindowId, now: float) -> Ushering:
    pane = next((each for each in ushering.panes if each.id == window), None)
    if pane is None:
        return ushering
    return _failed(_without(ushering, pane), pane, now)


def _failed(ushering: Ushering, pane: Pane, now: float) -> Ushering:
    """A window that never came so far as to be painted makes the next start wait."""
    if pane.stage is not Stage.STARTING:
        return ushering
    pause = min(FIRST_PAUSE * 2.0**ushering.failures, LONGEST_PAUSE)
    return replace(ushering, failures=ushering.failures + 1, not_before=now + pause)


def _agent(ushering: Ushering, message: Alerts | Connection) -> Step:
    match message:
        case Alerts():
            after = replace(ushering, alerts=message)
        case Connection():
            after = replace(ushering, connection=message)
        case _ as unreachable:
            assert_never(unreachable)
    alive = ushering.of(Stage.WAITING, Stage.RAISING, Stage.FRONT)
    return after, tuple(Tell(pane.id, message) for pane in alive)


def _arranged(ushering: Ushering, effects: tuple[Effect, ...], now: float) -> Step:
    """One window in front, one waiting, and the used ones gone."""
    todo = list(effects)
    for pane in ushering.panes:
        why = _reason_to_die(ushering, pane, now)
        if why:
            todo.append(Kill(pane.id, why))
            ushering = _failed(_without(ushering, pane), pane, now)
    waiting = ushering.of(Stage.WAITING)
    if waiting and not ushering.of(Stage.RAISING, Stage.FRONT):
        ushering = _set(ushering, replace(waiting[0], stage=Stage.RAISING, since=now))
        todo.append(Tell(waiting[0].id, Front()))
    if _needs_spare(ushering) and now >= ushering.not_before:
        todo.append(Spawn(ushering.next_id))
        pane = Pane(ushering.next_id, Stage.STARTING, now, now)
        next_id = WindowId(ushering.next_id + 1)
        ushering = replace(ushering, panes=(*ushering.panes, pane), next_id=next_id)
    return ushering, tuple(todo)


def _needs_spare(ushering: Ushering) -> bool:
    """A spare is started once the front stands, so that it does not slow the front down."""
    return not ushering.of(Stage.STARTING, Stage.WAITING, Stage.RAISING)


def _reason_to_die(ushering: Ushering, pane: Pane, now: float) -> str:
    age = now - pane.since
    match pane.stage:
        case Stage.STARTING:
            return "it was not painted in time" if age > STARTING_SECONDS else ""
        case Stage.RAISING:
            return "it did not come to the front in time" if age > RAISING_SECONDS else ""
        case Stage.WAITING | Stage.FRONT:
            return "it does not answer" if now - pane.heard > MUTE_SECONDS else ""
        case Stage.ENDED:
            return _reason_of_ended(ushering, pane, now)
        case _ as unreachable:
            assert_never(unreachable)


def _reason_of_ended(ushering: Ushering, pane: Pane, now: float) -> str:
    front = next(iter(ushering.of(Stage.FRONT)), None)
    if front is not None and (pane.cleared or now - front.since >= CLEARING_SECONDS):
        return "its session is over"
    return "its session is over for too long" if now - pane.since > ENDED_SECONDS else ""


def _set(ushering: Ushering, pane: Pane) -> Ushering:
    panes = tuple(pane if each.id == pane.id else each for each in ushering.panes)
    return replace(ushering, panes=panes)


def _without(ushering: Ushering, pane: Pane) -> Ushering:
    return replace(ushering, panes=tuple(each for each in ushering.panes if each.id != pane.id))
