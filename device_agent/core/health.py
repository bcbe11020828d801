"""Judges from beats and the broker line whether the device is well; it starts and stops nothing."""

from dataclasses import dataclass, replace
from enum import IntEnum

from device_agent.core.clock import Clock
from device_agent.wire.local import Beat
from device_agent.wire.parts import part_of

BEAT_TIMEOUT = 5.0  # seconds; a program beats each second


@dataclass(frozen=True)
class Health:
    """The last beat of the one program the device runs; `ticks` are monotonic seconds."""

    program: str
    since: float
    grace: float
    online: bool = False
    beat: Beat | None = None
    beat_ticks: float = 0.0


class Ail(IntEnum):
    """What is not as it should be, the worse the greater (ADR 0009)."""

    NOTHING = 0
    SERVICE = 1
    """Only services of the city hall are away: no fault of the device or its release."""
    PART = 2
    """A part of the device is away, or a program is still starting: it may pass by itself."""
    PROGRAM = 3
    """The program is silent or unwell after its time to start."""


@dataclass(frozen=True)
class Verdict:
    """Every reason why the device is not well, and the worst kind among them."""

    reasons: tuple[str, ...]
    ail: Ail

    @property
    def healthy(self) -> bool:
        """Nothing is wrong."""
        return self.ail is Ail.NOTHING


def heard(health: Health, beat: Beat, ticks: float) -> Health:
    """A program's beat; another program's than the expected one does not count."""
    if beat.program != health.program:
        return health
    return replace(health, beat=beat, beat_ticks=ticks)


def judge(health: Health, clock: Clock) -> Verdict:
    """The verdict now; within `grace` seconds of the agent's start a program may be starting."""
    program = _program_reasons(health, clock.ticks)
    parts = () if program else _parts_reasons(health)
    services = (*_clock_reasons(clock), *(() if health.online else ("broker: not connected",)))
    reasons = (*program, *parts, *services)
    if program:
        starting = clock.ticks - health.since < health.grace
        return Verdict(reasons, Ail.PART if starting else Ail.PROGRAM)
    if any(not _is_service(problem) for problem in parts):
        return Verdict(reasons, Ail.PART)
    return Verdict(reasons, Ail.SERVICE if reasons else Ail.NOTHING)


def _is_service(problem: str) -> bool:
    part = part_of(problem)
    return part is not None and part.is_service


def _clock_reasons(clock: Clock) -> tuple[str, ...]:
    """The city hall sets the clock; a device with an empty clock battery starts in 1970."""
    return () if clock.is_set else (f"clock: not set, it says {clock.wall:%Y-%m-%d}",)


def _program_reasons(health: Health, ticks: float) -> tuple[str, ...]:
    beat = health.beat
    if beat is None:
        return (f"{health.program}: no beat yet",)
    if ticks - health.beat_ticks > BEAT_TIMEOUT:
        return (f"{health.program}: no beat for more than {BEAT_TIMEOUT:.0f} s",)
    if beat.healthy:
        return ()
    return tuple(f"{health.program}: {problem}" for problem in beat.problems or ("unwell",))


def _parts_reasons(health: Health) -> tuple[str, ...]:
    """What a program that is well misses around it: a reader, a printer, a service."""
    return health.beat.problems if health.beat else ()
