"""Why a citizen cannot go on, as causes with one screen each; it holds no texts."""

from enum import StrEnum

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause


class PrintCause(StrEnum):
    """Why a receipt is not, or not surely, on paper."""

    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    PRINTER_MISSING = "printer-missing"
    UNCERTAIN = "print-uncertain"


Cause = CardCause | AccountCause | PrintCause


class EndReason(StrEnum):
    """Why a session ended; the process that had it is used up then."""

    FINISHED = "finished"
    CARD_TAKEN = "card-taken"
    TIMED_OUT = "timed-out"
