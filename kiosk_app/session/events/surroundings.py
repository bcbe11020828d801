"""What happens around the session, asked by nobody; events of the readers are the cards' own."""

from dataclasses import dataclass

from device_agent.wire.alert import Alert
from kiosk_app.cards.events import CardEvent
from kiosk_app.session.model import Device
from kiosk_app.session.seconds import Seconds


@dataclass(frozen=True)
class BroughtToFront:
    """The usher put this window before the citizen."""


@dataclass(frozen=True)
class Tick:
    """Time passes; `now` is an instant of a monotonic clock."""

    now: Seconds


@dataclass(frozen=True)
class AlertsChanged:
    """All alerts in force."""

    alerts: tuple[Alert, ...]


@dataclass(frozen=True)
class ConnectionChanged:
    """Whether the device has its line to the data centre."""

    online: bool


@dataclass(frozen=True)
class DeviceFound:
    """A device the kiosk works with answers."""

    device: Device


@dataclass(frozen=True)
class DeviceLost:
    """A device the kiosk works with does not answer."""

    device: Device


@dataclass(frozen=True)
class PhoneServed:
    """Whether the city hall lets people sign in by phone."""

    served: bool


Surroundings = (
    BroughtToFront
    | Tick
    | AlertsChanged
    | ConnectionChanged
    | DeviceFound
    | DeviceLost
    | PhoneServed
    | CardEvent
)
