"""Which window is in front, which waits, which dies: the usher's decisions as tables."""

from datetime import UTC, datetime

import pytest

from device_agent.wire.local import Alerts, AlertShown, Connection
from kiosk_app.session.causes import EndReason
from kiosk_app.usher_machine import (
    AgentSaid,
    Died,
    Effect,
    Event,
    Kill,
    Note,
    Report,
    Said,
    Spawn,
    Stage,
    Tell,
    Tick,
    Ushering,
    WindowId,
    beat,
    step,
)
from kiosk_app.usher_messages import (
    AlertSeen,
    Cleared,
    FromWindow,
    Front,
    Painted,
    Raised,
    SessionOver,
    Showing,
)

ONE, TWO, THREE = WindowId(1), WindowId(2), WindowId(3)
OVER = SessionOver(EndReason.FINISHED)
SHOWING = Showing("attract", painting=True, problems=())


def run(*happened: tuple[float, Event], start: Ushering | None = None) -> Ushering:
    state = start or Ushering()
    for now, event in happened:
        state, _ = step(state, event, now)
    return state


def said(window: WindowId, message: FromWindow) -> Event:
    return Said(window, message)


def standing(now: float = 1.0) -> Ushering:
    """Window 1 in front, window 2 waiting."""
    return run(
        (0.0, Tick()),
        (0.5, said(ONE, Painted())),
        (0.6, said(ONE, Raised())),
        (now, said(TWO, Painted())),
        (now, said(ONE, SHOWING)),
    )


def stages(state: Ushering) -> list[tuple[WindowId, Stage]]:
    return [(pane.id, pane.stage) for pane in state.panes]


def effects(state: Ushering, event: Event, now: float) -> tuple[Effect, ...]:
    return step(state, event, now)[1]


def test_one_window_first_and_its_spare_once_it_stands_in_front() -> None:
    state, first = step(Ushering(), Tick(), 0.0)
    assert first == (Spawn(ONE),)
    state, raised = step(state, said(ONE, Painted()), 0.5)
    assert raised == (Tell(ONE, Front()),)
    first_in_front, spare = effects(state, said(ONE, Raised()), 0.75)
    assert (first_in_front, spare) == (Note(ONE, 0.25), Spawn(TWO))
    assert stages(standing()) == [(ONE, Stage.FRONT), (TWO, Stage.WAITING)]


def test_the_end_of_a_session_raises_the_spare_at_once_and_kills_nothing_yet() -> None:
    assert effects(standing(), said(ONE, OVER), 2.0) == (Tell(TWO, Front()),)


def test_the_used_window_dies_when_the_spare_stands_and_the_token_is_back() -> None:
    state = run((2.0, said(ONE, OVER)), (2.05, said(ONE, Cleared())), start=standing())
    killed = effects(state, said(TWO, Raised()), 2.1)
    assert killed[1:] == (Kill(ONE, "its session is over"), Spawn(THREE))


def test_the_used_window_dies_soon_even_if_the_token_does_not_come_back() -> None:
    state = run((2.0, said(ONE, OVER)), (2.1, said(TWO, Raised())), start=standing())
    assert stages(state)[0] == (ONE, Stage.ENDED)
    assert Kill(ONE, "its session is over") in effects(state, Tick(), 2.6)


def test_the_used_window_dies_even_without_a_spare() -> None:
    state = run((2.0, Died(TWO)), (2.0, said(ONE, OVER)), start=standing())
    assert Kill(ONE, "its session is over for too long") in effects(state, Tick(), 5.1)


def test_a_dead_front_window_is_replaced_at_once() -> None:
    assert effects(standing(), Died(ONE), 2.0) == (Tell(TWO, Front()),)


def test_a_dead_spare_is_started_again() -> None:
    assert effects(standing(), Died(TWO), 2.0) == (Spawn(THREE),)


def test_a_stranger_dying_or_speaking_changes_nothing() -> None:
    state = standing()
    assert run((2.0, Died(WindowId(9))), (2.0, said(WindowId(9), OVER)), start=state) == state


@pytest.mark.parametrize(
    ("state", "window", "late", "why"),
    [
        (run((0.0, Tick())), ONE, 21.0, "it was not painted in time"),
        (
            run((0.0, Tick()), (0.5, said(ONE, Painted()))),
            ONE,
            4.0,
            "it did not come to the front in time",
        ),
        (standing(), ONE, 8.0, "it does not answer"),
    ],
)
def test_a_window_that_is_late_or_mute_dies(
    state: Ushering, window: WindowId, late: float, why: str
) -> None:
    assert Kill(window, why) in effects(state, Tick(), late)


def test_starts_that_fail_wait_longer_each_time_and_a_painted_window_forgets_it() -> None:
    state = run((0.0, Tick()), (1.0, Died(ONE)))
    assert effects(state, Tick(), 1.1) == ()
    state = run((1.3, Tick()), (1.4, Died(TWO)), start=state)
    assert effects(state, Tick(), 1.7) == ()
    assert effects(state, Tick(), 1.9) == (Spawn(THREE),)
    assert beat(state, 1.9).problems == ("display: no window could be opened",)
    painted = run((1.9, Tick()), (2.0, said(THREE, Painted())), start=state)
    assert painted.failures == 0


def test_a_new_window_hears_what_the_agent_said_before() -> None:
    alerts, connection = Alerts(()), Connection(online=True)
    state = run((0.0, Tick()), (0.1, AgentSaid(alerts)), (0.1, AgentSaid(connection)))
    told = effects(state, said(ONE, Painted()), 0.5)
    assert told == (Tell(ONE, alerts), Tell(ONE, connection), Tell(ONE, Front()))


def test_both_windows_hear_what_the_agent_says() -> None:
    alerts = Alerts(())
    told = effects(standing(), AgentSaid(alerts), 2.0)
    assert told == (Tell(ONE, alerts), Tell(TWO, alerts))


def test_a_shown_alert_is_reported() -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    reported = effects(standing(), said(ONE, AlertSeen("A-1", at)), 2.0)
    assert reported == (Report(AlertShown("kiosk", "A-1", at)),)


def test_words_out_of_turn_only_count_as_signs_of_life() -> None:
    state = run((5.0, said(TWO, OVER)), (5.0, said(TWO, Raised())), start=standing())
    assert stages(state) == stages(standing())


@pytest.mark.parametrize(
    ("message", "now", "healthy"),
    [
        (SHOWING, 2.0, True),
        (SHOWING, 5.0, False),
        (Showing("attract", painting=False, problems=()), 2.0, False),
    ],
)
def test_healthy_is_a_front_window_that_speaks_and_paints(
    message: Showing, now: float, *, healthy: bool
) -> None:
    state = run((1.5, said(ONE, message)), start=standing())
    assert beat(state, now).healthy is healthy


def test_the_beat_passes_the_windows_problems_on() -> None:
    showing = Showing("home", painting=True, problems=("printer: it does not print",))
    state = run((1.5, said(ONE, showing)), start=standing())
    assert beat(state, 1.6).problems == ("printer: it does not print",)
    assert beat(state, 1.6).showing == "home"


def test_nothing_is_shown_before_there_is_a_window() -> None:
    assert beat(Ushering(), 0.0).showing == "nothing"
