"""SIGKILL of each program → it works again, beside how fast a process can be back at all."""

import subprocess
import sys
import time
from collections.abc import Sequence

from tests.bench.harness import Goal, Result, Series
from tests.demo.recovery import Recovery, kill_and_wait, kill_window
from tests.demo.running import Demo

GOAL = Goal(1.0, 3000.0)
REST_SECONDS = 1.0


def measure(demo: Demo) -> Sequence[Result]:
    """Kills every program of the demo once, and both windows of the kiosk."""
    found: list[Recovery] = []
    for name in demo.supervisor.names():
        found.append(kill_and_wait(demo, name))
        time.sleep(REST_SECONDS)
    found += [kill_window(demo, front=True), kill_window(demo, front=False)]
    ours = Series("ours, every program once", tuple(1000 * r.seconds for r in found))
    bare = Series("python -c 'import PySide6.QtQuick' alone", tuple(_bare() for _ in range(10)))
    lines = (f"  {r.name:28}{r.seconds * 1000:8.0f} ms {_also(r)}" for r in found)
    return (Result("SIGKILL → at work again", ours, (bare,), GOAL, "\n".join(lines)),)


def _also(recovery: Recovery) -> str:
    return f"(also started anew: {', '.join(recovery.disturbed)})" if recovery.disturbed else ""


def _bare() -> float:
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import PySide6.QtQuick"], check=True)
    return 1000 * (time.monotonic() - begun)
