"""Screens on the way into the account, by card, passport or phone; no account is known yet."""

from dataclasses import dataclass, field

from kiosk_app.session.password import CAN_LENGTH, PassportForm, Password, digits
from kiosk_app.session.seconds import Seconds


@dataclass(frozen=True)
class EnterCan:
    """The six digits from the card are typed.

    `wrong` after the chip refused the last ones; `tries_left` where the chip counts.
    """

    can: str = field(default="", repr=False)
    wrong: bool = False
    tries_left: int | None = None

    def __post_init__(self) -> None:
        if len(self.can) > CAN_LENGTH or not (self.can == "" or digits(self.can)):
            raise ValueError(f"a CAN being typed is at most {CAN_LENGTH} digits")


@dataclass(frozen=True)
class EnterPassport:
    """The form for a passport; `wrong` after the chip refused what was typed."""

    form: PassportForm = field(default_factory=PassportForm, repr=False)
    wrong: bool = False


@dataclass(frozen=True)
class PutCard:
    """What opens the chip is known and the card is missing; `moved` when it was taken too early."""

    password: Password = field(repr=False)
    moved: bool = False


@dataclass(frozen=True)
class Reading:
    """The chip is read, then the city hall asked; None is a contact card, which needs no password.

    The password is kept only for a card that moved.
    """

    password: Password | None = field(repr=False)
    chip_read: bool = False


@dataclass(frozen=True)
class PhoneAsking:
    """The city hall is asked for a code that a phone can confirm (RFC 8628)."""


@dataclass(frozen=True)
class PhoneWaiting:
    """The code is on the screen and the phone's turn.

    Attributes:
        user_code: what the citizen compares or types.
        address: where the phone goes, with the code in it.
        page: the same without the code, for whom there is no camera.
        until: when the code runs out.
        poll_at: when the city hall is asked the next time.
        interval: how long it wants to be left alone between two questions.
        unreachable: the last question had no answer.
    """

    user_code: str = field(repr=False)
    address: str = field(repr=False)
    page: str
    until: Seconds
    poll_at: Seconds
    interval: Seconds
    unreachable: bool = False
