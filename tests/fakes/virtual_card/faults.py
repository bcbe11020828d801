"""Cards that break the rules, one way each; wrapped around a right one."""

import secrets
import threading
import time
from collections.abc import Callable

from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.clones import cloned, cloned_chip
from tests.fakes.virtual_card.cryptography_of_chip import tlv
from tests.fakes.virtual_card.profile import card_access

__all__ = [
    "Faulty",
    "altered",
    "bomb",
    "cloned",
    "cloned_chip",
    "crumbs",
    "downgraded",
    "endless",
    "garbage",
    "lying_length",
    "mute",
    "replaying",
    "silent",
    "taken_after",
    "truncated",
    "wide_bomb",
    "wrong_counter",
    "wrong_length",
    "wrong_mac",
]


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


def wrong_length(chip: Chip) -> Faulty:
    """Ask for another Le each time (6Cxx)."""
    return Faulty(chip, lambda count, _command, _answer: bytes((0x6C, count % 256)))


class _Announcing(Chip):
    """A chip with another EF.CardAccess."""

    def __init__(self, chip: Chip, card_access: bytes) -> None:
        self._announced = card_access
        super().__init__(chip.document, profile=chip.profile)

    def card_access(self) -> bytes:
        return self._announced


def lying_length(chip: Chip) -> Chip:
    """Claim a file of 16 MB."""
    return _Announcing(chip, b"\x31\x83\xff\xff\xff" + bytes(400))


def bomb(chip: Chip, depth: int = 900) -> Chip:
    """Put a data object into a data object, and so on."""
    tower = b""
    for _ in range(depth):
        tower = tlv(0x30, tower)
    return _Announcing(chip, tlv(0x31, tower))


def wide_bomb(chip: Chip, count: int = 1800) -> Chip:
    """Put very many empty data objects into one."""
    return _Announcing(chip, tlv(0x31, tlv(0x30, b"") * count))


def downgraded(chip: Chip) -> Chip:
    """Offer only PACE with AES-128 on P-256, or the last variant, which DG14 ranks below others."""
    return _Announcing(chip, card_access(chip.profile.offers[-1:]))


def _protected(
    chip: Chip, change: Callable[[bytes, list[bytes]], bytes], seen: list[bytes] | None = None
) -> Faulty:
    """Change what the chip answers in its protected channel."""
    history: list[bytes] = [] if seen is None else seen

    def fault(_count: int, command: bytes, answer: bytes | None) -> bytes | None:
        if answer is None or not command[0] & 0x0C or len(answer) < 4:
            return answer
        history.append(answer)
        return change(answer, history)

    return Faulty(chip, fault)


def wrong_mac(chip: Chip) -> Faulty:
    """Alter the last byte of the code of each protected answer."""
    return _protected(chip, lambda answer, _: answer[:-3] + bytes((answer[-3] ^ 1,)) + answer[-2:])


def replaying(chip: Chip) -> Faulty:
    """Repeat the first protected answer."""
    return _protected(chip, lambda _answer, history: history[0])


def wrong_counter(chip: Chip) -> Faulty:
    """Give each protected answer one command late, so that it was made with an older counter."""
    return _protected(chip, lambda answer, history: history[-2] if len(history) > 1 else answer)


def truncated(chip: Chip) -> Faulty:
    """Drop the last byte of data of each answer that has many."""
    return Faulty(
        chip,
        lambda _count, _command, answer: (
            answer[:-3] + answer[-2:] if answer and len(answer) > 20 else answer
        ),
    )
