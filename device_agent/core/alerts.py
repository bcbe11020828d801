"""Decides which alerts are in force, from CAP messages whose signatures were verified.

Replays are known by the identifiers of messages seen; when the oldest of these are forgotten, what
a sender sent up to then is refused by its time. A retained message that comes again and can change
nothing any more is no replay.

A clock may be wrong: an alert whose time is over is out of force, but stays in the book for a while
and is in force again when the clock is set back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from device_agent.core.clock import Clock
from device_agent.wire.alert import Alert
from device_agent.wire.cap import CapMessage, MsgType, alert_of

MAX_ACTIVE = 32
MAX_SEEN = 256
LAPSED_SECONDS = 3600.0  # how long a clock that jumped has to come right again


class AlertRefusal(StrEnum):
    """Why an alert message was refused."""

    NOT_ACTUAL = "alert-not-actual"
    WRONG_AREA = "alert-wrong-area"
    REPLAYED = "alert-replayed"
    EXPIRED = "alert-expired"
    TOO_MANY = "alert-too-many"


@dataclass(frozen=True)
class ActiveAlert:
    """An alert, the area it came for and its sender; since when its time is over, in ticks.

    `lapsed` is of this process only, and an alert with it does not outlive the process.
    """

    area: str
    sender: str
    alert: Alert
    lapsed: float | None = None


@dataclass(frozen=True)
class SeenMessage:
    """A message that was acted on, or cancelled before it came."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class AlertBook:
    """Alerts not ended; messages seen, the oldest first; until when a sender's are forgotten."""

    active: tuple[ActiveAlert, ...] = ()
    seen: tuple[SeenMessage, ...] = ()
    forgotten: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True)
class Taken:
    """The message counts; the book may have changed."""


@dataclass(frozen=True)
class Refused:
    """The message does not count."""

    reason: AlertRefusal


def receive(
    book: AlertBook, area: str, message: CapMessage, now: datetime
) -> tuple[AlertBook, Taken | Refused]:
    """Act on one message that came for an area."""
    key = (message.sender, message.identifier)
    if any((a.sender, a.alert.identifier) == key for a in book.active):
        return book, Taken()  # the broker delivers at least once
    if _is_known(book, message) and _is_spent(message, now):
        return book, Taken()
    refusal = _refusal(book, area, message, now)
    if refusal is not None:
        return book, Refused(refusal)
    active = _without_referenced(book.active, message)
    if message.msg_type is not MsgType.CANCEL:
        if len(active) >= MAX_ACTIVE:
            active = tuple(a for a in active if a.lapsed is None)
        if len(active) >= MAX_ACTIVE:
            return book, Refused(AlertRefusal.TOO_MANY)
        active = (*active, ActiveAlert(area, message.sender, alert_of(message)))
    return _remember(replace(book, active=active), message), Taken()


def _refusal(book: AlertBook, area: str, message: CapMessage, now: datetime) -> AlertRefusal | None:
    if message.status != "Actual":
        return AlertRefusal.NOT_ACTUAL
    if message.targets and area not in message.targets:
        return AlertRefusal.WRONG_AREA
    if _is_known(book, message):
        return AlertRefusal.REPLAYED
    if message.msg_type is not MsgType.CANCEL and _is_spent(message, now):
        return AlertRefusal.EXPIRED
    return None


def _is_known(book: AlertBook, message: CapMessage) -> bool:
    key = (message.sender, message.identifier)
    if any((seen.sender, seen.identifier) == key for seen in book.seen):
        return True
    floor = dict(book.forgotten).get(message.sender)
    return floor is not None and message.sent <= floor


def _is_spent(message: CapMessage, now: datetime) -> bool:
    return message.msg_type is MsgType.CANCEL or alert_of(message).expires <= now


def _without_referenced(
    active: tuple[ActiveAlert, ...], message: CapMessage
) -> tuple[ActiveAlert, ...]:
    ended = {(reference.sender, reference.identifier) for reference in message.references}
    return tuple(a for a in active if (a.sender, a.alert.identifier) not in ended)


def _remember(book: AlertBook, message: CapMessage) -> AlertBook:
    new = [
        *(SeenMessage(r.sender, r.identifier, r.sent) for r in message.references),
        SeenMessage(message.sender, message.identifier, message.sent),
    ]
    known = {(seen.sender, seen.identifier) for seen in book.seen}
    fresh = [seen for seen in new if (seen.sender, seen.identifier) not in known]
    seen = sorted((*book.seen, *fresh), key=lambda s: s.sent)
    dropped, kept = seen[:-MAX_SEEN], seen[-MAX_SEEN:]
    forgotten = dict(book.forgotten)
    for old in dropped:
        forgotten[old.sender] = max(forgotten.get(old.sender, old.sent), old.sent)
    return replace(book, seen=tuple(kept), forgotten=tuple(sorted(forgotten.items())))


def lapse(book: AlertBook, clock: Clock) -> AlertBook:
    """Take alerts out of force whose time is over, back in when it is not, and end the old ones."""
    active = tuple(_lapse(a, clock) for a in book.active)
    return replace(book, active=tuple(a for a in active if not _is_old(a, clock)))


def _lapse(active: ActiveAlert, clock: Clock) -> ActiveAlert:
    if active.alert.expires > clock.wall:
        return active if active.lapsed is None else replace(active, lapsed=None)
    return active if active.lapsed is not None else replace(active, lapsed=clock.ticks)


def _is_old(active: ActiveAlert, clock: Clock) -> bool:
    return active.lapsed is not None and clock.ticks - active.lapsed >= LAPSED_SECONDS


def in_force(book: AlertBook) -> tuple[ActiveAlert, ...]:
    """The alerts whose time is not over."""
    return tuple(a for a in book.active if a.lapsed is None)


def keep_areas(book: AlertBook, areas: Iterable[str]) -> AlertBook:
    """End the alerts of areas the device no longer belongs to."""
    kept = frozenset(areas)
    return replace(book, active=tuple(a for a in book.active if a.area in kept))
