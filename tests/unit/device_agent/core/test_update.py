"""The update machine: each way through it, and that no sequence of events leads astray."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_agent.core.health import Ail, Verdict
from device_agent.core.update import Probation, step
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
    UpdateEvent,
    UpdateState,
)

TIMES = Probation(seconds=10, patience=30, outage=1000)
WELL = Verdict((), Ail.NOTHING)
ILL = Verdict(("player: black",), Ail.PROGRAM)
WAITING = Verdict(("printer: it does not print",), Ail.PART)
AWAY = Verdict(("broker: not connected",), Ail.SERVICE)
PROBATION = OnProbation("2", "B", 100.0)


@pytest.mark.parametrize(
    ("state", "event", "after", "effects"),
    [
        (Idle(), Offered("2", "1"), Fetching("2"), (Save(), Fetch("2"))),
        (Idle(), Offered("1", "1"), Idle(), ()),
        (Fetching("2"), Offered("1", "1"), Idle(), ()),
        (Fetching("2"), Offered("3", "1"), Fetching("3"), (Save(), Fetch("3"))),
        (Installing("2"), Offered("3", "1"), Installing("2"), ()),
        (RolledBack("2", "B", "x"), Offered("2", "1"), RolledBack("2", "B", "x"), ()),
        (RolledBack("2", "B", "x"), Offered("3", "1"), Fetching("3"), (Save(), Fetch("3"))),
        (RolledBack("2", "B", "x"), Offered("1", "1"), RolledBack("2", "B", "x"), ()),
        (Fetching("2"), Fetched("2", "/t"), Installing("2"), (Save(), Install("2", "/t"))),
        (Fetching("3"), Fetched("2", "/t"), Fetching("3"), ()),
        (Idle(), Fetched("2", "/t"), Idle(), ()),
        (Installing("2"), Installed("B"), Rebooting("2", "B"), (Save(), Activate("B"), Reboot())),
        (Idle(), Installed("B"), Idle(), ()),
        (Fetching("2"), Refused("2", "bad"), RolledBack("2", "", "bad"), (Save(),)),
        (Installing("2"), Refused("2", "bad"), RolledBack("2", "", "bad"), (Save(),)),
        (Fetching("3"), Refused("2", "bad"), Fetching("3"), ()),
        (Idle(), Refused("2", "bad"), Idle(), ()),
        (Idle(), Started("A", "", 5), Idle(), ()),
        (Fetching("2"), Started("A", "", 5), Fetching("2"), (Fetch("2"),)),
        (Installing("2"), Started("A", "", 5), Fetching("2"), (Save(), Fetch("2"))),
        (Rebooting("2", "B"), Started("B", "", 5), OnProbation("2", "B", 5), (Save(),)),
        (
            Rebooting("2", "B"), Started("A", "B", 5),
            RolledBack("2", "B", "the new slot did not start"), (Save(),),
        ),
        (
            Rebooting("2", "B"), Started("A", "", 5),
            Rebooting("2", "B", 1), (Save(), Activate("B"), Reboot()),
        ),
        (
            Rebooting("2", "B", MAX_STARTS), Started("A", "", 5),
            RolledBack("2", "B", "the new slot did not start"), (Save(),),
        ),
        (PROBATION, Started("B", "", 5), OnProbation("2", "B", 5, starts=1), (Save(),)),
        (
            PROBATION, Started("A", "B", 5),
            RolledBack("2", "B", "the new slot did not stay up"), (Save(),),
        ),
        (
            OnProbation("2", "B", 1, starts=MAX_STARTS), Started("B", "", 5),
            RollingBack("2", "B", "the agent was restarted too often on probation"),
            (Save(), MarkBad("B"), Reboot()),
        ),
        (
            RollingBack("2", "B", "x"), Started("B", "", 5),
            RollingBack("2", "B", "x"), (MarkBad("B"), Reboot()),
        ),
        (RollingBack("2", "B", "x"), Started("A", "B", 5), RolledBack("2", "B", "x"), (Save(),)),
        (Committed("2", "B"), Started("B", "", 5), Committed("2", "B"), (MarkGood("B"),)),
        (Committed("2", "B"), Started("A", "", 5), Committed("2", "B"), ()),
        (RolledBack("2", "B", "x"), Started("A", "B", 5), RolledBack("2", "B", "x"), ()),
        (Idle(), Judged(WELL, 5), Idle(), ()),
        (PROBATION, Judged(WELL, 101), OnProbation("2", "B", 100, 101), ()),
        (
            PROBATION, Judged(ILL, 101),
            RollingBack("2", "B", "player: black"), (Save(), MarkBad("B"), Reboot()),
        ),
        (PROBATION, Judged(WAITING, 129), PROBATION, ()),
        (
            PROBATION, Judged(WAITING, 130),
            RollingBack("2", "B", "printer: it does not print"), (Save(), MarkBad("B"), Reboot()),
        ),
        (
            OnProbation("2", "B", 100, 105), Judged(WELL, 115),
            Committed("2", "B"), (Save(), MarkGood("B")),
        ),
        (OnProbation("2", "B", 100, 105), Judged(WAITING, 114), PROBATION, ()),
        (
            OnProbation("2", "B", 100, 105), Judged(AWAY, 109),
            OnProbation("2", "B", 100, away_since=109), (),
        ),
        (
            OnProbation("2", "B", 100, away_since=110), Judged(AWAY, 1109),
            OnProbation("2", "B", 100, away_since=110), (),
        ),
        (
            OnProbation("2", "B", 100, away_since=110), Judged(AWAY, 1110),
            RollingBack("2", "B", "broker: not connected"), (Save(), MarkBad("B"), Reboot()),
        ),
        (
            OnProbation("2", "B", 100, away_since=110), Judged(WELL, 510),
            OnProbation("2", "B", 500, 510), (),
        ),
        (
            OnProbation("2", "B", 100, away_since=110), Judged(WAITING, 529),
            OnProbation("2", "B", 519), (),
        ),
        (OnProbation("2", "B", 519), Judged(WAITING, 548), OnProbation("2", "B", 519), ()),
        (
            OnProbation("2", "B", 519), Judged(WAITING, 549),
            RollingBack("2", "B", "printer: it does not print"), (Save(), MarkBad("B"), Reboot()),
        ),
        (Installing("2"), Delayed(), Fetching("2"), (Save(),)),
        (Fetching("2"), Delayed(), Fetching("2"), ()),
    ],
)  # fmt: skip
def test_each_step(
    state: UpdateState, event: UpdateEvent, after: UpdateState, effects: tuple[object, ...]
) -> None:
    assert step(state, event, TIMES) == (after, effects)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Fetching(""),
        lambda: Rebooting("2", "C"),
        lambda: OnProbation("2", "B", 5, 4),
        lambda: RolledBack("2", "B", ""),
    ],
)
def test_impossible_states_cannot_be_made(make: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        make()  # type: ignore[operator]  # any of the above


VERSIONS = st.sampled_from(["1", "2", "3"])
SLOTS = st.sampled_from(["A", "B"])
EVENTS = st.one_of(
    st.builds(Offered, VERSIONS, VERSIONS),
    st.builds(Fetched, VERSIONS, st.just("/t")),
    st.builds(Installed, SLOTS),
    st.builds(Refused, VERSIONS, st.just("bad")),
    st.just(Delayed()),
    st.builds(Started, SLOTS, st.sampled_from(["", "A", "B"]), st.just(0.0)),
    st.builds(Judged, st.sampled_from([WELL, ILL, WAITING, AWAY]), st.just(0.0)),
)


@given(st.lists(st.tuples(EVENTS, st.floats(0, 20)), max_size=60))
@settings(max_examples=500)
def test_no_sequence_commits_without_a_good_verdict_or_acts_before_it_saved(
    moves: list[tuple[UpdateEvent, float]],
) -> None:
    state: UpdateState = Idle()
    saved: UpdateState = state
    ticks = 0.0
    well: float | None = None
    for event, passed in moves:
        ticks += passed
        if isinstance(event, Judged):
            event = Judged(event.verdict, ticks)  # noqa: PLW2901 - given its time
            well = (ticks if well is None else well) if event.verdict.healthy else None
        elif isinstance(event, Started):
            event = Started(event.slot, event.failed, ticks)  # noqa: PLW2901 - the same
            well = None
        before = state
        state, effects = step(state, event, TIMES)
        for effect in effects:
            if isinstance(effect, Save):
                saved = state
            elif isinstance(effect, Activate | MarkBad | Reboot | Install | MarkGood):
                assert type(saved) is type(state)
        if isinstance(state, Committed) and not isinstance(before, Committed):
            assert isinstance(before, OnProbation)
            assert well is not None
            assert ticks - well >= TIMES.seconds
