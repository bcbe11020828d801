"""The usher with real windows on a real X server: swaps, and what dies with whom."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from device_agent.wire.local import Alerts
from tests.integration.kiosk_rig import Kiosk, XServer, alive, kill, wait_until


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with XServer() as server, Kiosk(tmp_path, server.name) as kiosk:
        yield kiosk


def test_the_end_of_a_session_shows_another_process_and_kills_the_used_one(kiosk: Kiosk) -> None:
    front, spare = kiosk.wait_ready()
    kiosk.touch("attract", "touch")
    kiosk.wait_showing("home")
    kiosk.touch("home", "finish")
    wait_until("the used window's death", lambda: not alive(front))
    kiosk.wait_showing("attract")
    assert kiosk.windows()[0] == spare
    wait_until("a new spare", lambda: len(kiosk.windows()) == 2)


def test_a_killed_front_window_is_replaced_by_the_spare(kiosk: Kiosk) -> None:
    front, spare = kiosk.wait_ready()
    kiosk.touch("attract", "touch")
    kiosk.wait_showing("home")
    kill(front)
    kiosk.wait_showing("attract")
    assert kiosk.windows()[0] == spare


def test_a_killed_spare_is_replaced_and_the_session_goes_on(kiosk: Kiosk) -> None:
    front, spare = kiosk.wait_ready()
    kiosk.touch("attract", "touch")
    kiosk.wait_showing("home")
    kill(spare)
    wait_until("a new spare", lambda: len([w for w in kiosk.windows() if w != spare]) == 2)
    assert kiosk.windows()[0] == front
    assert kiosk.wait_showing("home").healthy


def test_windows_die_with_a_killed_usher(kiosk: Kiosk) -> None:
    windows = kiosk.wait_ready()
    kill(kiosk.process.pid)
    wait_until("the windows' death", lambda: not any(map(alive, windows)), 3)


def test_sigterm_leaves_no_process(kiosk: Kiosk) -> None:
    windows = kiosk.wait_ready()
    kiosk.process.terminate()
    assert kiosk.process.wait(5) == 0
    assert not any(map(alive, windows))


def test_an_alert_covers_the_front_and_goes_with_its_withdrawal(kiosk: Kiosk) -> None:
    kiosk.wait_ready()
    now = datetime.now(UTC)
    info = AlertInfo("cs", "Povodeň", "CVIČENÍ: Nisa stoupá", "", "Odejděte výš.", "Liberec")
    alert = Alert(
        "A-1",
        now,
        Severity.SEVERE,
        Urgency.IMMEDIATE,
        Certainty.OBSERVED,
        now + timedelta(hours=1),
        (info,),
    )
    kiosk.agent.say(Alerts((alert,)))
    wait_until("the report of the shown alert", lambda: bool(kiosk.agent.shown))
    assert [shown.alert_id for shown in kiosk.agent.shown] == ["A-1"]
    kiosk.wait_showing("alert")
    kiosk.agent.say(Alerts(()))
    kiosk.wait_showing("attract")


def test_without_a_display_the_usher_says_so_and_goes_on(tmp_path: Path) -> None:
    with Kiosk(tmp_path, ":9999") as kiosk:
        wait_until("a beat with the problem", lambda: _complains(kiosk))
        assert kiosk.process.poll() is None


def _complains(kiosk: Kiosk) -> bool:
    beat = kiosk.agent.beat
    return beat is not None and not beat.healthy and any("display" in p for p in beat.problems)
