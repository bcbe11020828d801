"""The demo's supervisor brings back what dies and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.supervisor import (
    EXIT_REBOOT,
    CannotStartError,
    Program,
    Supervisor,
    wait_until,
)


@pytest.fixture
def booted() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, booted: list[str]) -> Iterator[Supervisor]:
    running = Supervisor(tmp_path / "logs", booted.append)
    yield running
    running.stop()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_program_killed_with_sigkill_is_back(supervisor: Supervisor) -> None:
    supervisor.start(Program("sleeper", lambda: ["sleep", "60"]))
    first = supervisor.pid("sleeper")
    os.kill(first, signal.SIGKILL)
    wait_until("back", lambda: supervisor.pid("sleeper") != first, 3)
    assert supervisor.restarts == {"sleeper": 1}


def test_children_of_a_killed_program_are_killed_too(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    note = tmp_path / "child"
    script = f"sleep 60 & echo $! > {note}; wait"
    supervisor.start(Program("parent", lambda: ["sh", "-c", script]))
    wait_until("child", lambda: note.exists() and note.read_text() != "", 3)
    child = int(note.read_text())
    os.kill(supervisor.pid("parent"), signal.SIGKILL)
    wait_until("child gone", lambda: gone(child), 3)


def test_a_device_that_asks_for_a_reboot_starts_all_its_programs_again(
    supervisor: Supervisor, booted: list[str], tmp_path: Path
) -> None:
    flag = tmp_path / "reboot"
    agent = f"while [ ! -e {flag} ]; do sleep 0.05; done; rm {flag}; exit {EXIT_REBOOT}"
    supervisor.start(Program("agent", lambda: ["sh", "-c", agent], device="d1"))
    supervisor.start(Program("player", lambda: ["sleep", "60"], device="d1"))
    supervisor.start(Program("other", lambda: ["sleep", "60"], device="d2"))
    before = {name: supervisor.pid(name) for name in supervisor.names()}
    flag.touch()
    wait_until("reboot", lambda: booted == ["d1"], 3)
    wait_until("player again", lambda: supervisor.pid("player") != before["player"], 3)
    assert supervisor.pid("other") == before["other"]


def test_programs_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from tests.demo.supervisor import Program, Supervisor\n"
        "s = Supervisor(Path(sys.argv[1]), print)\n"
        "s.start(Program('sleeper', lambda: ['sleep', '60']))\n"
        "print(s.pid('sleeper'), flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        process.kill()
        wait_until("the orphan's end", lambda: gone(pid), 3)


def test_stop_ends_a_program_that_ignores_sigterm(tmp_path: Path) -> None:
    running = Supervisor(tmp_path, print)
    running.start(Program("deaf", lambda: ["sh", "-c", "trap '' TERM; sleep 60 & wait; sleep 60"]))
    time.sleep(0.2)
    pid = running.pid("deaf")
    running.stop()
    assert gone(pid)


def test_a_program_that_is_not_installed_is_said_and_stops_nothing_else(
    supervisor: Supervisor,
) -> None:
    with pytest.raises(CannotStartError, match="no-such-program"):
        supervisor.start(Program("missing", lambda: ["no-such-program"]))
    supervisor.start(Program("sleeper", lambda: ["sleep", "60"]))
    assert supervisor.alive("sleeper")


def test_a_program_that_vanishes_between_two_starts_is_back_when_it_is_there_again(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    program.symlink_to("/bin/sleep")
    supervisor.start(Program("sleeper", lambda: [str(program), "60"]))
    supervisor.start(Program("other", lambda: ["sleep", "60"]))
    first = supervisor.pid("sleeper")
    program.unlink()
    os.kill(first, signal.SIGKILL)
    wait_until("a futile start", lambda: supervisor.restarts.get("sleeper", 0) > 0, 3)
    other = supervisor.pid("other")
    os.kill(other, signal.SIGKILL)
    wait_until("the other is back", lambda: supervisor.pid("other") != other, 3)
    program.symlink_to("/bin/sleep")
    wait_until("back", lambda: supervisor.pid("sleeper") != first, 5)


def test_a_reboot_leaves_a_held_program_away(supervisor: Supervisor, tmp_path: Path) -> None:
    flag = tmp_path / "reboot"
    agent = f"while [ ! -e {flag} ]; do sleep 0.05; done; rm {flag}; exit {EXIT_REBOOT}"
    supervisor.start(Program("agent", lambda: ["sh", "-c", agent], device="d1"))
    supervisor.start(Program("player", lambda: ["sleep", "60"], device="d1"))
    before = supervisor.pid("agent")
    supervisor.hold("player")
    flag.touch()
    wait_until("reboot", lambda: supervisor.pid("agent") != before, 3)
    assert not supervisor.alive("player")
    supervisor.release("player")
    wait_until("player again", lambda: supervisor.alive("player"), 3)


def test_last_words_of_a_program_that_ended(supervisor: Supervisor) -> None:
    supervisor.start(Program("broker", lambda: ["sh", "-c", "echo one; echo address in use"]))
    wait_until("said", lambda: supervisor.last_words("broker") == "address in use", 3)
