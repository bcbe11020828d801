"""Many calls into Qt in a fresh process, as a screen makes them in a day."""

import subprocess
import sys

import pytest

_MANY_CALLS = """
from {package}.lasting_none import keep_none
keep_none()
from PySide6.QtCore import QTimer
timer = QTimer()
for _ in range(200_000):
    timer.stop()
"""


@pytest.mark.parametrize("package", ["signage_player", "kiosk_app"])
def test_many_calls_into_qt_do_not_use_up_none(package: str) -> None:
    command = [sys.executable, "-c", _MANY_CALLS.format(package=package)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
