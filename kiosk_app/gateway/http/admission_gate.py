"""Turns away whoever is no kiosk before anything they send is read (ASGI); who is, others say."""

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.admission import Admission
from kiosk_app.gateway.http.problem_answer import problem_answer
from kiosk_app.gateway.peer import peer_of

logger = logging.getLogger(__name__)


class AdmissionGate:
    """Goes on with requests of kiosks and answers all others itself.

    When the list of withdrawn certificates changed, `refused` is called before the next request is
    answered, whosever it is: what was open for such kiosks ends.
    """

    def __init__(self, app: ASGIApp, admission: Admission, refused: Callable[[], None]) -> None:
        self._app = app
        self._admission = admission
        self._refused = refused
        self._edition = admission.edition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            peer = peer_of(Request(scope))
            admitted = self._admission.admits(peer)
            if self._edition != self._admission.edition:
                self._edition = self._admission.edition
                self._refused()
            if not admitted:
                name = None if peer is None else peer.kiosk
                logger.warning("A certificate that is no kiosk's was turned away: %r.", name)
                await problem_answer(ProblemType.NOT_ADMITTED)(scope, receive, send)
                return
        await self._app(scope, receive, send)
