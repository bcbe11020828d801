"""A rollout as JSON and back, so that a killed one goes on; where it is kept is not its matter.

Moments are kept as the seconds that had passed since, because a clock that only goes forward begins
anew with the machine. The time between the last save and the reading counts for nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from provisioning.fleet.rollout import (
    Offered,
    Phase,
    Plan,
    Progress,
    Rollout,
    RolloutError,
    Seconds,
)


@dataclass(frozen=True)
class SavedRollout:
    """The state of a rollout, and the serial of the desired state said to each offered device."""

    rollout: Rollout
    serials: Mapping[str, int] = field(default_factory=dict)


def encode_rollout(saved: SavedRollout, at: Seconds) -> bytes:
    """JSON of a rollout as it is `at` this moment."""
    rollout, plan = saved.rollout, saved.rollout.plan
    soaking = rollout.soaking_since
    document = {
        "plan": {
            "release": plan.release,
            "waves": plan.waves,
            "share": plan.share,
            "max_failed": plan.max_failed,
            "soak_s": plan.soak,
            "patience_s": plan.patience,
        },
        "phase": rollout.phase,
        "begun": rollout.begun,
        "offered": [
            {"device": one.device, "for_s": at - one.since, "progress": one.progress}
            for one in rollout.offered
        ],
        "soaking_for_s": None if soaking is None else at - soaking,
        "serials": dict(saved.serials),
    }
    return json.dumps(document, indent=1).encode()


def decode_rollout(data: bytes, at: Seconds) -> SavedRollout:
    """Read a rollout so that it goes on `at` this moment.

    Raises:
        RolloutError: not JSON, a field is missing or of the wrong type, or an impossible state.
    """
    try:
        return _read(json.loads(data), at)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RolloutError(f"It is not a saved rollout: {error!r}.") from error


def _read(document: dict[str, object], at: Seconds) -> SavedRollout:
    match document:
        case {
            "plan": dict(plan),
            "phase": str(phase),
            "begun": int(begun),
            "offered": list(offered),
            "soaking_for_s": None | int() | float() as soaking,
            "serials": dict(serials),
        }:
            rollout = Rollout(
                plan=_plan(plan),
                phase=Phase(phase),
                begun=begun,
                offered=tuple(_offered(one, at) for one in offered),
                soaking_since=None if soaking is None else Seconds(at - soaking),
            )
            return SavedRollout(rollout, {str(name): int(one) for name, one in serials.items()})
        case _:
            raise RolloutError("a field is missing or of the wrong type")


def _plan(found: dict[str, object]) -> Plan:
    match found:
        case {
            "release": str(release),
            "waves": list(waves),
            "share": int() | float() as share,
            "max_failed": int(max_failed),
            "soak_s": int() | float() as soak,
            "patience_s": int() | float() as patience,
        }:
            devices = tuple(tuple(str(device) for device in wave) for wave in waves)
            return Plan(release, devices, share, max_failed, Seconds(soak), Seconds(patience))
        case _:
            raise RolloutError("a field of the plan is missing or of the wrong type")


def _offered(found: object, at: Seconds) -> Offered:
    match found:
        case {"device": str(device), "for_s": int() | float() as passed, "progress": str(progress)}:
            return Offered(device, Seconds(at - passed), Progress(progress))
        case _:
            raise RolloutError("an offered device is not described")
