"""The mandates asked in their own threads within their own time: a department like the others."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final

from kiosk_app.gateway.breaker import Breaker
from kiosk_app.gateway.database import DatabaseProblem, DatabaseTooSlow
from kiosk_app.gateway.mandates import Mandate

logger = logging.getLogger(__name__)

_THREADS: Final = 4
_WAITING: Final = 64
"""So many questions may be in the threads or before them."""


class MandateDesk:
    """The mandates; used by one event loop."""

    def __init__(
        self, of: Callable[[str, datetime], tuple[Mandate, ...]], time_limit: float
    ) -> None:
        """Prepare the threads; `of` blocks and may raise anything, `time_limit` in seconds."""
        self._of = of
        self._time_limit = time_limit
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="mandates")
        self._waiting = 0
        self._breaker = Breaker()

    async def ask(self, person: str, now: datetime) -> tuple[Mandate, ...] | None:
        """The mandates of that person that count; None for no answer."""
        self._breaker, may_ask = self._breaker.ask(time.monotonic())
        if not may_ask or self._waiting >= _WAITING:
            return None
        self._waiting += 1
        try:
            asked = asyncio.get_running_loop().run_in_executor(
                self._threads, self._read, person, now
            )
            answer = await asyncio.wait_for(asked, self._time_limit)
        except TimeoutError:
            self._breaker = self._breaker.timed_out(time.monotonic())
            logger.warning("The mandates did not answer in time.")
            return None
        finally:
            self._waiting -= 1
        self._breaker = self._breaker.answered()
        return answer

    def _read(self, person: str, now: datetime) -> tuple[Mandate, ...] | None:
        try:
            return self._of(person, now)
        except DatabaseTooSlow as error:
            raise TimeoutError from error
        except DatabaseProblem as problem:
            logger.warning("The mandates did not answer: %s.", problem)
        except Exception as error:  # noqa: BLE001 - without mandates one's own account still shows
            # Its message may quote a person's data, so only its kind is told.
            logger.warning("The mandates failed: %s.", type(error).__name__)
        return None

    def close(self) -> None:
        """Begin no further question."""
        self._threads.shutdown(wait=False, cancel_futures=True)
