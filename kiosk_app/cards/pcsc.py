"""The one door to PC/SC (pyscard): reader states and APDUs; understands neither."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from smartcard import scard

from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.errand import Errands, NotBack

T = TypeVar("T")

_PNP = "\\\\?PnP?\\Notification"
_COUNTER_SHIFT = 16
_CLOSE_SECONDS = 2.0


class PcscUnavailable(Exception):  # noqa: N818 - a state of the machine, not a mistake
    """There is no PC/SC service, or it has just gone."""


@dataclass(frozen=True, slots=True)
class ReaderStatus:
    """What one reader says.

    Attributes:
        name: the reader's name.
        present: whether a card lies on it.
        counter: how often a card came or went since the service saw the reader.
        token: what the service wants back to tell what is new since.
    """

    name: str
    present: bool
    counter: int
    token: int


class StatusSource(Protocol):
    """The port the card monitor watches through."""

    def open(self) -> None:
        """Connect to the service; raises PcscUnavailable."""

    def wait(self, known: tuple[ReaderStatus, ...], seconds: float) -> tuple[ReaderStatus, ...]:
        """Give all readers' states as soon as they differ from ``known`` or the time is over.

        Raises:
            PcscUnavailable: the service has gone; open again.
        """

    def cancel(self) -> None:
        """End a ``wait`` from another thread."""

    def close(self) -> None:
        """Let the service go; never raises."""


class PcscStatusSource:
    """Reader states by SCardGetStatusChange, with the notification of new readers."""

    def __init__(self) -> None:
        self._context: int | None = None

    def open(self) -> None:
        """Connect to the PC/SC service."""
        result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if result != scard.SCARD_S_SUCCESS:
            raise PcscUnavailable(_sentence(result))
        self._context = context

    def wait(self, known: tuple[ReaderStatus, ...], seconds: float) -> tuple[ReaderStatus, ...]:
        """Wait for a change; an unknown reader is reported at once."""
        names = self._names()
        tokens = {status.name: status.token for status in known}
        states: list[tuple[str, int]] = [
            (name, tokens.get(name, scard.SCARD_STATE_UNAWARE)) for name in names
        ]
        if set(names) == set(tokens):
            states.append((_PNP, scard.SCARD_STATE_UNAWARE))
        milliseconds = int(seconds * 1000)
        result, answered = scard.SCardGetStatusChange(self._context, milliseconds, states)
        if result in {scard.SCARD_E_UNKNOWN_READER, scard.SCARD_E_CANCELLED}:
            return known
        if result not in {scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT}:
            raise PcscUnavailable(_sentence(result))
        return tuple(
            _status(name, event)
            for name, event, _atr in answered
            if name != _PNP and _usable(event)
        )

    def _names(self) -> list[str]:
        if self._context is None:
            raise PcscUnavailable("The PC/SC service is not connected.")
        result, names = scard.SCardListReaders(self._context, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return []
        if result != scard.SCARD_S_SUCCESS:
            raise PcscUnavailable(_sentence(result))
        return list(names)

    def cancel(self) -> None:
        """End a wait in another thread."""
        context = self._context  # the other thread may close it meanwhile
        if context is not None:
            scard.SCardCancel(context)

    def close(self) -> None:
        """Release the context."""
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
            self._context = None


def _usable(event: int) -> bool:
    gone = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE
    return not event & gone


def _status(name: str, event: int) -> ReaderStatus:
    present = bool(event & scard.SCARD_STATE_PRESENT)
    token = event & ~scard.SCARD_STATE_CHANGED
    return ReaderStatus(name, present, event >> _COUNTER_SHIFT, token)


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
        self._header: int = scard.SCARD_PCI_T0

    def open(self, reader: str) -> bytes:
        """Connect to the card and give its answer to reset."""
        self._context = _checked(*scard.SCardEstablishContext(scard.SCARD_SCOPE_USER))
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        exclusive = scard.SCARD_SHARE_EXCLUSIVE
        result, handle, protocol = scard.SCardConnect(self._context, reader, exclusive, protocols)
        self._handle = _checked(result, handle)
        if protocol == scard.SCARD_PROTOCOL_T1:
            self._header = scard.SCARD_PCI_T1
        result, _reader, _state, _protocol, atr = scard.SCardStatus(self._handle)
        return _octets(_checked(result, atr))

    def transmit(self, command: bytes) -> bytes:
        """Send one APDU."""
        result, answer = scard.SCardTransmit(self._handle, self._header, list(command))
        return _octets(_checked(result, answer))

    def close(self, ending: int) -> None:
        """Let card and context go."""
        if self._handle is not None:
            scard.SCardDisconnect(self._handle, ending)
        if self._context is not None:
            scard.SCardReleaseContext(self._context)


def _checked(result: int, value: T) -> T:
    if result != scard.SCARD_S_SUCCESS:
        raise _problem(result)
    return value


def _octets(numbers: list[int]) -> bytes:
    return bytes(number & 0xFF for number in numbers)


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
        try:
            answer = self._errands.run(lambda: self._link.transmit(command), left)
        except NotBack:
            raise _mute() from None
        if not answer:  # some drivers succeed with nothing when the card has left
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "The reader gave no answer.")
        return answer


def statuses() -> tuple[ReaderStatus, ...]:
    """Look once at the readers that are there.

    Raises:
        CardProblem: READER_MISSING when there is no PC/SC service.
    """
    source = PcscStatusSource()
    try:
        source.open()
        return source.wait((), 0.0)
    except PcscUnavailable as gone:
        raise CardProblem(CardCause.READER_MISSING, str(gone)) from gone
    finally:
        source.close()


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
    ending = scard.SCARD_LEAVE_CARD
    try:
        atr = _opened(link, errands, reader, patience)
        yield OpenCard(reader, atr, link, errands, patience, until)
        ending = scard.SCARD_RESET_CARD
    finally:
        with suppress(NotBack):
            errands.finish(lambda: link.close(ending), _CLOSE_SECONDS)


def _opened(link: _Link, errands: Errands, reader: str, patience: Patience) -> bytes:
    try:
        return errands.run(lambda: link.open(reader), patience.answer)
    except NotBack:
        raise _mute() from None


def _mute() -> CardProblem:
    return CardProblem(CardCause.TURNED_OVER, "The card does not answer in time.")


_CAUSES = {
    CardCause.TAKEN_TOO_EARLY: (
        scard.SCARD_W_REMOVED_CARD,
        scard.SCARD_E_NO_SMARTCARD,
        scard.SCARD_W_RESET_CARD,
        scard.SCARD_E_NOT_TRANSACTED,
    ),
    CardCause.TURNED_OVER: (
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_E_SHARING_VIOLATION,  # an earlier reading still waits for this card
        scard.SCARD_E_TIMEOUT,
        scard.SCARD_F_COMM_ERROR,
        scard.SCARD_E_COMM_DATA_LOST,
    ),
    CardCause.UNSUPPORTED: (
        scard.SCARD_W_UNSUPPORTED_CARD,
        scard.SCARD_E_PROTO_MISMATCH,
    ),
}


def _problem(result: int) -> CardProblem:
    for cause, codes in _CAUSES.items():
        if result in codes:
            return CardProblem(cause, _sentence(result))
    return CardProblem(CardCause.READER_MISSING, _sentence(result))


def _sentence(result: int) -> str:
    return f"PC/SC says: {scard.SCardGetErrorMessage(result).strip().rstrip('.')}."
