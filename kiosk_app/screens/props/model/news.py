"""A large sign with a sentence, for whatever is under way, done or gone wrong."""

from dataclasses import dataclass

from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.badge import Tone


@dataclass(frozen=True)
class NewsProps:
    """One large sign with a heading, a sentence and at most two keys."""

    icon: str
    tone: Tone
    title: str
    detail: str
    note: str
    keys: tuple[Key, ...]
    busy: bool = False
