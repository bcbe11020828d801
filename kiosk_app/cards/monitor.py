"""Watches the readers in a thread of its own and posts what happens; never talks to a card."""

import logging
import threading
from collections.abc import Callable

from kiosk_app.cards.events import (
    CardEvent,
    CardInserted,
    CardRemoved,
    ReaderMissing,
    ReaderReady,
)
from kiosk_app.cards.pcsc import PcscStatusSource, PcscUnavailable, ReaderStatus, StatusSource

logger = logging.getLogger(__name__)

__all__ = ["CardInserted", "CardMonitor", "CardRemoved", "ReaderMissing", "ReaderReady", "changes"]

_WAIT_SECONDS = 2.0
_RETRY_SECONDS = 0.2
_CANCELS = 100
_CANCEL_SECONDS = 0.05
_CALM_SECONDS = 0.05


def changes(
    before: tuple[ReaderStatus, ...] | None, after: tuple[ReaderStatus, ...]
) -> tuple[CardEvent, ...]:
    """Tell two looks at the readers apart; ``before`` is None at the first look.

    A card that was changed for another between two looks gives a removal and an insertion.
    """
    old = {status.name: status for status in before or ()}
    new = {status.name: status for status in after}
    events: list[CardEvent] = [
        CardRemoved(name)
        for name, status in old.items()
        if status.present and _left(status, new.get(name))
    ]
    events += _readers(None if before is None else tuple(old), tuple(new))
    events += [
        CardInserted(name, at_start=before is None, kind=status.kind)
        for name, status in new.items()
        if status.present and _came(old.get(name), status)
    ]
    return tuple(events)


def _left(before: ReaderStatus, after: ReaderStatus | None) -> bool:
    return after is None or not after.present or after.counter != before.counter


def _came(before: ReaderStatus | None, after: ReaderStatus) -> bool:
    return before is None or not before.present or after.counter != before.counter


def _readers(before: tuple[str, ...] | None, after: tuple[str, ...]) -> list[CardEvent]:
    if set(before or ()) == set(after) and before is not None:
        return []
    return [ReaderReady(after)] if after else [ReaderMissing()]


class CardMonitor:
    """A thread on the readers' states.

    It outlives the PC/SC service: while the service is away, ReaderMissing was posted once, and
    the thread tries again five times a second. A fault of its own or of ``post`` is logged and
    counts as a service that went away.

    Args:
        post: called in the monitor's thread with each event; it must not block.
        source: where the states come from.
    """

    def __init__(
        self, post: Callable[[CardEvent], None], source: StatusSource | None = None
    ) -> None:
        self._post = post
        self._source = PcscStatusSource() if source is None else source
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="card-monitor", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the watch and wait for the thread, five seconds at most."""
        self._stopping.set()
        for _ in range(_CANCELS):
            self._source.cancel()  # lost when the thread is just about to wait: say it again
            if not self._thread.is_alive():
                return
            self._thread.join(_CANCEL_SECONDS)

    def _run(self) -> None:
        said_missing = False
        while not self._stopping.is_set():
            try:
                said_missing = self._watch_once(said_missing=said_missing)
            except Exception:
                # The outermost loop of this thread: without it, no card would be seen any more.
                logger.exception("card monitor: a fault of its own")
                said_missing = False
            self._source.close()
            self._stopping.wait(_RETRY_SECONDS)

    def _watch_once(self, *, said_missing: bool) -> bool:
        """Watch from one connection's beginning to its end; tell whether "missing" was said."""
        try:
            self._source.open()
            said_missing = self._watch(said_missing=said_missing)
        except PcscUnavailable as gone:
            logger.debug("card monitor: %s", gone)
        if not said_missing and not self._stopping.is_set():
            self._post(ReaderMissing())
        return True

    def _watch(self, *, said_missing: bool) -> bool:
        """Post changes until the service goes; tell whether the last word was "missing"."""
        known: tuple[ReaderStatus, ...] | None = None
        try:
            while not self._stopping.is_set():
                seen = self._source.wait(known, _WAIT_SECONDS)
                if seen or known or not said_missing:
                    self._tell(changes(known, seen))
                if seen == known:  # a reader that is listed but dead would be reported at once
                    self._stopping.wait(_CALM_SECONDS)
                known = seen
        except PcscUnavailable as gone:
            logger.debug("card monitor: %s", gone)
            self._tell(tuple(CardRemoved(s.name) for s in known or () if s.present))
        return said_missing if known is None else known == ()

    def _tell(self, events: tuple[CardEvent, ...]) -> None:
        for event in events:
            self._post(event)
