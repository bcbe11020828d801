"""Contact cards that break the rules, one way each; and cards that are none."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from tests.fakes.eobcanka_card.card import ContactCard
from tests.fakes.eobcanka_card.content import BLOCKED, content_of
from tests.fakes.eobcanka_card.state import JANA, ContactCardState, Holder

_BANK_ATR = bytes.fromhex("3B6500002063CB6800")
_LIBRARY_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
Answer = bytes | None


class Faulty:
    """A contact card whose answers pass through a fault: number from 1, command, right answer."""

    def __init__(self, card: ContactCard, fault: Callable[[int, bytes, Answer], Answer]) -> None:
        self.atr = card.atr
        self._card = card
        self._fault = fault
        self._count = 0

    def reset(self) -> None:
        self._count = 0
        self._card.reset()

    def answer(self, command: bytes) -> Answer:
        self._count += 1
        return self._fault(self._count, command, self._card.answer(command))


class Stranger:
    """A card of another trade: it has no application that is asked for."""

    def __init__(self, atr: bytes) -> None:
        self.atr = atr

    def reset(self) -> None:
        """Nothing to forget."""

    def answer(self, command: bytes) -> Answer:
        return b"\x6a\x82" if command[1] == 0xA4 else b"\x69\x86"


class TurnedOver:
    """A card whose chip lies on the wrong side: something is there, and nothing can be powered.

    The virtual reader finds a card with an answer to reset that is none (over 33 bytes) to be
    there and fails to power it.
    """

    atr = bytes(40)

    def reset(self) -> None:
        """Nothing to forget."""

    def answer(self, command: bytes) -> Answer:
        del command
        return None


def bank_card() -> Stranger:
    """Lie in a contact reader as a bank's card does."""
    return Stranger(_BANK_ATR)


def library_card() -> Stranger:
    """Lie on a contactless reader as a library's card does."""
    return Stranger(_LIBRARY_ATR)


def blocked(state: ContactCardState, holder: Holder = JANA) -> ContactCard:
    """Have a blocked IOK and no try left."""
    content = content_of(state, holder)
    return ContactCard(replace(content, iok_state=BLOCKED, iok_tries=0))


def expired(state: ContactCardState, holder: Holder = JANA) -> ContactCard:
    """Have a certificate that ended years ago."""
    return ContactCard(content_of(state, holder, end=dt.datetime(2021, 1, 1, tzinfo=dt.UTC)))


def garbage(card: ContactCard, after: int = 0) -> Faulty:
    """Answer with nonsense after some commands."""
    return Faulty(card, lambda count, _c, answer: b"\xa5" * 40 if count > after else answer)


def endless(card: ContactCard) -> Faulty:
    """Answer everything with data and "more is there"."""
    return Faulty(card, lambda _count, _command, _answer: bytes(256) + b"\x61\x00")


def endless_file(card: ContactCard) -> Faulty:
    """Say of each file that it has 65,535 bytes, and give zeros for ever."""

    def fault(_count: int, command: bytes, answer: Answer) -> Answer:
        if command[1] == 0xC0 and answer is not None:
            return answer[:4] + b"\xff\xff" + answer[6:]
        return bytes(command[4]) + b"\x90\x00" if command[1] == 0xB0 else answer

    return Faulty(card, fault)


def crumbs(card: ContactCard) -> Faulty:
    """Give one byte of a file at a time."""

    def fault(_count: int, command: bytes, answer: Answer) -> Answer:
        return b"\x30\x90\x00" if command[1] == 0xB0 else answer

    return Faulty(card, fault)


def taken_after(card: ContactCard, commands: int) -> Faulty:
    """Leave the reader with the next command."""
    return Faulty(card, lambda count, _command, answer: None if count > commands else answer)
