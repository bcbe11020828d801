"""Why a citizen cannot go on, as causes with one screen each; it holds no texts."""

from enum import StrEnum

from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause

Cause = CardCause | AccountCause | PrinterCause


class EndReason(StrEnum):
    """Why a session ended; the process that had it is used up then."""

    FINISHED = "finished"
    CARD_TAKEN = "card-taken"
    CARD_PUT = "card-put"
    TIMED_OUT = "timed-out"
