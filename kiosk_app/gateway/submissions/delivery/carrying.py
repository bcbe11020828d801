"""The port of what carries a letter away, and why it could not; it carries none."""

from typing import Protocol

from kiosk_app.gateway.submissions.outbox import Letter


class NotCarried(Exception):  # noqa: N818 - an answer of the other side, not a mistake of ours
    """The letter did not leave, as far as is known; `kind` may be logged.

    Attributes:
        kind: what happened, without any of the letter or of the other side's words.
        for_good: trying again is of no use.
    """

    def __init__(self, kind: str, *, for_good: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.for_good = for_good


class Carrier(Protocol):
    """Carries letters of one channel, one after the other; may take seconds."""

    def carry(self, letter: Letter) -> None:
        """Hand the letter over; raises `NotCarried`."""
