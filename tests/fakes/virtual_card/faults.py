"""Cards that break the rules, one way each; wrapped around a right one."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.document import Document


class Faulty:
    """A card whose answers pass through a fault.

    Args:
        fault: gets the number of the command (from 1), the command and the right answer.
    """

    def __init__(
        self, chip: Chip, fault: Callable[[int, bytes, bytes | None], bytes | None]
    ) -> None:
        self.atr = chip.atr
        self._chip = chip
        self._fault = fault
        self._count = 0

    def reset(self) -> None:
        self._count = 0
        self._chip.reset()

    def answer(self, command: bytes) -> bytes | None:
        self._count += 1
        return self._fault(self._count, command, self._chip.answer(command))


def taken_after(chip: Chip, commands: int) -> Faulty:
    """Leave the field with the next command."""
    return Faulty(chip, lambda count, _command, answer: None if count > commands else answer)


def mute(chip: Chip, seconds: float = 1.0) -> Faulty:
    """Say nothing until the reader's patience ends."""

    def fault(_count: int, _command: bytes, _answer: bytes | None) -> bytes | None:
        time.sleep(seconds)
        return None

    return Faulty(chip, fault)


def silent(chip: Chip, until: threading.Event, commands: int = 0) -> Faulty:
    """Say nothing more after some commands until told, as a chip that asks for time for ever."""

    def fault(count: int, _command: bytes, answer: bytes | None) -> bytes | None:
        if count > commands:
            until.wait()
        return answer

    return Faulty(chip, fault)


def garbage(chip: Chip, after: int = 0) -> Faulty:
    """Answer with chance."""
    return Faulty(
        chip, lambda count, _command, answer: secrets.token_bytes(40) if count > after else answer
    )


def endless(chip: Chip) -> Faulty:
    """Answer everything with data and "more is there"."""
    return Faulty(chip, lambda _count, _command, _answer: bytes(256) + b"\x61\x00")


def crumbs(chip: Chip) -> Faulty:
    """Announce a large file and give one byte at a time."""

    def fault(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        if command[1] != 0xB0:
            return answer
        return b"\x31\x82\x0f\x00\x30\x90\x00" if command[2:4] == b"\x00\x00" else b"\x00\x90\x00"

    return Faulty(chip, fault)


def altered(chip: Chip, marker: bytes, change: Callable[[bytes], bytes]) -> Faulty:
    """Change the answers to commands whose bytes hold a marker."""

    def fault(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        return change(answer) if marker in command and answer is not None else answer

    return Faulty(chip, fault)


def cloned(document: Document) -> Chip:
    """Copy everything that can be read, without the key that cannot."""
    return Chip(replace(document, chip_key=document.chip_key ^ 0xFF))
