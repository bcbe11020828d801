"""Carries a rollout out over the bridge: runs its effects, feeds it what devices report."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, assert_never

from device_agent.wire.reported import Reported, UpdatePhase
from provisioning.city import City
from provisioning.console import Bridge, DesiredChange
from provisioning.fleet import (
    Abort,
    Effect,
    Event,
    Finish,
    OfferTo,
    Outcome,
    Phase,
    Plan,
    Progress,
    Rollout,
    Seconds,
    Tick,
    outcome_of,
    step,
)

TICK: Final = Seconds(1.0)
_OVER: Final = (Phase.FINISHED, Phase.ABORTED)


def roll_out(city: City, bridge: Bridge, plan: Plan, say: Callable[[str], None]) -> Rollout:
    """Carry a plan out until it is finished or aborted, saying one line for each change.

    Args:
        city: whose desired states are signed.
        bridge: a connected bridge that may listen.
        plan: what to whom.
        say: takes a line for the person who watches.

    Raises:
        StatementError: a device has no desired state yet or is no name.
        BridgeError: the broker did not take a desired state.
    """
    shell = _Shell(city, bridge, plan, say)
    bridge.watch(device for wave in plan.waves for device in wave)
    shell.feed(Tick(_clock()))
    while shell.rollout.phase not in _OVER:
        said = bridge.next_said(TICK)
        if said is not None and isinstance(said.statement, Reported):
            shell.hear(said.statement)
        shell.feed(Tick(_clock()))
    return shell.rollout


class _Shell:
    """The rollout's state and what its effects need."""

    def __init__(self, city: City, bridge: Bridge, plan: Plan, say: Callable[[str], None]) -> None:
        self.rollout = Rollout(plan)
        self._city = city
        self._bridge = bridge
        self._say = say
        self._serials: dict[str, int] = {}
        self._phases: dict[str, UpdatePhase] = {}

    def hear(self, report: Reported) -> None:
        """Take a device's report for what it means to the rollout."""
        serial = self._serials.get(report.device)
        if serial is None or report.desired_serial < serial:
            return
        outcome = outcome_of(report, self.rollout.plan.release, serial, _clock())
        if outcome is not None:
            self.feed(outcome)
        elif self._phases.get(report.device) != report.update.phase:
            self._phases[report.device] = report.update.phase
            self._say(f"{report.device}: {report.update.phase} {report.update.version}".rstrip())

    def feed(self, event: Event) -> None:
        """Step the machine and run what it asks for."""
        before = self.rollout
        self.rollout, effects = step(self.rollout, event)
        if isinstance(event, Outcome) and self.rollout.offered != before.offered:
            word = "committed" if event.committed else f"failed, {event.reason or 'no reason'}"
            self._say(f"{event.device}: {word}")
        for effect in effects:
            self._run(effect)

    def _run(self, effect: Effect) -> None:
        release = self.rollout.plan.release
        match effect:
            case OfferTo(device):
                change = DesiredChange(release=release)
                signed = self._city.set_desired(self._bridge, device, change, datetime.now(UTC))
                self._serials[device] = signed.state.serial
                self._say(f"wave {self.rollout.begun}: {release} offered to {device}")
            case Abort(reason):
                self._say(f"aborted: {reason}")
            case Finish():
                self._say(
                    f"finished: {release} is committed on {self.rollout.count(Progress.COMMITTED)}"
                )
            case _ as unreachable:
                assert_never(unreachable)


def _clock() -> Seconds:
    return Seconds(time.monotonic())
