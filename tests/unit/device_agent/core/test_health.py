"""The verdict follows from beats and the broker line."""

from device_agent.core.health import Health, heard, judge
from device_agent.wire.local import Beat

HEALTH = Health("player", since=100.0, grace=20.0, online=True)
GOOD = Beat("player", healthy=True, showing="video", problems=())


def test_a_fresh_good_beat_and_a_broker_are_well() -> None:
    verdict = judge(heard(HEALTH, GOOD, 101.0), 102.0)
    assert verdict.healthy
    assert verdict.reasons == ()


def test_a_program_may_take_its_time_to_start_but_not_for_ever() -> None:
    assert judge(HEALTH, 119.0).waiting
    late = judge(HEALTH, 120.0)
    assert not late.waiting
    assert late.reasons == ("player: no beat yet",)


def test_silence_after_beats_counts() -> None:
    verdict = judge(heard(HEALTH, GOOD, 130.0), 136.0)
    assert verdict.reasons == ("player: no beat for more than 5 s",)
    assert not verdict.waiting


def test_what_a_program_complains_of_is_named() -> None:
    ill = Beat("player", healthy=False, showing="", problems=("black", "no disk"))
    assert judge(heard(HEALTH, ill, 130.0), 131.0).reasons == ("player: black", "player: no disk")
    mute = Beat("player", healthy=False, showing="", problems=())
    assert judge(heard(HEALTH, mute, 130.0), 131.0).reasons == ("player: unwell",)


def test_another_programs_beat_does_not_count() -> None:
    other = Beat("kiosk", healthy=True, showing="", problems=())
    assert heard(HEALTH, other, 130.0) == HEALTH


def test_a_missing_broker_waits() -> None:
    verdict = judge(heard(Health("player", 100.0, 20.0), GOOD, 130.0), 131.0)
    assert verdict.reasons == ("broker: not connected",)
    assert verdict.waiting


def test_a_well_program_without_its_printer_is_an_unhealthy_device_that_waits() -> None:
    bare = Beat("player", healthy=True, showing="", problems=("printer: it does not print",))
    verdict = judge(heard(Health("player", 0, 5, online=True), bare, 20), 20.5)
    assert verdict.reasons == ("printer: it does not print",)
    assert verdict.waiting
