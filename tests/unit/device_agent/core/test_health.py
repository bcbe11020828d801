"""The verdict follows from beats, the clock and the broker line."""

from datetime import UTC, datetime

import pytest

from device_agent.core.clock import Clock
from device_agent.core.health import Ail, Health, Verdict, heard
from device_agent.core.health import judge as judge_at
from device_agent.wire.local import Beat
from device_agent.wire.parts import Part

WALL = datetime(2026, 11, 24, tzinfo=UTC)
HEALTH = Health("player", since=100.0, grace=20.0, online=True)
GOOD = Beat("player", healthy=True, showing="video", problems=())


def judge(health: Health, ticks: float) -> Verdict:
    return judge_at(health, Clock(WALL, ticks))


def missing(*problems: str, online: bool = True) -> Verdict:
    beat = Beat("kiosk", healthy=True, showing="home", problems=problems)
    return judge(heard(Health("kiosk", 0, 5, online=online), beat, 20), 20.5)


def test_a_fresh_good_beat_and_a_broker_are_well() -> None:
    verdict = judge(heard(HEALTH, GOOD, 101.0), 102.0)
    assert verdict.healthy
    assert verdict.reasons == ()


def test_a_program_may_take_its_time_to_start_but_not_for_ever() -> None:
    assert judge(HEALTH, 119.0).ail is Ail.PART
    late = judge(HEALTH, 120.0)
    assert late == Verdict(("player: no beat yet",), Ail.PROGRAM)


def test_silence_after_beats_counts() -> None:
    verdict = judge(heard(HEALTH, GOOD, 130.0), 136.0)
    assert verdict == Verdict(("player: no beat for more than 5 s",), Ail.PROGRAM)


def test_what_a_program_complains_of_is_named() -> None:
    ill = Beat("player", healthy=False, showing="", problems=("black", "no disk"))
    assert judge(heard(HEALTH, ill, 130.0), 131.0).reasons == ("player: black", "player: no disk")
    mute = Beat("player", healthy=False, showing="", problems=())
    assert judge(heard(HEALTH, mute, 130.0), 131.0).reasons == ("player: unwell",)


def test_another_programs_beat_does_not_count() -> None:
    other = Beat("kiosk", healthy=True, showing="", problems=())
    assert heard(HEALTH, other, 130.0) == HEALTH


def test_services_of_the_city_hall_that_are_away_are_no_fault_of_the_device() -> None:
    assert missing(online=False) == Verdict(("broker: not connected",), Ail.SERVICE)
    assert missing("gateway: it does not answer").ail is Ail.SERVICE
    assert missing("content: item 'x' cannot be shown").ail is Ail.SERVICE
    assert missing("gateway: it does not answer", online=False).ail is Ail.SERVICE


@pytest.mark.parametrize("problem", ["reader: none", "printer: off", "camera: dark", "gateway"])
def test_what_is_no_named_service_is_a_part_of_the_device(problem: str) -> None:
    assert missing(problem) == Verdict((problem,), Ail.PART)
    assert missing("gateway: away", problem, online=False).ail is Ail.PART


def test_a_silent_program_is_worse_than_a_missing_broker() -> None:
    health = Health("player", since=100.0, grace=20.0)
    assert judge(health, 120.0).ail is Ail.PROGRAM


def test_a_clock_that_was_never_set_is_said() -> None:
    verdict = judge_at(heard(HEALTH, GOOD, 130.0), Clock(datetime(1970, 1, 1, tzinfo=UTC), 131.0))
    assert verdict == Verdict(("clock: not set, it says 1970-01-01",), Ail.SERVICE)


def test_the_kiosk_names_its_parts_as_the_wire_does() -> None:
    from kiosk_app.app import _PROBLEMS  # noqa: PLC0415 - heavy, and only this test needs it

    named = {problem.split(":")[0] for problem in _PROBLEMS.values()}
    assert named == {p.value for p in Part} - {Part.CONTENT.value}
