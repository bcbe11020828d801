"""The usher's hands when the system refuses: it goes on, and says so in its beat."""

import subprocess
from pathlib import Path
from unittest.mock import create_autospec

import pytest

from device_agent.wire.alert import Severity
from device_agent.wire.local import Alerts
from kiosk_app.config import KioskConfig
from kiosk_app.usher import Usher
from kiosk_app.usher_machine import AgentSaid, Said, Tick, WindowId
from kiosk_app.usher_messages import Painted
from tests.unit.kiosk_app.session.walks import alert

FIRST = WindowId(1)
BOGUS_PID = 2**22 + 1  # above the largest that Linux gives out (proc(5), pid_max)


@pytest.fixture
def usher(tmp_path: Path) -> Usher:
    return Usher(KioskConfig("infobox-001"), tmp_path / "kiosk.toml")


def test_a_system_without_a_free_process_does_not_end_the_usher(
    usher: Usher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("kiosk_app.usher.subprocess.Popen", refuse)
    usher._happened(Tick())
    assert usher._children == {}
    assert usher._state.panes == ()
    assert usher._state.failures == 1
    usher._end()


def test_a_window_that_does_not_read_is_given_up_before_half_a_line_misleads_it(
    usher: Usher, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = create_autospec(subprocess.Popen, instance=True)  # a real one would read, or end
    process.pid = BOGUS_PID
    monkeypatch.setattr("kiosk_app.usher.subprocess.Popen", lambda *_, **__: process)
    usher._happened(Tick())
    usher._happened(Said(FIRST, Painted()))
    many = Alerts(tuple(alert(Severity.MINOR, f"A-{number}") for number in range(100)))
    for _ in range(1000):
        usher._happened(AgentSaid(many))
        if FIRST not in usher._children:
            break
    assert FIRST not in [pane.id for pane in usher._state.panes]
    usher._end()
