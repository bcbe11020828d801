"""Messages from and to the city hall; it sends none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk_app.account.model.text import LocalizedText


class Direction(StrEnum):
    """Who wrote a message, seen from the person."""

    RECEIVED = "received"
    SENT = "sent"


@dataclass(frozen=True)
class Message:
    """A message between the city hall and the person.

    `number` is the registration number of a message that was sent to the city hall; `case_id` is
    the proceeding it is about; `may_answer` says that the city hall takes an answer to it.
    """

    id: str
    subject: LocalizedText
    body: LocalizedText
    department: LocalizedText
    received: date
    read: bool
    direction: Direction = Direction.RECEIVED
    number: str | None = None
    case_id: str | None = None
    may_answer: bool = False

    def __post_init__(self) -> None:
        if self.direction is Direction.SENT and (not self.read or self.may_answer):
            raise ValueError("a message that was sent is read and takes no answer")
