"""The session of one citizen as one frozen value; how it changes stands in `machine`."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType

from device_agent.wire.alert import Alert, Severity
from kiosk_app.account.model import Account
from kiosk_app.session.screen import (
    AccountView,
    Attract,
    Ended,
    PaymentView,
    Printed,
    Printing,
    Screen,
)

Seconds = NewType("Seconds", float)
"""A length of time, or an instant of a monotonic clock."""


class Language(StrEnum):
    """The languages of the screens (ISO 639-1)."""

    CS = "cs"
    EN = "en"


class Offer(StrEnum):
    """What anybody may open without a card, if its content is here."""

    NOTICE_BOARD = "notice-board"
    LIFE_SITUATIONS = "life-situations"


class Device(StrEnum):
    """What the kiosk works with and may be without for a while."""

    READER = "reader"
    PRINTER = "printer"
    GATEWAY = "gateway"


@dataclass(frozen=True)
class Limits:
    """After how long the session asks, ends or gives up."""

    idle: Seconds = Seconds(60)
    """Without a touch: the countdown appears."""
    countdown: Seconds = Seconds(20)
    """From its appearance to the end of the session."""
    busy: Seconds = Seconds(30)
    """For reading and asking together, or for printing."""


_PERSONAL = (AccountView, PaymentView, Printing, Printed)


@dataclass(frozen=True)
class Session:
    """Everything one kiosk window knows.

    Attributes:
        front: Whether this window is the one the citizen sees.
        card: The reader on which a card lies; None without a card.
        chip_read: Whether this process has read a person from a chip; it is theirs from then on.
        account: What the city hall has open with the person; None before and after.
        attempt: Counts sign-ins and prints; an answer to an older one is not for this screen.
        missing: Devices that are known to be away.
        understood: Alerts the citizen put aside.
        reported: Alerts already reported as shown.
        now: The last tick.
        touched: The last sign of the citizen.
    """

    limits: Limits = field(default_factory=Limits)
    screen: Screen = field(default_factory=Attract)
    language: Language = Language.CS
    offers: frozenset[Offer] = frozenset()
    front: bool = False
    card: str | None = None
    chip_read: bool = False
    account: Account | None = field(default=None, repr=False)
    attempt: int = 0
    missing: frozenset[Device] = frozenset()
    online: bool = False
    alerts: tuple[Alert, ...] = ()
    understood: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    now: Seconds = Seconds(0)
    touched: Seconds = Seconds(0)

    def __post_init__(self) -> None:
        if isinstance(self.screen, _PERSONAL) and self.account is None:
            raise ValueError("a personal screen needs an account")
        if isinstance(self.screen, Attract | Ended) and self.account is not None:
            raise ValueError("an account without a running session")

    @property
    def alert(self) -> Alert | None:
        """The worst alert that covers the screen now."""
        covering = [a for a in self.alerts if a.identifier not in self.understood]
        return min(covering, key=lambda a: a.severity.rank, default=None)

    @property
    def remaining(self) -> Seconds | None:
        """How long until the session ends by itself; None while nobody need hurry."""
        left = self.touched + self.limits.idle + self.limits.countdown - self.now
        return Seconds(left) if left <= self.limits.countdown else None


def may_understand(alert: Alert) -> bool:
    """Whether a citizen may put an alert aside: an extreme one stays until it is withdrawn."""
    return alert.severity is not Severity.EXTREME


def touched(session: Session) -> Session:
    """The session after a sign of the citizen."""
    return replace(session, touched=session.now)
