"""Judges from beats and the broker line whether the device is well; it starts and stops nothing."""

from dataclasses import dataclass, replace

from device_agent.wire.local import Beat

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


@dataclass(frozen=True)
class Verdict:
    """Why the device is not well; `waiting` when each reason may still pass by itself."""

    reasons: tuple[str, ...]
    waiting: bool

    @property
    def healthy(self) -> bool:
        """Nothing is wrong."""
        return not self.reasons


def heard(health: Health, beat: Beat, ticks: float) -> Health:
    """A program's beat; another program's than the expected one does not count."""
    if beat.program != health.program:
        return health
    return replace(health, beat=beat, beat_ticks=ticks)


def judge(health: Health, ticks: float) -> Verdict:
    """The verdict now.

    Within `grace` seconds of the agent's start a program may still be starting; a broker, a reader
    or a printer may be away at any time: such reasons wait. A program that is silent or unwell
    after that does not.
    """
    program = _program_reasons(health, ticks)
    parts = () if program else _parts_reasons(health)
    broker = () if health.online else ("broker: not connected",)
    waiting = not program or ticks - health.since < health.grace
    return Verdict((*program, *parts, *broker), waiting)


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
