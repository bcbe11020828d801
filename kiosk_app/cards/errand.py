"""Calls that may never come back, made in a thread of their own; it knows no call.

PC/SC has no time limit for a card's answer, and nothing ends a call that waits for one. So the
waiting is done by a thread that can be left behind; what is to be done after the call is done by
that thread too, whenever it comes back.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")


class NotBack(Exception):  # noqa: N818 - a state of the errand, not a mistake
    """A call did not come back in time; the thread is still out with it."""


class Errands:
    """Calls one after another, for one caller; once one does not come back, no more are begun."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lost = False
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def run(self, errand: Callable[[], _T], seconds: float) -> _T:
        """Make a call and give what it gives, or raise what it raises.

        Raises:
            NotBack: it took longer, or an earlier one has not come back yet.
        """
        if self._lost:
            raise NotBack
        return self._await(self._begin(errand), seconds)

    def finish(self, errand: Callable[[], None], seconds: float) -> None:
        """Make the last call, after all others; wait for it unless the thread is still out.

        Raises:
            NotBack: it is not done yet; it will be.
        """
        done = self._begin(errand)
        self._jobs.put(None)
        self._await(done, 0 if self._lost else seconds)

    def _begin(self, errand: Callable[[], _T]) -> "Future[_T]":
        future: Future[_T] = Future()

        def job() -> None:
            try:
                future.set_result(errand())
            except Exception as error:  # noqa: BLE001 - it is raised in the caller's thread
                future.set_exception(error)

        self._jobs.put(job)
        return future

    def _await(self, future: "Future[_T]", seconds: float) -> _T:
        try:
            return future.result(seconds)
        except TimeoutError:
            self._lost = True
            raise NotBack from None

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
