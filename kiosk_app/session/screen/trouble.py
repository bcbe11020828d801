"""Screens on which the citizen cannot simply go on; what helps stands elsewhere."""

from dataclasses import dataclass

from kiosk_app.session.causes import Cause
from kiosk_app.session.screen.in_account import Section


@dataclass(frozen=True)
class Problem:
    """The citizen cannot go on for this cause.

    `receivable_id` is what was being printed; `section` is where in the account one came from.
    """

    cause: Cause
    receivable_id: str | None = None
    section: Section = Section.TODOS


@dataclass(frozen=True)
class TakeCard:
    """A card lay on the reader before anybody came; its owner is asked to take it."""
