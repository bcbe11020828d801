"""What a session asks of the world; doing it is the window's matter."""

from dataclasses import dataclass, field

from kiosk_app.account.model import Account, Receivable
from kiosk_app.session.causes import EndReason


@dataclass(frozen=True)
class WatchCards:
    """Begin to watch the readers: this window is in front."""


@dataclass(frozen=True)
class OpenGateway:
    """Connect to the city hall ahead of the card, so that signing in is fast."""


@dataclass(frozen=True)
class SignIn:
    """Read the chip on `reader` and ask the city hall; answers carry `attempt`."""

    attempt: int
    reader: str
    can: str = field(repr=False)


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
    """Give the city hall's token back, if there is one."""


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
    | PrintPayment
    | PrintOverview
    | RevokeToken
    | EndSession
    | ReportAlertShown
)
