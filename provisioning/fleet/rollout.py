"""A staged rollout as a pure machine: whom to offer a release when; it sends and measures nothing.

A wave begins when the wave before it is committed to the wanted share and has soaked. More failed
devices than allowed, or a wave that can no longer reach its share, abort the rollout; after that
nothing is offered any more.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil, isfinite
from typing import NewType, assert_never

Seconds = NewType("Seconds", float)
"""Seconds on a clock that only goes forward."""


class RolloutError(ValueError):
    """A plan that cannot be carried out; one sentence says why."""


@dataclass(frozen=True)
class Plan:
    """What to roll out to whom.

    Attributes:
        release: the version.
        waves: the devices of each wave, in order; no device twice.
        share: the part of a wave, over 0 to 1, that must be committed before the next one begins.
        max_failed: failed devices that are tolerated; one more aborts.
        soak: how long a finished wave is watched before the next one begins.
        patience: how long an offered device may take before it counts as failed.
    """

    release: str
    waves: tuple[tuple[str, ...], ...]
    share: float = 1.0
    max_failed: int = 0
    soak: Seconds = Seconds(0.0)
    patience: Seconds = Seconds(3600.0)

    def __post_init__(self) -> None:
        devices = [device for wave in self.waves for device in wave]
        if not devices or not all(self.waves) or not all(devices):
            raise RolloutError("A rollout needs at least one wave, and a wave one device.")
        if len(set(devices)) != len(devices):
            raise RolloutError("A device stands in a rollout twice.")
        if not 0 < self.share <= 1:
            raise RolloutError("The share of a wave must be over 0 and at most 1.")
        if self.max_failed < 0:
            raise RolloutError("The devices that may fail must not be fewer than 0.")
        if not (isfinite(self.soak) and self.soak >= 0):
            raise RolloutError("The soak must be 0 seconds or more.")
        if not (isfinite(self.patience) and self.patience > 0):
            raise RolloutError("The patience must be over 0 seconds.")

    def needed(self, wave: int) -> int:
        """How many devices of a wave must be committed before the next one begins."""
        return ceil(self.share * len(self.waves[wave]))


class Progress(StrEnum):
    """How far one device is."""

    OFFERED = "offered"
    COMMITTED = "committed"
    FAILED = "failed"


class Phase(StrEnum):
    """How far the rollout is."""

    PLANNED = "planned"
    RUNNING = "running"
    ABORTED = "aborted"
    FINISHED = "finished"


@dataclass(frozen=True)
class Offered:
    """One device that was offered the release: since when and how far it is."""

    device: str
    since: Seconds
    progress: Progress = Progress.OFFERED


@dataclass(frozen=True)
class Rollout:
    """The state: which waves have begun, how far each offered device is, since when it soaks."""

    plan: Plan
    phase: Phase = Phase.PLANNED
    begun: int = 0
    offered: tuple[Offered, ...] = field(default=())
    soaking_since: Seconds | None = None

    def __post_init__(self) -> None:
        wanted = tuple(device for wave in self.plan.waves[: self.begun] for device in wave)
        if tuple(one.device for one in self.offered) != wanted:
            raise RolloutError("Exactly the devices of the waves that have begun are offered.")

    def count(self, progress: Progress) -> int:
        """How many devices are that far."""
        return sum(one.progress is progress for one in self.offered)


@dataclass(frozen=True)
class Outcome:
    """What a device made of the release, told at `at`."""

    device: str
    committed: bool
    at: Seconds
    reason: str = ""


@dataclass(frozen=True)
class Tick:
    """Time has passed; it is `at` now. The first one begins the rollout."""

    at: Seconds


Event = Outcome | Tick


@dataclass(frozen=True)
class OfferTo:
    """Say to the device that it shall run the release."""

    device: str


@dataclass(frozen=True)
class Abort:
    """The rollout is over, too many devices failed."""

    reason: str


@dataclass(frozen=True)
class Finish:
    """The rollout is over, every wave is committed to its share."""


Effect = OfferTo | Abort | Finish


def step(rollout: Rollout, event: Event) -> tuple[Rollout, tuple[Effect, ...]]:
    """What an event makes of a rollout, and what is to be done about it."""
    if rollout.phase in (Phase.ABORTED, Phase.FINISHED):
        return rollout, ()
    match event:
        case Outcome():
            rollout = _told(rollout, event)
        case Tick(at):
            rollout = _expired(rollout, at)
        case _ as unreachable:
            assert_never(unreachable)
    reason = _hopeless(rollout)
    if reason:
        return replace(rollout, phase=Phase.ABORTED), (Abort(reason),)
    return _advance(rollout, event.at)


def _hopeless(rollout: Rollout) -> str:
    """Why the rollout cannot go on, or nothing."""
    failed, allowed = rollout.count(Progress.FAILED), rollout.plan.max_failed
    if failed > allowed:
        return f"{failed} failed, {allowed} allowed"
    here = _last_wave(rollout)
    left = sum(one.progress is not Progress.FAILED for one in here)
    if here and left < rollout.plan.needed(rollout.begun - 1):
        return f"only {left} of {len(here)} devices of wave {rollout.begun} can still commit"
    return ""


def _last_wave(rollout: Rollout) -> tuple[Offered, ...]:
    """The devices of the wave that began last."""
    size = len(rollout.plan.waves[rollout.begun - 1]) if rollout.begun else 0
    return rollout.offered[len(rollout.offered) - size :]


def _told(rollout: Rollout, outcome: Outcome) -> Rollout:
    progress = Progress.COMMITTED if outcome.committed else Progress.FAILED
    return replace(
        rollout,
        offered=tuple(
            replace(one, progress=progress) if one.device == outcome.device else one
            for one in rollout.offered
        ),
    )


def _expired(rollout: Rollout, at: Seconds) -> Rollout:
    def judged(one: Offered) -> Offered:
        late = one.progress is Progress.OFFERED and at - one.since >= rollout.plan.patience
        return replace(one, progress=Progress.FAILED) if late else one

    return replace(rollout, offered=tuple(judged(one) for one in rollout.offered))


def _advance(rollout: Rollout, at: Seconds) -> tuple[Rollout, tuple[Effect, ...]]:
    """Begin the first wave, or the next one when the last has soaked."""
    if rollout.phase is Phase.PLANNED:
        return _begin(rollout, at)
    committed = sum(one.progress is Progress.COMMITTED for one in _last_wave(rollout))
    if committed < rollout.plan.needed(rollout.begun - 1):
        return replace(rollout, soaking_since=None), ()
    since = at if rollout.soaking_since is None else rollout.soaking_since
    rollout = replace(rollout, soaking_since=since)
    if at - since < rollout.plan.soak:
        return rollout, ()
    if rollout.begun == len(rollout.plan.waves):
        return replace(rollout, phase=Phase.FINISHED), (Finish(),)
    return _begin(rollout, at)


def _begin(rollout: Rollout, at: Seconds) -> tuple[Rollout, tuple[Effect, ...]]:
    wave = rollout.plan.waves[rollout.begun]
    begun = replace(
        rollout,
        phase=Phase.RUNNING,
        begun=rollout.begun + 1,
        offered=rollout.offered + tuple(Offered(device, at) for device in wave),
        soaking_since=None,
    )
    return begun, tuple(OfferTo(device) for device in wave)
