"""What the readers say, waited for by SCardGetStatusChange; it sends nothing to a card."""

from dataclasses import dataclass
from typing import Protocol

from kiosk_app.cards.card_kind import CardKind, card_kind
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.pcsc import native
from kiosk_app.cards.pcsc.results import PcscError, State

_NEW_READER = "\\\\?PnP?\\Notification"
_COUNTER_SHIFT = 16


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
        kind: what the card is at first sight; means nothing without a card.
    """

    name: str
    present: bool
    counter: int
    token: int
    kind: CardKind = CardKind.CONTACTLESS


class StatusSource(Protocol):
    """The port the card monitor watches through."""

    def open(self) -> None:
        """Connect to the service; raises PcscUnavailable."""

    def wait(
        self, known: tuple[ReaderStatus, ...] | None, seconds: float
    ) -> tuple[ReaderStatus, ...]:
        """Give all readers' states as soon as they differ from ``known`` or the time is over.

        Nothing is known at the first look (None): they are given at once.

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
        try:
            self._context = native.establish()
        except PcscError as error:
            raise PcscUnavailable(str(error)) from error

    def wait(
        self, known: tuple[ReaderStatus, ...] | None, seconds: float
    ) -> tuple[ReaderStatus, ...]:
        """Wait for a change; an unknown reader is reported at once."""
        if self._context is None:
            raise PcscUnavailable("The PC/SC service is not connected.")
        try:
            return _look(self._context, known, seconds)
        except PcscError as error:
            raise PcscUnavailable(str(error)) from error

    def cancel(self) -> None:
        """End a wait in another thread."""
        context = self._context  # the other thread may close it meanwhile
        if context is not None:
            native.cancel(context)

    def close(self) -> None:
        """Release the context."""
        if self._context is not None:
            native.release(self._context)
            self._context = None


def statuses() -> tuple[ReaderStatus, ...]:
    """Look once at the readers that are there.

    Raises:
        CardProblem: READER_MISSING when there is no PC/SC service.
    """
    source = PcscStatusSource()
    try:
        source.open()
        return source.wait(None, 0.0)
    except PcscUnavailable as gone:
        raise CardProblem(CardCause.READER_MISSING, str(gone)) from gone
    finally:
        source.close()


def _look(
    context: int, known: tuple[ReaderStatus, ...] | None, seconds: float
) -> tuple[ReaderStatus, ...]:
    tokens = {status.name: status.token for status in known or ()}
    names = native.reader_names(context)
    states = {name: tokens.get(name, int(State.UNAWARE)) for name in names}
    if known is None and not names:
        return ()
    if set(names) == set(tokens):  # else there is something to tell at once
        states[_NEW_READER] = int(State.UNAWARE)
    seen = native.wait(context, states, seconds)
    if seen is None:
        return known or ()
    return tuple(
        _status(name, state, atr)
        for name, state, atr in seen
        if name != _NEW_READER and not state & (State.UNKNOWN | State.UNAVAILABLE)
    )


def _status(name: str, state: int, atr: bytes) -> ReaderStatus:
    kind = CardKind.MUTE if state & State.MUTE else card_kind(atr)
    return ReaderStatus(
        name,
        bool(state & State.PRESENT),
        state >> _COUNTER_SHIFT,
        state & ~int(State.CHANGED),
        kind,
    )
