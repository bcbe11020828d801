"""A card in exclusive use, with patience for its answers; it understands none of them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.errand import Errands, NotBack
from kiosk_app.cards.pcsc import native
from kiosk_app.cards.pcsc.native import Ending
from kiosk_app.cards.pcsc.results import PcscError, card_problem

_CLOSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for one answer of a card, and for all that is done with it together."""

    answer: float = 5.0
    whole: float = 25.0


PATIENCE: Final = Patience()
"""No honest chip computes for seconds; one that asks for more time again and again is not."""


class _Link:
    """A context and a card's handle, whatever of them there is; used by one thread."""

    def __init__(self) -> None:
        self._context: int | None = None
        self._handle: int | None = None
        self._protocol = 0

    def open(self, reader: str) -> bytes:
        """Connect to the card and give its answer to reset; raises PcscError."""
        self._context = native.establish()
        self._handle, self._protocol = native.connect(self._context, reader)
        return native.answer_to_reset(self._handle)

    def transmit(self, command: bytes) -> bytes:
        """Send one APDU; raises PcscError."""
        if self._handle is None:
            raise AssertionError("The card was not opened.")
        return native.transmit(self._handle, self._protocol, command)

    def close(self, ending: Ending) -> None:
        """Let card and context go."""
        if self._handle is not None:
            native.disconnect(self._handle, ending)
        if self._context is not None:
            native.release(self._context)


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card in exclusive use.

    Attributes:
        reader: the reader's name.
        atr: the card's answer to reset.
    """

    reader: str
    atr: bytes
    _link: _Link
    _errands: Errands
    _patience: Patience
    _until: float

    def transmit(self, command: bytes) -> bytes:
        """Send one APDU and give the answer with its status word.

        Raises:
            CardProblem: the card was taken or does not answer in time, or the reader or its
                service has gone.
        """
        left = max(0.0, min(self._patience.answer, self._until - time.monotonic()))
        with _translated():
            answer = self._errands.run(lambda: self._link.transmit(command), left)
        if not answer:  # some drivers succeed with nothing when the card has left
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "The reader gave no answer.")
        return answer


@contextmanager
def open_card(reader: str, patience: Patience = PATIENCE) -> Iterator[OpenCard]:
    """Take the card on a reader for exclusive use and reset it at the end.

    A card that does not answer in time is left to a thread behind, which lets it go as soon as the
    service gives it back: at the latest when it is taken off the reader.

    Raises:
        CardProblem: there is no service, no such reader, no card, or the card is mute.
    """
    until = time.monotonic() + patience.whole
    link, errands = _Link(), Errands("card")
    # A reset that fails makes pcscd deaf for a card put back at once: none when it is gone.
    ending = Ending.LEAVE
    try:
        with _translated():
            atr = errands.run(lambda: link.open(reader), patience.answer)
        yield OpenCard(reader, atr, link, errands, patience, until)
        ending = Ending.RESET
    finally:
        with suppress(NotBack):
            errands.finish(lambda: link.close(ending), _CLOSE_SECONDS)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what went wrong into what the citizen is told."""
    try:
        yield
    except PcscError as error:
        raise card_problem(error) from error
    except NotBack:
        mute = CardProblem(CardCause.TURNED_OVER, "The card does not answer in time.")
        raise mute from None
