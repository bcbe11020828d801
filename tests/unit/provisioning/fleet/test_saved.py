"""A saved rollout goes on as the one that was broken off would have; damage is refused."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from provisioning.fleet import (
    Finish,
    Outcome,
    Phase,
    Plan,
    Rollout,
    RolloutError,
    SavedRollout,
    Seconds,
    Tick,
    decode_rollout,
    encode_rollout,
    step,
)

PLAN = Plan("2.0", (("a", "b"), ("c",)), 0.5, 1, Seconds(10), Seconds(60))
BEGUN, _ = step(Rollout(PLAN), Tick(Seconds(100)))


@pytest.mark.parametrize("rollout", [Rollout(PLAN), BEGUN, replace(BEGUN, phase=Phase.ABORTED)])
def test_nothing_is_lost(rollout: Rollout) -> None:
    saved = SavedRollout(rollout, {"a": 7})
    assert decode_rollout(encode_rollout(saved, Seconds(105)), Seconds(105)) == saved


def test_patience_and_soak_go_on_on_a_clock_that_began_anew() -> None:
    soaking, _ = step(BEGUN, Outcome("a", committed=True, at=Seconds(101)))
    data = encode_rollout(SavedRollout(soaking), Seconds(108))
    rollout = decode_rollout(data, Seconds(0)).rollout
    assert rollout.soaking_since == Seconds(-7)
    assert {one.since for one in rollout.offered} == {Seconds(-8)}
    assert step(rollout, Tick(Seconds(2.9)))[1] == ()
    assert len(step(rollout, Tick(Seconds(3)))[1]) == 1


def test_it_ends_as_it_would_have() -> None:
    rollout = BEGUN
    for device in ("a", "b", "c"):
        data = encode_rollout(SavedRollout(rollout), Seconds(100))
        rollout = decode_rollout(data, Seconds(100)).rollout
        rollout, _ = step(rollout, Outcome(device, committed=True, at=Seconds(100)))
        rollout, effects = step(rollout, Tick(Seconds(120)))
    assert effects == (Finish(),)


def _with(**changes: object) -> bytes:
    saved = json.loads(encode_rollout(SavedRollout(BEGUN), Seconds(100)))
    return json.dumps({**saved, **changes}).encode()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"\xff",
        lambda: b"[]",
        lambda: b"[" * 100_000,
        lambda: _with(phase="gone"),
        lambda: _with(begun=2),
        lambda: _with(begun="1"),
        lambda: _with(plan={}),
        lambda: _with(plan=None),
        lambda: _with(offered=[{}]),
        lambda: _with(offered=[{"device": "a", "for_s": 1, "progress": "gone"}]),
        lambda: _with(serials={"a": "x"}),
        lambda: _with(serials={"a": None}),
    ],
)
def test_damage_is_one_sentence(make: Callable[[], bytes]) -> None:
    with pytest.raises(RolloutError, match="not a saved rollout"):
        decode_rollout(make(), Seconds(0))
