"""Matches answers that arrive on one thread to those who wait for them on others."""

import threading
from typing import Generic, TypeVar

AnswerT = TypeVar("AnswerT")


class Answers(Generic[AnswerT]):
    """Answers by message number; one may arrive before anybody waits for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._arrived: dict[int, AnswerT] = {}
        self._abandoned: set[int] = set()

    def answered(self, message: int, answer: AnswerT) -> None:
        """Hand in the answer to a message; nobody waits any more for an abandoned one."""
        with self._changed:
            if message in self._abandoned:
                self._abandoned.discard(message)
                return
            self._arrived[message] = answer
            self._changed.notify_all()

    def abandon(self, message: int) -> None:
        """Nobody waits for the answer to a message that was just sent."""
        with self._changed:
            if self._arrived.pop(message, None) is None:
                self._abandoned.add(message)

    def await_answer(self, message: int, deadline_s: float) -> AnswerT | None:
        """The answer to a message, or None when it has not come within `deadline_s` seconds."""
        with self._changed:
            if self._changed.wait_for(lambda: message in self._arrived, deadline_s):
                return self._arrived.pop(message)
            self._abandoned.add(message)
            return None
