"""Screens that know nobody: the invitation, the offers, the public entries and the farewell."""

from dataclasses import dataclass

from kiosk_app.session.causes import EndReason


@dataclass(frozen=True)
class Attract:
    """Nobody is here; the screen invites."""


@dataclass(frozen=True)
class Home:
    """What this infobox offers."""


@dataclass(frozen=True)
class NoticeBoardView:
    """The official notice board; `selected` is the permanent name of an opened notice."""

    selected: str | None = None


@dataclass(frozen=True)
class LifeSituationsView:
    """How to get things done; `selected` is the short name of an opened life situation."""

    selected: str | None = None


@dataclass(frozen=True)
class Ended:
    """The session is over; a farewell without anything personal until the process is replaced."""

    reason: EndReason
