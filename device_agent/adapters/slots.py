"""Two directories as the A and B slots of a device, and the boot loader that chooses between them.

`boot.json` holds which slot is tried first, which slots are good, how many tries the first one has
left and which slot was given up last. Real slots (RAUC) take this module's place later.
"""

import json
import logging
import shutil
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from device_agent.adapters.release_tar import unpack_release
from device_agent.link.atomic_file import sync_directory, write_atomic

logger = logging.getLogger(__name__)

TRIES = 3
SLOTS = ("A", "B")


@dataclass(frozen=True)
class BootChoice:
    """What the boot loader goes by."""

    primary: str = "A"
    good_a: bool = True
    good_b: bool = False
    tries_left: int = 0
    failed: str = ""

    def good(self, slot: str) -> bool:
        """Whether the slot has proved itself."""
        return self.good_a if slot == "A" else self.good_b

    def with_good(self, slot: str, *, good: bool) -> "BootChoice":
        """The same with one slot judged."""
        return replace(self, good_a=good) if slot == "A" else replace(self, good_b=good)


def other(slot: str) -> str:
    """The other slot."""
    return "B" if slot == "A" else "A"


def read_choice(directory: Path) -> BootChoice:
    """What `boot.json` says; a missing or damaged one means slot A."""
    try:
        found = json.loads((directory / "boot.json").read_bytes())
        choice = BootChoice(
            primary=str(found["primary"]),
            good_a=found["good"]["A"] is True,
            good_b=found["good"]["B"] is True,
            tries_left=int(found["tries_left"]),
            failed=str(found["failed"]),
        )
    except FileNotFoundError:
        return BootChoice()
    except (ValueError, KeyError, TypeError, OSError) as error:
        logger.warning("%s was damaged, slot A is taken: %s", directory / "boot.json", error)
        return BootChoice()
    return choice if choice.primary in SLOTS else BootChoice()


def _write_choice(directory: Path, choice: BootChoice) -> None:
    members = asdict(choice)
    members["good"] = {"A": members.pop("good_a"), "B": members.pop("good_b")}
    write_atomic(directory / "boot.json", json.dumps(members, sort_keys=True).encode())


def select_boot_slot(directory: Path) -> str:
    """Be the boot loader: count down the tries, fall back when there are none, name the slot.

    Call it once at each start of the device and never when only the agent starts again. The slot
    named is written to `booted`, as the kernel's command line would say it.
    """
    choice = read_choice(directory)
    if not choice.good(choice.primary):
        if choice.tries_left > 0:
            choice = replace(choice, tries_left=choice.tries_left - 1)
        else:
            choice = replace(choice, primary=other(choice.primary), failed=choice.primary)
        _write_choice(directory, choice)
    write_atomic(directory / "boot_id", str(uuid.uuid4()).encode())
    write_atomic(directory / "booted", choice.primary.encode())
    return choice.primary


def slot_directory(directory: Path, slot: str) -> Path:
    """Where the content of a slot lies."""
    return directory / "slots" / slot


class Slots:
    """The slots under one directory, as the running agent sees them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        for slot in SLOTS:
            slot_directory(directory, slot).mkdir(parents=True, exist_ok=True)

    @property
    def running(self) -> str:
        """The slot the device was started from."""
        try:
            slot = (self._directory / "booted").read_text("ascii").strip()
        except (OSError, ValueError):
            slot = ""
        return slot if slot in SLOTS else read_choice(self._directory).primary

    @property
    def boot_id(self) -> str:
        """Which start of the device this is."""
        try:
            return (self._directory / "boot_id").read_text("ascii").strip()[:64]
        except (OSError, ValueError):
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()

    @property
    def failed(self) -> str:
        """The slot the boot loader gave up, or empty."""
        return read_choice(self._directory).failed

    def version(self, slot: str) -> str:
        """The release in a slot, or empty."""
        try:
            return (slot_directory(self._directory, slot) / "VERSION").read_text("utf-8").strip()
        except (OSError, ValueError):
            return ""

    def install(self, tar: Path, version: str) -> str:
        """Unpack a verified release into the slot that does not run, and name the slot.

        Raises:
            ArchiveRefused: the archive is not a release of this version.
            OSError: the disk refused.
        """
        slot = other(self.running)
        choice = replace(read_choice(self._directory), primary=self.running, failed="")
        if choice.good(slot) and not choice.good(self.running):
            raise OSError(f"Slot {slot} is kept: slot {self.running} has not proved itself.")
        _write_choice(self._directory, choice.with_good(slot, good=False))
        target = slot_directory(self._directory, slot)
        fresh = target.with_name(f"{slot}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            unpack_release(tar, fresh, version)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        shutil.rmtree(target)
        fresh.rename(target)
        sync_directory(target.parent)
        return slot

    def activate(self, slot: str) -> None:
        """Let the boot loader try a slot next, TRIES times."""
        choice = read_choice(self._directory).with_good(slot, good=False)
        _write_choice(self._directory, replace(choice, primary=slot, tries_left=TRIES, failed=""))

    def mark_good(self, slot: str) -> None:
        """Let the boot loader keep a slot."""
        choice = read_choice(self._directory).with_good(slot, good=True)
        _write_choice(self._directory, replace(choice, primary=slot, tries_left=0, failed=""))

    def mark_bad(self, slot: str) -> None:
        """Let the boot loader leave a slot for the other one."""
        choice = read_choice(self._directory).with_good(slot, good=False)
        _write_choice(
            self._directory, replace(choice, primary=other(slot), tries_left=0, failed=slot)
        )
