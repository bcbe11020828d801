"""A thread that does one thing after another for the deciding thread; it knows no work."""

import logging
import queue
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Worker:
    """Runs what is submitted, in order, in a thread of its own."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], None]) -> None:
        """Hand over a job; returns at once."""
        self._jobs.put(job)

    def submit_when_idle(self, job: Callable[[], None]) -> None:
        """Hand over a job that may be left out while others wait: a check that is made again."""
        if self._jobs.empty():
            self._jobs.put(job)

    def _run(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception as error:  # noqa: BLE001 - the outermost loop of this thread
                # The kind alone: a message or a traceback may quote what is not for the log.
                logger.error("%s: a job failed: %s", self._thread.name, type(error).__name__)  # noqa: TRY400 - no traceback, see above
