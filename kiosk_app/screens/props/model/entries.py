"""Things in a list, each with what it is, when and how it stands; no page of its own kind."""

from dataclasses import dataclass

from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.badge import Badge


@dataclass(frozen=True)
class StepProps:
    """One step of a case on its track."""

    title: str
    state: str
    date: str


@dataclass(frozen=True)
class Entry:
    """One thing in a list."""

    icon: str
    title: str
    detail: str = ""
    meta: str = ""
    amount: str = ""
    badge: Badge | None = None
    key: Key | None = None
    steps: tuple[StepProps, ...] = ()
    progress: str = ""


@dataclass(frozen=True)
class ListProps:
    """A public list; touching an entry opens it."""

    title: str
    detail: str
    entries: tuple[Entry, ...]
