"""Steps on the slots wait for the disk in their order; the only good slot is never written over."""

import tarfile
from pathlib import Path

import pytest

from device_agent.adapters.slot_steps import SlotSteps
from device_agent.adapters.slots import Slots, read_choice, select_boot_slot, slot_directory
from device_agent.core.update_states import Activate, Install, MarkBad, MarkGood, Reboot
from tests.integration.agent_town import add_file


@pytest.fixture
def slots(tmp_path: Path) -> Slots:
    slots = Slots(tmp_path / "slots")
    (slot_directory(tmp_path / "slots", "A") / "VERSION").write_text("1")
    select_boot_slot(tmp_path / "slots")
    return slots


def release(path: Path) -> Path:
    with tarfile.open(path, "w") as tar:
        add_file(tar, "VERSION", b"2", 0o644)
        add_file(tar, "bin/program", b"#!/bin/sh\n", 0o755)
    return path


def test_a_refused_step_holds_up_those_behind_it_and_is_done_later(
    slots: Slots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[object] = []
    steps = SlotSteps(slots, done.append, lambda: done.append("reboot"))

    def full(_slot: str) -> None:
        raise OSError(28, "No space left on device")

    for step in (Install("2", "/t"), MarkBad("B"), Activate("B"), Reboot()):
        steps.add(step)
    with monkeypatch.context() as patched:
        patched.setattr(slots, "activate", full)
        for _ in range(20):
            steps.go()
    assert done == [Install("2", "/t")]
    assert len(caplog.records) == 1
    assert read_choice(tmp_path / "slots").failed == "B"
    steps.go()
    steps.go()
    assert done == [Install("2", "/t"), "reboot"]
    assert read_choice(tmp_path / "slots").primary == "B"


def test_the_only_good_slot_is_kept_while_the_running_one_is_not_proved(
    slots: Slots, tmp_path: Path
) -> None:
    tar = release(tmp_path / "t.tar")
    slots.activate(slots.install(tar, "2"))
    assert select_boot_slot(tmp_path / "slots") == "B"
    with pytest.raises(OSError, match="Slot A is kept"):
        slots.install(tar, "2")
    assert slots.version("A") == "1"
    steps = SlotSteps(slots, lambda _: None, lambda: None)
    steps.add(MarkGood("B"))
    steps.go()
    assert slots.install(tar, "2") == "A"
