"""The two phases of signing in, told apart by what an unforeseen failure means in each.

Whatever a hostile card makes fail is a damaged card; whatever an answer of the city hall makes
fail is a broken answer. Only the kind is logged: a message or a traceback may quote either.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.cards.causes import CardCause, CardProblem

logger = logging.getLogger(__name__)


@contextmanager
def reading_the_card() -> Iterator[None]:
    """The card's turn: raises CardProblem, DAMAGED for what was not foreseen."""
    try:
        yield
    except CardProblem:
        raise
    except Exception as error:  # noqa: BLE001 - the card is hostile: whatever fails is its doing
        kind = type(error).__name__
        logger.error("Reading the card failed: %s", kind)  # noqa: TRY400 - no traceback, see above
        raise CardProblem(CardCause.DAMAGED, f"Reading the card failed: {kind}.") from None


@contextmanager
def asking_the_city_hall() -> Iterator[None]:
    """The city hall's turn: raises AccountProblem, BROKEN_ANSWER for what was not foreseen."""
    try:
        yield
    except AccountProblem:
        raise
    except Exception as error:  # noqa: BLE001 - the answer is hostile: whatever fails is its doing
        kind = type(error).__name__
        logger.error("Asking the city hall failed: %s", kind)  # noqa: TRY400 - no traceback, see above
        sentence = f"Asking the city hall failed: {kind}."
        raise AccountProblem(AccountCause.BROKEN_ANSWER, sentence) from None
