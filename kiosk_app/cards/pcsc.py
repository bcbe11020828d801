"""The one door to PC/SC (pyscard): reader states and APDUs; understands neither."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from smartcard import scard

from kiosk_app.cards.causes import CardCause, CardProblem

logger = logging.getLogger(__name__)

_PNP = "\\\\?PnP?\\Notification"
_COUNTER_SHIFT = 16
_CLAIM_ATTEMPTS = 3


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
        if self._context is not None:
            scard.SCardCancel(self._context)

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
class OpenCard:
    """A card in exclusive use.

    Attributes:
        reader: the reader's name.
        atr: the card's answer to reset.
    """

    reader: str
    atr: bytes
    _handle: int
    _protocol: int

    def transmit(self, command: bytes) -> bytes:
        """Send one APDU and give the answer with its status word.

        Raises:
            CardProblem: the card was taken, or the reader or its service has gone.
        """
        header = scard.SCARD_PCI_T0
        if self._protocol == scard.SCARD_PROTOCOL_T1:
            header = scard.SCARD_PCI_T1
        result, answer = scard.SCardTransmit(self._handle, header, list(command))
        if result != scard.SCARD_S_SUCCESS:
            raise _problem(result)
        if not answer:  # some drivers succeed with nothing when the card has left
            raise CardProblem(CardCause.TAKEN_TOO_EARLY, "The reader gave no answer.")
        return bytes(byte & 0xFF for byte in answer)


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
def open_card(reader: str) -> Iterator[OpenCard]:
    """Take the card on a reader for exclusive use and reset it at the end.

    Raises:
        CardProblem: there is no service, no such reader, no card, or the card is mute.
    """
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if result != scard.SCARD_S_SUCCESS:
        raise _problem(result)
    try:
        card = _connect(context, reader)
        # A reset that fails makes pcscd deaf for a card put back at once: none when it is gone.
        ending = scard.SCARD_LEAVE_CARD
        try:
            yield card
            ending = scard.SCARD_RESET_CARD
        finally:
            scard.SCardDisconnect(card._handle, ending)  # noqa: SLF001 - its maker
    finally:
        scard.SCardReleaseContext(context)


def _connect(context: int, reader: str) -> OpenCard:
    protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    exclusive = scard.SCARD_SHARE_EXCLUSIVE
    result, handle, protocol = scard.SCardConnect(context, reader, exclusive, protocols)
    if result != scard.SCARD_S_SUCCESS:
        raise _problem(result)
    result, _reader, _state, _protocol, atr = scard.SCardStatus(handle)
    if result != scard.SCARD_S_SUCCESS:
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
        raise _problem(result)
    return OpenCard(reader, bytes(byte & 0xFF for byte in atr), handle, protocol)


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
