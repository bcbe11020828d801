"""Two demos at once do not meet, and a demo that ends or is killed leaves nothing running."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.demo.place import DEVICES, ROOT
from tests.demo.running import Demo
from tests.demo.supervisor import descendants, wait_until


def test_two_cities_run_at_once(city: Demo) -> None:
    with Demo("e2e-second", headless=True) as second:
        assert second.displays != city.displays
        for demo in (city, second):
            for device in DEVICES:
                demo.fleet.wait(device, lambda report: report.verdict.healthy, 60)


@contextmanager
def started() -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    command = [sys.executable, "-m", "tests.demo", "--headless", "--folder", "e2e-ended"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,  # noqa: PLW1509 - one system call, no locks are taken
    ) as process:
        assert process.stdout
        try:
            for line in process.stdout:
                if "Up after" in line:
                    break
            yield process, descendants([process.pid])
        finally:
            process.kill()


def _heed_ctrl_c() -> None:
    """In the child: tests run in the background inherit an ignored SIGINT, a terminal's do not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_demo_that_ends_leaves_no_process(number: signal.Signals) -> None:
    with started() as (process, programs):
        assert len(programs) > 10
        process.send_signal(number)
        process.wait(30)
        wait_until("all programs gone", lambda: all(gone(pid) for pid in programs), 10)
