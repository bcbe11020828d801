"""The parts of a request that routes ask for, as FastAPI dependencies; they decide nothing."""

from typing import Annotated, Final

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.desk import Desk
from kiosk_app.gateway.peer import Peer, peer_of
from kiosk_app.gateway.proving import Refusal

_MAX_TOKEN: Final = 200
_bearer = HTTPBearer(auto_error=False, description="The token of an answered login.")


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _peer(request: Request) -> Peer:
    peer = peer_of(request)
    if peer is None:
        raise Refusal(ProblemType.NOT_ADMITTED)
    return peer


async def _token(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    if credentials is None or not 0 < len(credentials.credentials) <= _MAX_TOKEN:
        raise Refusal(ProblemType.SESSION_ENDED)
    return credentials.credentials


async def _body(request: Request) -> bytes:
    return await request.body()


AtDesk = Annotated[Desk, Depends(_desk)]
"""The desk this application stands in front of."""
Kiosk = Annotated[Peer, Depends(_peer)]
"""Whose certificate the connection has; refused without one."""
Bearer = Annotated[str, Depends(_token)]
"""The session's token; refused without one."""
Body = Annotated[bytes, Depends(_body)]
"""The request's body, unread; `declaring.takes` says what it is."""


def json_answer(body: bytes, status: int = 200) -> Response:
    """An answer whose body a codec wrote."""
    headers = {"Cache-Control": "no-store"}
    return Response(body, status, headers, media_type="application/json")
