"""SIGKILL at random moments of updates, the boot loader's included; slots and memory are real.

A child is the device: boot loader, slots, memory file and the agent's decisions. Every second
release is a bad one. Whatever the moment, a slot that is called good holds a whole good release.
"""

import json
import random
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from device_agent.adapters.memory_file import MemoryFile
from device_agent.adapters.release_tar import unpack_release
from device_agent.adapters.slots import SLOTS, read_choice, slot_directory
from device_agent.app import EXIT_REBOOT
from device_agent.core.update_states import Committed, RolledBack, UpdateState
from tests.integration.agent_town import add_file

KILLS = 30
FILES = 150

CHILD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from device_agent.adapters.memory_file import MemoryFile
from device_agent.adapters.slots import Slots, select_boot_slot
from device_agent.adapters.slot_steps import SlotSteps
from device_agent.app import EXIT_REBOOT
from device_agent.core import agent as decisions
from device_agent.core import agent_words as words
from device_agent.core.clock import Clock
from device_agent.core.update import Probation
from device_agent.core.update_states import Activate, Install, MarkBad, MarkGood, Reboot
from device_agent.wire.desired import DesiredRelease, DesiredState
from device_agent.wire.local import Beat

folder, boots, serial, version = Path(sys.argv[1]), sys.argv[2] == "boot", *sys.argv[3:]
print("go", flush=True)
slots = Slots(folder / "slots")
if boots:
    select_boot_slot(folder / "slots")
memory = MemoryFile(folder / "memory.json")
settings = words.Settings("d", "player", (), "c", Probation(0.02, 9, 9), 9, "1", "boot")
now = lambda: Clock(datetime.now(UTC), time.monotonic())
agent = decisions.begin(settings, memory.load(), now().ticks)
inbox = [words.Started(slots.running, slots.failed, slots.version(slots.running), None)]

def install(step):
    inbox.append(words.ReleaseInstalled(slots.install(Path(step.path), step.version)))

def reboot():
    sys.exit(EXIT_REBOOT)

steps = SlotSteps(slots, install, reboot)
inbox.append(words.Connected(online=True))
release = DesiredRelease(version, f"release/{version}.json")
state = DesiredState("d", int(serial), datetime.now(UTC), "c", (), release)
inbox.append(words.DesiredArrived(state))
while True:
    if not inbox:
        if type(agent.memory.update).__name__ in {"Committed", "RolledBack", "Idle"}:
            break
        time.sleep(0.002)
        inbox.append(words.Hinted())
        well = not slots.version(slots.running).endswith("bad")
        inbox.append(words.ProgramSaid(Beat("player", well, "", ())))
        inbox.append(words.Tick())
        if agent.looking:
            inbox.append(words.Looked(None))
    agent, effects = decisions.step(agent, inbox.pop(0), now())
    for effect in effects:
        if isinstance(effect, words.SaveMemory):
            memory.save(effect.memory)
        elif isinstance(effect, words.FetchRelease):
            path = folder / f"{effect.version}.tar"
            inbox.append(words.ReleaseFetched(effect.version, str(path)))
        elif isinstance(effect, Activate | Install | MarkBad | MarkGood | Reboot):
            steps.add(effect)
            steps.go()
print("done", flush=True)
"""


def release(folder: Path, version: str) -> None:
    with tarfile.open(folder / f"{version}.tar", "w") as archive:
        add_file(archive, "VERSION", version.encode(), 0o644)
        add_file(archive, "bin/program", b"#!/bin/sh\n", 0o755)
        for number in range(FILES):
            add_file(archive, f"data/{number}", f"{version} {number}\n".encode() * 50, 0o644)


def live(folder: Path, wish: tuple[int, str], *, boots: bool, lasts: float | None) -> int:
    """One life of the device; its exit code, negative when it was killed."""
    words = [str(folder), "boot" if boots else "again", str(wish[0]), wish[1]]
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, *words], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "go\n"
        if lasts is not None:
            time.sleep(lasts)
            child.kill()
        return child.wait(60)


def saved(folder: Path) -> UpdateState:
    return MemoryFile(folder / "memory.json").load().update


def assert_sound(folder: Path) -> None:
    slots = folder / "slots"
    json.loads((slots / "boot.json").read_bytes())
    choice = read_choice(slots)
    good = [slot for slot in SLOTS if choice.good(slot)]
    assert good
    for slot in good:
        place = slot_directory(slots, slot)
        version = (place / "VERSION").read_text()
        assert version.endswith("good")
        for number in range(FILES):
            text = (place / "data" / str(number)).read_text()
            assert text == f"{version} {number}\n" * 50
    state = saved(folder)
    assert not isinstance(state, Committed) or state.version.endswith("good")
    assert not list(folder.glob("*.damaged"))


def first_release(folder: Path) -> None:
    release(folder, "0-good")
    place = slot_directory(folder / "slots", "A")
    place.parent.mkdir(parents=True)
    unpack_release(folder / "0-good.tar", place, "0-good")


def test_sigkill_at_random_moments_of_updates(tmp_path: Path) -> None:
    chance = random.Random(20261124)  # noqa: S311 - moments, no secret
    first_release(tmp_path)
    phases, number, boots = set(), 0, True
    for _ in range(KILLS):
        state = saved(tmp_path)
        if number == 0 or isinstance(state, Committed | RolledBack):
            number += 1
        wish = f"{number}-{'bad' if number % 2 else 'good'}"
        if not (tmp_path / f"{wish}.tar").exists():
            release(tmp_path, wish)
        code = live(tmp_path, (number, wish), boots=boots, lasts=chance.uniform(0, 0.35))
        if (tmp_path / "slots" / "boot.json").exists():
            assert_sound(tmp_path)
        phases.add(type(saved(tmp_path)).__name__)
        boots = code == EXIT_REBOOT or chance.random() < 0.3  # a power cut, or only the agent died
    assert len(phases) > 2, phases
    last = f"{number + 1}-good"
    release(tmp_path, last)
    for _ in range(20):
        code = live(tmp_path, (number + 1, last), boots=boots, lasts=None)
        assert_sound(tmp_path)
        boots = code == EXIT_REBOOT
        if saved(tmp_path) == Committed(last, read_choice(tmp_path / "slots").primary):
            break
    assert (
        slot_directory(tmp_path / "slots", read_choice(tmp_path / "slots").primary) / "VERSION"
    ).read_text() == last
