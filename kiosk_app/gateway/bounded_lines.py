"""HTTP connections bounded in time, size and number; whose they are, `peer` says.

uvicorn bounds none of it before a request is whole: a connection that says nothing, a head that
never ends and an answer that nobody takes would be kept for ever.
"""

import asyncio
import logging
from asyncio import TimerHandle
from collections import Counter
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

logger = logging.getLogger(__name__)

HEAD_SECONDS: Final = 10.0
"""From the connection, or from a request's first byte, until its head is whole."""
ANSWER_SECONDS: Final = 90.0
"""From a request's head until its answer was taken."""
FAREWELL_SECONDS: Final = 3.0
"""From the last answer until the other side closes too; what it still sends is thrown away."""
HEAD_BYTES: Final = 1 << 16
MESSAGE_BYTES: Final = 1 << 22
"""Of one request: head, body, what chunks add, and trailers."""
LINES: Final = 8192
"""Connections of all kiosks: each takes about 45 KiB while it waits."""
LINES_OF_ONE: Final = 32
"""Connections of one certificate; a kiosk has three."""
_COUNTS: Final = "lines"


class BoundedLine(HttpToolsProtocol):
    """One connection that is dropped at the first limit it goes over."""

    _timer: TimerHandle | None = None
    _owner: str | None = None
    _in_head = False
    _messages = 0
    _taken = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its parent
        """Wait for the first head."""
        super().connection_made(transport)
        self._watch(HEAD_SECONDS)
        if len(self.connections) > LINES:
            self._drop("too many connections of all kiosks")

    def count_for(self, owner: str) -> None:
        """Count this connection among those of its owner."""
        counts: Counter[str] = self.app_state.setdefault(_COUNTS, Counter())
        counts[owner] += 1
        self._owner = owner
        if counts[owner] > LINES_OF_ONE:
            self._drop("too many connections of one certificate")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        super().connection_lost(exc)
        self._rest()
        if self._owner is not None:
            counts: Counter[str] = self.app_state[_COUNTS]
            counts[self._owner] -= 1
            if not counts[self._owner]:
                del counts[self._owner]
            self._owner = None

    def data_received(self, data: bytes) -> None:
        """Count what belongs to one message."""
        if self.transport.is_closing():
            return
        before, idle = self._messages, self.timeout_keep_alive_task
        super().data_received(data)
        if self._messages != before:
            self._taken = 0
            return
        self._taken += len(data)
        if self._taken > (HEAD_BYTES if self._in_head else MESSAGE_BYTES):
            self._drop("a request is too long")
        elif idle is not None and not self.transport.is_closing():
            # Empty lines between two requests: the connection still waits for the next one.
            self._watch(HEAD_SECONDS)

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._messages += 1
        self._in_head = True
        self._watch(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """The head is whole."""
        super().on_headers_complete()
        self._in_head = False
        self._watch(ANSWER_SECONDS)

    def on_response_complete(self) -> None:
        """The answer was taken; what waits behind it is begun."""
        answers_next = bool(self.pipeline)
        super().on_response_complete()
        if self.transport.is_closing():
            self._watch(FAREWELL_SECONDS)
        elif answers_next:
            self._watch(ANSWER_SECONDS)
        elif not self._in_head:
            self._rest()

    def _watch(self, seconds: float) -> None:
        self._rest()
        self._timer = self.loop.call_later(seconds, self._drop, "it is too slow")

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _drop(self, why: str) -> None:
        logger.warning("A connection of %r was dropped: %s.", self._owner, why)
        self._rest()
        self.transport.abort()
