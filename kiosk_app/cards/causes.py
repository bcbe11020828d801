"""The causes for which a card cannot be read, one screen each; decides nothing about screens."""

from enum import StrEnum


class CardCause(StrEnum):
    """What a person can do something about."""

    WRONG_CAN = "wrong-can"
    TAKEN_TOO_EARLY = "taken-too-early"
    TURNED_OVER = "turned-over"
    UNSUPPORTED = "unsupported"
    EXPIRED = "expired"
    READER_MISSING = "reader-missing"
    DAMAGED = "damaged"


class CardProblem(Exception):  # noqa: N818 - named after what the citizen is told
    """A card could not be read.

    Attributes:
        cause: what the person is told.
        detail: one sentence for the log of the device; it never holds card bytes.
        tries_left: with WRONG_CAN, the tries left until the chip blocks its password, where the
            chip says so (status 63Cx); else None.
    """

    def __init__(self, cause: CardCause, detail: str, tries_left: int | None = None) -> None:
        super().__init__(detail)
        self.cause = cause
        self.detail = detail
        self.tries_left = tries_left
