"""IT's view of the fleet and its bridge to the broker."""

from provisioning.console.alerts import AlertDesk, AlertOrder, AlertText, SignedAlert
from provisioning.console.bridge import Bridge
from provisioning.console.broker_address import BrokerAddress
from provisioning.console.desired import DesiredChange, DesiredDesk, SignedDesired
from provisioning.console.errors import BridgeError, StatementError
from provisioning.console.heard import DeviceSaid

__all__ = [
    "AlertDesk",
    "AlertOrder",
    "AlertText",
    "Bridge",
    "BridgeError",
    "BrokerAddress",
    "DesiredChange",
    "DesiredDesk",
    "DeviceSaid",
    "SignedAlert",
    "SignedDesired",
    "StatementError",
]
