"""Which holders of the city's certificates are kiosks that may ask for accounts; it knows no card.

The city's authority certifies lobby players, servers and operators too: TLS lets them all in, and
they are turned away by this, before anything they send is read.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.revocation import RevocationList

DEVICE_UNIT: Final = "device"
"""The organizational unit the city's authority writes into the certificates of devices."""


@dataclass(frozen=True)
class Admission:
    """A kiosk is a device whose name one of the patterns fits, and that is not revoked.

    Attributes:
        kiosks: shell patterns of device names (`fnmatch`, capitals count).
        revoked: None where the city keeps no list.
    """

    kiosks: tuple[str, ...]
    revoked: RevocationList | None = None

    def admits(self, peer: Peer | None) -> bool:
        """True for a kiosk; asked at each request, so a revoked one loses kept connections too."""
        if peer is None or peer.unit != DEVICE_UNIT:
            return False
        if not any(fnmatchcase(peer.kiosk, pattern) for pattern in self.kiosks):
            return False
        return self.revoked is None or not self.revoked.holds(peer.serial)

    @property
    def edition(self) -> int:
        """How often the list of withdrawn certificates was read anew."""
        return 0 if self.revoked is None else self.revoked.edition

    def renew(self) -> None:
        """Read the list of withdrawn certificates anew at the next question."""
        if self.revoked is not None:
            self.revoked.renew()
