"""What a session asks of the world; doing it is the window's matter."""

from dataclasses import dataclass, field

from kiosk_app.account.model import Account, Receivable
from kiosk_app.session.causes import EndReason
from kiosk_app.session.password import Password


@dataclass(frozen=True)
class WatchCards:
    """Begin to watch the readers: this window is in front."""


@dataclass(frozen=True)
class OpenGateway:
    """Connect to the city hall ahead of the card, so that signing in is fast."""


@dataclass(frozen=True)
class SignIn:
    """Read the chip on `reader` and ask the city hall; answers carry `attempt`.

    None for the password is a contact card, which is read without one.
    """

    attempt: int
    reader: str
    password: Password | None = field(repr=False)


@dataclass(frozen=True)
class SignInByPhone:
    """Ask the city hall for a code that a phone can confirm; the answer carries `attempt`."""

    attempt: int


@dataclass(frozen=True)
class PollPhone:
    """Ask the city hall whether the phone has confirmed; the answer carries `attempt`."""

    attempt: int


@dataclass(frozen=True)
class ProvePin:
    """Prove the account PIN and fetch the account again; answers carry `attempt`."""

    attempt: int
    principal_id: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True)
class FetchAccount:
    """Fetch the account of one principal; answers carry `attempt`."""

    attempt: int
    principal_id: str = field(repr=False)


@dataclass(frozen=True)
class PrintPayment:
    """Print how a receivable is paid; answers carry `attempt`."""

    attempt: int
    receivable: Receivable = field(repr=False)
    person: str = field(repr=False)


@dataclass(frozen=True)
class PrintOverview:
    """Print the whole account; answers carry `attempt`."""

    attempt: int
    account: Account = field(repr=False)


@dataclass(frozen=True)
class RevokeToken:
    """Give back the city hall's token, or the phone's code that still waits, if there is one."""


@dataclass(frozen=True)
class EndSession:
    """This process has served its citizen."""

    reason: EndReason


@dataclass(frozen=True)
class ReportAlertShown:
    """An alert is on the screen the citizen sees, as soon as the next frame is."""

    identifier: str


Effect = (
    WatchCards
    | OpenGateway
    | SignIn
    | SignInByPhone
    | PollPhone
    | ProvePin
    | FetchAccount
    | PrintPayment
    | PrintOverview
    | RevokeToken
    | EndSession
    | ReportAlertShown
)
