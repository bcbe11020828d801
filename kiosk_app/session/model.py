"""The session of one citizen as one frozen value; how it changes stands in `machine`."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from device_agent.wire.alert import Alert, Severity
from kiosk_app.account.model import Account, Assurance
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import (
    AccountView,
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Printing,
    Switching,
)
from kiosk_app.session.screen.public import Attract, Ended
from kiosk_app.session.screen.signing_in import PhoneWaiting
from kiosk_app.session.seconds import Seconds

__all__ = [
    "PAD",
    "Device",
    "Language",
    "Limits",
    "Offer",
    "Session",
    "SignInWays",
    "may_understand",
    "touched",
]

PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")
"""The order of a telephone's keys."""


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

    idle: Seconds = field(default=Seconds(60))
    """Without a touch: the countdown appears."""
    countdown: Seconds = field(default=Seconds(20))
    """From its appearance to the end of the session."""
    busy: Seconds = field(default=Seconds(30))
    """For reading and asking together, or for printing."""
    phone: Seconds = field(default=Seconds(180))
    """Without a touch while a phone is to confirm: the countdown appears."""
    no_card: Seconds = field(default=Seconds(40))
    """Without a touch in an account that no card's removal ends: the countdown appears."""


@dataclass(frozen=True)
class SignInWays:
    """Which ways there are to sign in besides an ID card, and how the PIN's pad is laid out.

    The phone needs both: this kiosk offers it (`phone`), and the city hall serves it.
    """

    phone: bool = True
    passport: bool = True
    pin_pad: tuple[str, ...] = PAD
    phone_served: bool = True

    @property
    def by_phone(self) -> bool:
        """Whether one may sign in by phone here."""
        return self.phone and self.phone_served


_PERSONAL = (
    AccountView,
    EnterPin,
    CheckingPin,
    ChoosePrincipal,
    Switching,
    PaymentView,
    Printing,
    Printed,
)


@dataclass(frozen=True)
class Session:
    """Everything one kiosk window knows.

    Attributes:
        front: Whether this window is the one the citizen sees.
        ways: How one can sign in here.
        card: The reader whose card the session is about; None without one.
        lying: Readers on which a card lies, the one put last at the end.
        contact: Readers that touch a card's contacts: what lies there needs no password.
        chip_read: Whether this process has read a person from a chip; it is theirs from then on.
        account: What the city hall has open with the person; None before and after.
        assurance: How surely the person was recognised; there with the account only.
        by_phone: The person signed in without a card, so that no card's removal ends it.
        pin_locked: The city hall takes no account PIN of this person any more.
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
    ways: SignInWays = field(default_factory=SignInWays)
    front: bool = False
    card: str | None = None
    lying: tuple[str, ...] = ()
    contact: frozenset[str] = frozenset()
    chip_read: bool = False
    account: Account | None = field(default=None, repr=False)
    assurance: Assurance | None = None
    by_phone: bool = False
    pin_locked: bool = False
    attempt: int = 0
    missing: frozenset[Device] = frozenset()
    online: bool = False
    alerts: tuple[Alert, ...] = ()
    understood: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    now: Seconds = field(default=Seconds(0))
    touched: Seconds = field(default=Seconds(0))

    def __post_init__(self) -> None:
        if isinstance(self.screen, _PERSONAL) and self.account is None:
            raise ValueError("a personal screen needs an account")
        if isinstance(self.screen, Attract | Ended) and self.account is not None:
            raise ValueError("an account without a running session")
        if (self.account is None) != (self.assurance is None):
            raise ValueError("an account and how surely its person was recognised go together")

    @property
    def alert(self) -> Alert | None:
        """The worst alert that covers the screen now."""
        covering = [a for a in self.alerts if a.identifier not in self.understood]
        return min(covering, key=lambda a: a.severity.rank, default=None)

    @property
    def remaining(self) -> Seconds | None:
        """How long until the session ends by itself; None while nobody need hurry."""
        left = self.touched + self._idle + self.limits.countdown - self.now
        return Seconds(left) if left <= self.limits.countdown else None

    @property
    def _idle(self) -> Seconds:
        if isinstance(self.screen, PhoneWaiting):
            return self.limits.phone
        return min(self.limits.idle, self.limits.no_card) if self.by_phone else self.limits.idle


def may_understand(alert: Alert) -> bool:
    """Whether a citizen may put an alert aside: an extreme one stays until it is withdrawn."""
    return alert.severity is not Severity.EXTREME


def touched(session: Session) -> Session:
    """The session after a sign of the citizen."""
    return replace(session, touched=session.now)
