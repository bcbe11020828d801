"""Carries a rollout out over the bridge, saving it at each step; what to do when, `fleet` says."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, assert_never

from device_agent.wire.reported import Reported, UpdatePhase
from device_agent.wire.topics import is_name
from provisioning.city import City
from provisioning.console import Bridge, DesiredChange, StatementError
from provisioning.durable_file import write_durable
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
    RolloutError,
    SavedRollout,
    Seconds,
    Tick,
    decode_rollout,
    encode_rollout,
    outcome_of,
    step,
)
from provisioning.publish import locked

TICK: Final = Seconds(1.0)
_OVER: Final = (Phase.FINISHED, Phase.ABORTED)


@contextmanager
def alone(city: City) -> Iterator[None]:
    """Let no other rollout of the city begin; taken before the bridge, which would disconnect it.

    Raises:
        PublishError: one is under way.
    """
    with locked(city.root / "rollouts", patience_s=0.0):
        yield


def roll_out(
    city: City, bridge: Bridge, plan: Plan, say: Callable[[str], None], *, anew: bool = False
) -> Rollout:
    """Carry a plan out until it is finished or aborted, saying one line for each change.

    A plan that was broken off goes on where it stopped; what was offered is not offered again.

    Args:
        city: whose desired states are signed.
        bridge: a connected bridge that may listen.
        plan: what to whom.
        say: takes a line for the person who watches.
        anew: forget how far a broken off rollout of the release was.

    Raises:
        StatementError: a device has no desired state yet or is no name, the release is no name,
            or a rollout of it with another plan was broken off.
        BridgeError: the broker did not take a desired state; the same call goes on.
    """
    path = _path(city, plan.release)
    saved = None if anew else _unfinished(path, plan)
    shell = _Shell(city, bridge, saved or SavedRollout(Rollout(plan)), path, say)
    bridge.watch(device for wave in plan.waves for device in wave)
    shell.go_on()
    shell.feed(Tick(_clock()))
    while shell.rollout.phase not in _OVER:
        said = bridge.next_said(TICK)
        if said is not None and isinstance(said.statement, Reported):
            shell.hear(said.statement)
        shell.feed(Tick(_clock()))
    return shell.rollout


class _Shell:
    """The rollout's state and what its effects need."""

    def __init__(
        self,
        city: City,
        bridge: Bridge,
        saved: SavedRollout,
        path: Path,
        say: Callable[[str], None],
    ) -> None:
        self.rollout = saved.rollout
        self._city = city
        self._bridge = bridge
        self._path = path
        self._say = say
        self._serials = dict(saved.serials)
        self._phases: dict[str, UpdatePhase] = {}

    def go_on(self) -> None:
        """Offer what was begun and not said when the rollout was broken off."""
        if self.rollout.phase is Phase.PLANNED:
            return
        self._say(f"going on with {self.rollout.plan.release} in wave {self.rollout.begun}")
        for one in self.rollout.offered:
            if one.progress is Progress.OFFERED and one.device not in self._serials:
                self._run(OfferTo(one.device))

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
        if self.rollout != before:
            self._save()
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
                self._save()
                self._say(f"wave {self.rollout.begun}: {release} offered to {device}")
            case Abort(reason):
                self._say(f"aborted: {reason}")
            case Finish():
                self._say(
                    f"finished: {release} is committed on {self.rollout.count(Progress.COMMITTED)}"
                )
            case _ as unreachable:
                assert_never(unreachable)

    def _save(self) -> None:
        data = encode_rollout(SavedRollout(self.rollout, self._serials), _clock())
        write_durable(self._path, data)


def _path(city: City, release: str) -> Path:
    if not is_name(release):
        raise StatementError(f"The release {release[:64]!r} is not a plain name.")
    return city.root / "rollouts" / f"{release}.json"


def _unfinished(path: Path, plan: Plan) -> SavedRollout | None:
    """The rollout that was broken off, if there is one."""
    try:
        saved = decode_rollout(path.read_bytes(), _clock())
    except FileNotFoundError:
        return None
    except RolloutError as error:
        raise StatementError(f"The saved rollout {path} cannot be read: {error}") from error
    if saved.rollout.phase in _OVER:
        return None
    if saved.rollout.plan != plan:
        raise StatementError(
            f"A rollout of {plan.release!r} with another plan was broken off: go on with its words"
            " or begin anew."
        )
    return saved


def _clock() -> Seconds:
    return Seconds(time.monotonic())
