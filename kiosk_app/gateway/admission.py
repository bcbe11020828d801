"""Which holders of the city's certificates are kiosks that may ask for accounts; it knows no card.

The city's authority certifies lobby players, servers and operators too: TLS lets them all in, and
here they are turned away, before anything they send is read.
"""

import logging
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.peer import Peer, peer_of
from kiosk_app.gateway.problem_answer import problem_answer
from kiosk_app.gateway.revocation import RevocationList

logger = logging.getLogger(__name__)

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


class AdmissionGate:
    """Goes on with requests of kiosks and answers all others itself (ASGI)."""

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            peer = peer_of(Request(scope))
            if not self._admission.admits(peer):
                name = None if peer is None else peer.kiosk
                logger.warning("A certificate that is no kiosk's was turned away: %r.", name)
                await problem_answer(ProblemType.NOT_ADMITTED)(scope, receive, send)
                return
        await self._app(scope, receive, send)
