"""Spoils a card's answers: what the reader sees, or what the chip says inside its channel."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fakes.virtual_card.chip import Chip
from tests.fakes.virtual_card.slot import Card

_LENGTHS = (b"\x00", b"\x7f", b"\x80", b"\x81\xff", b"\x82\xff\xff", b"\x83\xff\xff\xff", b"\x84")
_STATUS = (0x9000, 0x6100, 0x61FF, 0x6C00, 0x6C01, 0x6282, 0x6300, 0x63C0, 0x6982, 0x6983, 0x6A82)

Spoil = Callable[[bytes], bytes]


def _replaced(at: int, noise: bytes) -> Spoil:
    def spoil(answer: bytes) -> bytes:
        place = at % (len(answer) + 1)
        return answer[:place] + noise + answer[place + len(noise) :]

    return spoil


def _inserted(at: int, noise: bytes) -> Spoil:
    return lambda answer: (
        answer[: at % (len(answer) + 1)] + noise + answer[at % (len(answer) + 1) :]
    )


def _status(word: int) -> Spoil:
    return lambda answer: answer[:-2] + word.to_bytes(2, "big")


def _bare_status(word: int) -> Spoil:
    return lambda _answer: word.to_bytes(2, "big")


_PLACES = st.integers(0, 400)
_SPOILS: st.SearchStrategy[Spoil] = st.one_of(
    st.builds(_replaced, _PLACES, st.binary(min_size=1, max_size=8)),
    st.builds(_replaced, st.integers(0, 12), st.sampled_from(_LENGTHS)),
    st.builds(_inserted, _PLACES, st.binary(min_size=1, max_size=40)),
    st.builds(_status, st.one_of(st.sampled_from(_STATUS), st.integers(0, 0xFFFF))),
    st.builds(_bare_status, st.sampled_from(_STATUS)),
    st.builds(lambda size: lambda answer: answer[:size], st.integers(0, 300)),
    st.builds(lambda times: lambda answer: answer[:-2] * times + answer[-2:], st.integers(2, 300)),
    st.builds(lambda data: lambda _answer: data, st.binary(max_size=300)),
)


@dataclass(frozen=True)
class Fuzz:
    """Which answers are spoiled, by their number from 0, and how.

    Attributes:
        inside: they are spoiled before the chip protects them, not after.
        lasting: the last of the spoiled ones goes on being spoiled to the end.
    """

    spoils: dict[int, Spoil]
    inside: bool
    lasting: bool

    def answer(self, number: int, answer: bytes) -> bytes:
        """Spoil an answer, or not."""
        spoil = self.spoils.get(number)
        if spoil is None and self.lasting and number > max(self.spoils):
            spoil = self.spoils[max(self.spoils)]
        return answer if spoil is None else spoil(answer)


def fuzzes(last: int) -> st.SearchStrategy[Fuzz]:
    """Draw a fuzz of one to three of the answers 0 to ``last``."""
    spoils = st.dictionaries(st.integers(0, last), _SPOILS, min_size=1, max_size=3)
    return st.builds(Fuzz, spoils, st.booleans(), st.booleans())


class Fuzzed:
    """A card with spoiled answers.

    Attributes:
        spoiled: how many answers were.
    """

    def __init__(self, card: Card, fuzz: Fuzz) -> None:
        self.spoiled = 0
        self._fuzz = fuzz
        self._count = -1
        self._card = self._spoiling(card) if fuzz.inside and isinstance(card, Chip) else card
        self._outside = self._card is card
        self.atr = card.atr
        self._card.reset()

    def reset(self) -> None:
        """Forget every session."""
        self._count = -1
        self._card.reset()

    def answer(self, command: bytes) -> bytes | None:
        """Answer one APDU."""
        answer = self._card.answer(command)
        return self._spoil(answer) if self._outside and answer is not None else answer

    def _spoil(self, answer: bytes) -> bytes:
        self._count += 1
        given = self._fuzz.answer(self._count, answer)
        self.spoiled += given != answer
        return given

    def _spoiling(self, chip: Chip) -> Chip:
        spoil = self._spoil

        class Spoiling(Chip):
            def _carry_out(self, header: bytes, data: bytes, le: int) -> tuple[bytes, int]:
                given, status = super()._carry_out(header, data, le)
                given = spoil(given + status.to_bytes(2, "big"))
                return given[:-2], int.from_bytes(given[-2:].rjust(2, b"\x6f"), "big")

        return Spoiling(chip.document, profile=chip.profile)
