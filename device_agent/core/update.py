"""The update machine: which release a slot gets, when it is committed, when it is given back.

It moves no bytes. State is saved before each step that cannot be undone: `Save` stands before them.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from device_agent.core.health import Ail, Verdict
from device_agent.core.update_states import (
    MAX_STARTS,
    Activate,
    Committed,
    Delayed,
    Fetch,
    Fetched,
    Fetching,
    Idle,
    Install,
    Installed,
    Installing,
    Judged,
    MarkBad,
    MarkGood,
    Offered,
    OnProbation,
    Reboot,
    Rebooting,
    Refused,
    RolledBack,
    RollingBack,
    Save,
    Started,
    UpdateEffect,
    UpdateEvent,
    UpdateState,
)

Result = tuple[UpdateState, tuple[UpdateEffect, ...]]


@dataclass(frozen=True)
class Probation:
    """How long a new release must be well, and how long it may take to become so, in seconds.

    `patience` runs out only while something of the device is not well; services of the city hall
    may be away for `outage`.
    """

    seconds: float
    patience: float
    outage: float


def step(state: UpdateState, event: UpdateEvent, probation: Probation) -> Result:  # noqa: PLR0911 - one for each event
    """One event; events that do not belong to the state change nothing."""
    match event:
        case Offered(version, running):
            return _offered(state, version, running)
        case Fetched(version, path):
            return _fetched(state, version, path)
        case Installed(slot):
            return _installed(state, slot)
        case Refused(version, reason):
            return _refused(state, version, reason)
        case Delayed():
            return _delayed(state)
        case Started(slot, failed, ticks):
            return _started(state, slot, failed, ticks)
        case Judged(verdict, ticks):
            return _judged(state, verdict, ticks, probation)
        case _ as unreachable:
            assert_never(unreachable)


def _offered(state: UpdateState, version: str, running: str) -> Result:
    if isinstance(state, Installing | Rebooting | OnProbation | RollingBack):
        return state, ()  # the next offer comes when this one is decided
    if version == running:
        return (Idle() if isinstance(state, Fetching) else state), ()
    if isinstance(state, RolledBack) and state.version == version:
        return state, ()  # it was tried; a better one has another version
    return Fetching(version), (Save(), Fetch(version))


def _fetched(state: UpdateState, version: str, path: str) -> Result:
    if not isinstance(state, Fetching) or state.version != version:
        return state, ()
    return Installing(version), (Save(), Install(version, path))


def _installed(state: UpdateState, slot: str) -> Result:
    if not isinstance(state, Installing):
        return state, ()
    return Rebooting(state.version, slot), (Save(), Activate(slot), Reboot())


def _refused(state: UpdateState, version: str, reason: str) -> Result:
    if not isinstance(state, Fetching | Installing) or state.version != version:
        return state, ()
    return RolledBack(version, "", reason), (Save(),)


def _delayed(state: UpdateState) -> Result:
    if not isinstance(state, Installing):
        return state, ()
    return Fetching(state.version), (Save(),)


def _started(state: UpdateState, slot: str, failed: str, ticks: float) -> Result:  # noqa: PLR0911 - one for each state
    match state:
        case Idle():
            return state, ()
        case Fetching(version):
            return state, (Fetch(version),)
        case Installing(version):
            return Fetching(version), (Save(), Fetch(version))
        case Rebooting():
            return _rebooted(state, slot, failed, ticks)
        case OnProbation():
            return _resumed(state, slot, ticks)
        case RollingBack(version, bad, reason):
            if slot == bad:
                return state, (MarkBad(bad), Reboot())
            return RolledBack(version, bad, reason), (Save(),)
        case Committed(_, good):
            return state, ((MarkGood(good),) if slot == good else ())
        case RolledBack():
            return state, ()
        case _ as unreachable:
            assert_never(unreachable)


def _rebooted(state: Rebooting, slot: str, failed: str, ticks: float) -> Result:
    if slot == state.slot:
        return OnProbation(state.version, slot, ticks), (Save(),)
    if failed == state.slot or state.starts >= MAX_STARTS:
        reason = "the new slot did not start"
        return RolledBack(state.version, state.slot, reason), (Save(),)
    again = Rebooting(state.version, state.slot, state.starts + 1)
    return again, (Save(), Activate(state.slot), Reboot())


def _resumed(state: OnProbation, slot: str, ticks: float) -> Result:
    if slot != state.slot:
        reason = "the new slot did not stay up"
        return RolledBack(state.version, state.slot, reason), (Save(),)
    if state.starts >= MAX_STARTS:
        return _give_back(state, "the agent was restarted too often on probation")
    return OnProbation(state.version, slot, ticks, starts=state.starts + 1), (Save(),)


def _judged(state: UpdateState, verdict: Verdict, ticks: float, probation: Probation) -> Result:
    if not isinstance(state, OnProbation):
        return state, ()
    if verdict.ail is Ail.SERVICE:
        return _without_city(state, verdict, ticks, probation)
    if state.away_since is not None:
        since = state.since + ticks - state.away_since
        state = replace(state, since=since, away_since=None)
    if verdict.ail is Ail.NOTHING:
        return _well(state, ticks, probation)
    if verdict.ail is Ail.PROGRAM or ticks - state.since >= probation.patience:
        return _give_back(state, "; ".join(verdict.reasons))
    return replace(state, well_since=None), ()


def _without_city(
    state: OnProbation, verdict: Verdict, ticks: float, probation: Probation
) -> Result:
    """A release is not to blame for an outage, until one lasts so long that it may be its doing."""
    away = ticks if state.away_since is None else state.away_since
    if ticks - away >= probation.outage:
        return _give_back(state, "; ".join(verdict.reasons))
    return replace(state, well_since=None, away_since=away), ()


def _well(state: OnProbation, ticks: float, probation: Probation) -> Result:
    well = ticks if state.well_since is None else state.well_since
    if ticks - well >= probation.seconds:
        return Committed(state.version, state.slot), (Save(), MarkGood(state.slot))
    return replace(state, well_since=well), ()


def _give_back(state: OnProbation, reason: str) -> Result:
    return (
        RollingBack(state.version, state.slot, reason),
        (Save(), MarkBad(state.slot), Reboot()),
    )
