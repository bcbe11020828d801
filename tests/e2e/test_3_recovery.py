"""SIGKILL to any one process: the rest keeps running, the killed one comes back to work."""

import pytest

from tests.demo.place import DEVICES, KIOSK, LOBBY, PROGRAMS
from tests.demo.recovery import kill_and_wait, kill_window
from tests.demo.running import Demo

# A program whose display was killed may start anew with it; nothing else may.
SHOWN_ON = {"x-infobox": PROGRAMS[KIOSK], "x-lobby": PROGRAMS[LOBBY]}
NAMES = (
    "x-infobox",
    "x-lobby",
    "broker",
    "content-server",
    "account-gateway",
    "card-reader",
    "card",
    "printer",
    "openid-provider",
    f"agent-{KIOSK}",
    f"agent-{LOBBY}",
    "kiosk",
    "player",
)


def settle(city: Demo) -> None:
    for device in DEVICES:
        city.fleet.wait(device, lambda report: report.verdict.healthy, 30)


@pytest.mark.parametrize("name", NAMES)
def test_killed_program_comes_back_and_disturbs_no_other(city: Demo, name: str) -> None:
    recovery = kill_and_wait(city, name)
    settle(city)
    assert set(recovery.disturbed) <= {SHOWN_ON.get(name)}


@pytest.mark.parametrize("front", [True, False])
def test_killed_kiosk_window_is_replaced(city: Demo, front: bool) -> None:  # noqa: FBT001 - a case
    assert kill_window(city, front=front).disturbed == ()


def test_every_program_of_the_demo_was_killed(city: Demo) -> None:
    assert set(NAMES) == set(city.supervisor.names())
