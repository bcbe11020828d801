"""A state as it is drawn, never by its colour alone."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "good", "attention", "late"]
"""Never alone: a badge has its sign and its word beside the colour."""


@dataclass(frozen=True)
class Badge:
    """A state as sign, word and colour together."""

    tone: Tone
    sign: str
    text: str
