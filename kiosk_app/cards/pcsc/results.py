"""Result codes and state bits of PC/SC, and what a result means to a person; calls nothing."""

from enum import IntEnum, IntFlag

from kiosk_app.cards.causes import CardCause, CardProblem


class Result(IntEnum):
    """Result codes (PC/SC part 5 section 3.1.2; winscard.h), as far as they are told apart."""

    SUCCESS = 0x00000000
    CANCELLED = 0x80100002
    UNKNOWN_READER = 0x80100009
    TIMEOUT = 0x8010000A
    SHARING_VIOLATION = 0x8010000B
    NO_CARD = 0x8010000C
    PROTOCOL_MISMATCH = 0x8010000F
    NOT_TRANSACTED = 0x80100016
    NO_READERS = 0x8010002E
    COMMUNICATION_LOST = 0x8010002F
    UNSUPPORTED_CARD = 0x80100065
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069


class State(IntFlag):
    """State bits of a reader (PC/SC part 5 section 3.1.4); the high half counts events."""

    UNAWARE = 0x0000
    CHANGED = 0x0002
    UNKNOWN = 0x0004
    UNAVAILABLE = 0x0008
    PRESENT = 0x0020
    MUTE = 0x0200


_CAUSES = {
    CardCause.TAKEN_TOO_EARLY: {
        Result.REMOVED_CARD,
        Result.NO_CARD,
        Result.RESET_CARD,
        Result.NOT_TRANSACTED,
    },
    CardCause.TURNED_OVER: {
        Result.UNRESPONSIVE_CARD,
        Result.UNPOWERED_CARD,
        Result.SHARING_VIOLATION,  # an earlier reading still waits for this card
        Result.TIMEOUT,
        Result.COMMUNICATION_LOST,
    },
    CardCause.UNSUPPORTED: {Result.UNSUPPORTED_CARD, Result.PROTOCOL_MISMATCH},
}


class PcscError(Exception):
    """A call was refused.

    Attributes:
        result: the code (``Result`` where it is told apart).
    """

    def __init__(self, result: int, sentence: str) -> None:
        super().__init__(sentence)
        self.result = result


def card_problem(error: PcscError) -> CardProblem:
    """Say what a refused call means to the person before the reader.

    What is not the card's fault is the reader's or its service's: READER_MISSING.
    """
    for cause, results in _CAUSES.items():
        if error.result in results:
            return CardProblem(cause, str(error))
    return CardProblem(CardCause.READER_MISSING, str(error))
