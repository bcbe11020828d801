"""The rollout machine: waves, soak, patience, abort; properties over any sequence of events."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioning.fleet import (
    Abort,
    Effect,
    Event,
    Finish,
    Offered,
    OfferTo,
    Outcome,
    Phase,
    Plan,
    Progress,
    Rollout,
    RolloutError,
    Seconds,
    Tick,
    step,
)

TWO_WAVES = Plan("2.0", (("a",), ("b", "c")))


def _tick(at: float) -> Tick:
    return Tick(Seconds(at))


def _good(device: str, at: float = 0) -> Outcome:
    return Outcome(device, committed=True, at=Seconds(at))


def _bad(device: str, at: float = 0) -> Outcome:
    return Outcome(device, committed=False, at=Seconds(at), reason="VZOR")


def _run(plan: Plan, *events: Event) -> tuple[Rollout, list[tuple[Effect, ...]]]:
    rollout, effects = Rollout(plan), []
    for event in events:
        rollout, asked = step(rollout, event)
        effects.append(asked)
    return rollout, effects


def test_wave_after_wave_to_the_end() -> None:
    rollout, effects = _run(TWO_WAVES, _tick(0), _good("a"), _good("b"), _good("c"))
    assert effects == [(OfferTo("a"),), (OfferTo("b"), OfferTo("c")), (), (Finish(),)]
    assert rollout.phase is Phase.FINISHED


def test_one_failure_aborts_and_nothing_follows() -> None:
    rollout, effects = _run(TWO_WAVES, _tick(0), _bad("a"), _good("a"), _tick(9))
    assert effects == [(OfferTo("a"),), (Abort("1 failed, 0 allowed"),), (), ()]
    assert rollout.phase is Phase.ABORTED


def test_a_tolerated_failure_with_a_lower_share_goes_on() -> None:
    plan = Plan("2.0", (("a", "b"), ("c",)), share=0.5, max_failed=1)
    _, effects = _run(plan, _tick(0), _bad("a"), _good("b"), _good("c"))
    assert effects[1:] == [(), (OfferTo("c"),), (Finish(),)]


def test_a_wave_soaks_before_the_next_one_begins() -> None:
    plan = Plan("2.0", (("a",), ("b",)), soak=Seconds(10))
    _, effects = _run(plan, _tick(0), _good("a", 5), _tick(14.9), _tick(15), _good("b", 20))
    assert effects == [(OfferTo("a"),), (), (), (OfferTo("b"),), ()]


def test_a_device_that_fails_while_its_wave_soaks_aborts() -> None:
    plan = Plan("2.0", (("a",), ("b",)), soak=Seconds(10))
    _, effects = _run(plan, _tick(0), _good("a", 5), _bad("a", 6), _tick(99))
    assert effects[2:] == [(Abort("1 failed, 0 allowed"),), ()]


def test_a_soak_begins_anew_when_a_tolerated_failure_undoes_the_wave() -> None:
    plan = Plan("2.0", (("a", "b"), ("c",)), share=0.5, soak=Seconds(10), max_failed=1)
    events = (_tick(0), _good("a", 5), _bad("a", 6), _good("b", 10), _tick(15), _tick(20))
    assert _run(plan, *events)[1][3:] == [(), (), (OfferTo("c"),)]


def test_a_wave_that_can_no_longer_reach_its_share_aborts_instead_of_waiting_for_ever() -> None:
    plan = Plan("2.0", (("a", "b"), ("c",)), max_failed=1)
    _, effects = _run(plan, _tick(0), _bad("a"))
    assert effects[1:] == [(Abort("only 1 of 2 devices of wave 1 can still commit"),)]


def test_a_device_that_says_nothing_fails_when_patience_ends() -> None:
    plan = Plan("2.0", (("a",),), patience=Seconds(60))
    _, effects = _run(plan, _tick(0), _tick(59), _tick(60))
    assert effects == [(OfferTo("a"),), (), (Abort("1 failed, 0 allowed"),)]


def test_an_outcome_of_a_device_that_was_not_offered_changes_nothing() -> None:
    rollout, effects = _run(TWO_WAVES, _tick(0), _good("c"), _bad("stranger"))
    assert effects[1:] == [(), ()]
    assert rollout.offered == (Offered("a", Seconds(0)),)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Plan("2.0", ()),
        lambda: Plan("2.0", (("a",), ())),
        lambda: Plan("2.0", (("a",), ("a",))),
        lambda: Plan("2.0", (("a",),), share=0),
        lambda: Plan("2.0", (("a",),), share=1.1),
        lambda: Plan("2.0", (("a",),), max_failed=-1),
        lambda: Plan("2.0", (("a",),), soak=Seconds(-1)),
        lambda: Plan("2.0", (("a",),), patience=Seconds(0)),
        lambda: Plan("2.0", (("a",),), patience=Seconds(nan)),
        lambda: Plan("2.0", (("a",),), soak=Seconds(nan)),
        lambda: Rollout(TWO_WAVES, Phase.RUNNING, 1, ()),
    ],
)
def test_impossible_plans_and_states_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(RolloutError):
        make()


DEVICES = [f"d{number}" for number in range(6)]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    cuts = sorted(draw(st.sets(st.integers(1, len(DEVICES) - 1), max_size=4)))
    edges = [0, *cuts, len(DEVICES)]
    waves = tuple(tuple(DEVICES[a:b]) for a, b in pairwise(edges))
    return Plan(
        "2.0",
        waves,
        share=draw(st.sampled_from([0.3, 0.5, 1.0])),
        max_failed=draw(st.integers(0, 3)),
        soak=Seconds(draw(st.sampled_from([0.0, 5.0]))),
        patience=Seconds(draw(st.sampled_from([10.0, 1e9]))),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    steps = draw(
        st.lists(
            st.tuples(
                st.integers(0, 4),
                st.none() | st.tuples(st.sampled_from([*DEVICES, "stranger"]), st.booleans()),
            ),
            max_size=60,
        )
    )
    times = accumulate(after for after, _ in steps)
    return [
        Tick(Seconds(at)) if told is None else Outcome(told[0], committed=told[1], at=Seconds(at))
        for at, (_, told) in zip(times, steps, strict=True)
    ]


def _walk(
    plan: Plan, history: Sequence[Event]
) -> list[tuple[Rollout, Rollout, tuple[Effect, ...]]]:
    steps, rollout = [], Rollout(plan)
    for event in history:
        after, effects = step(rollout, event)
        steps.append((rollout, after, effects))
        rollout = after
    return steps


@given(plans(), histories())
def test_nothing_is_offered_after_the_end(plan: Plan, history: list[Event]) -> None:
    for before, after, effects in _walk(plan, history):
        if before.phase in (Phase.ABORTED, Phase.FINISHED):
            assert (after, effects) == (before, ())
        if Abort in map(type, effects) or Finish in map(type, effects):
            assert len(effects) == 1


@given(plans(), histories())
def test_every_device_is_offered_at_most_once_and_in_order(
    plan: Plan, history: list[Event]
) -> None:
    offers = [e.device for _, _, es in _walk(plan, history) for e in es if isinstance(e, OfferTo)]
    assert offers == DEVICES[: len(offers)]


@given(plans(), histories())
def test_a_wave_begins_only_when_the_one_before_is_committed(
    plan: Plan, history: list[Event]
) -> None:
    for before, after, _ in _walk(plan, history):
        if after.begun > before.begun >= 1:
            earlier = {one.device: one.progress for one in after.offered}
            wave = plan.waves[before.begun - 1]
            done = sum(earlier[device] is Progress.COMMITTED for device in wave)
            assert done >= plan.needed(before.begun - 1)
        assert after.begun <= before.begun + 1


@given(plans(), histories())
def test_more_failures_than_allowed_always_abort(plan: Plan, history: list[Event]) -> None:
    for _, after, _ in _walk(plan, history):
        if after.count(Progress.FAILED) > plan.max_failed:
            assert after.phase is Phase.ABORTED


@given(plans(), histories())
def test_every_rollout_ends_when_time_goes_on(plan: Plan, history: list[Event]) -> None:
    rollout = Rollout(plan)
    late = [Tick(Seconds(1e10 * n)) for n in range(1, 4 * len(DEVICES))]
    for event in [*history, *late]:
        rollout, _ = step(rollout, event)
    assert rollout.phase in (Phase.ABORTED, Phase.FINISHED)
