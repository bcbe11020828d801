"""The account contract as HTTP (Starlette) in front of the desk, which alone decides.

What the contract is, `contract` declares.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk_app.account.codec import AccountFormatError, encode_account
from kiosk_app.account.login import (
    decode_evidence,
    decode_responses,
    encode_challenge,
    encode_token,
)
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.admission import AdmissionGate
from kiosk_app.gateway.body_limit import BodyLimit
from kiosk_app.gateway.desk import Desk
from kiosk_app.gateway.peer import Peer, peer_of
from kiosk_app.gateway.problem_answer import problem_answer
from kiosk_app.gateway.proving import Refusal

logger = logging.getLogger(__name__)

MAX_BODY: Final = 1 << 16
"""A request of more bytes is refused: EF.SOD, the largest part, has a few thousand."""
BODY_SECONDS: Final = 5.0
_MAX_TOKEN: Final = 200
_ANSWERED: Final = (Refusal, AccountFormatError, HTTPException, OSError, Exception)

_Endpoint = Callable[[Request], Awaitable[Response]]


def create_app(desk: Desk) -> Starlette:
    """The gateway's HTTP application."""
    counter = _Counter(desk)
    app = Starlette(
        routes=[
            _route("GET", "/v1/alive", counter.alive),
            _route("POST", "/v1/logins", counter.begin_login),
            _route("POST", "/v1/logins/{login_id}/answer", counter.answer_login),
            _route("GET", "/v1/account", counter.show_account),
            _route("DELETE", "/v1/session", counter.end_session),
        ],
        middleware=[
            Middleware(AdmissionGate, admission=desk.admission),
            Middleware(BodyLimit, limit=MAX_BODY, seconds=BODY_SECONDS),
        ],
        exception_handlers=dict.fromkeys(_ANSWERED, _answer_exception),
    )
    app.router.redirect_slashes = False
    return app


def _route(method: str, path: str, endpoint: _Endpoint) -> Route:
    route = Route(path, endpoint, methods=[method])
    route.methods = {method}  # without the HEAD that comes with each GET
    return route


def _problem_of(error: Exception) -> ProblemType:
    match error:
        case Refusal():
            return error.problem
        case AccountFormatError():
            return ProblemType.MALFORMED
        case HTTPException():
            return _PROBLEM_OF_STATUS.get(error.status_code, ProblemType.MALFORMED)
        case OSError():
            logger.error("The gateway cannot work: %s.", error.strerror)
            return ProblemType.UNAVAILABLE
        case _:
            return ProblemType.UNAVAILABLE


_PROBLEM_OF_STATUS: Final = {404: ProblemType.NOT_FOUND, 405: ProblemType.NOT_ALLOWED}


async def _answer_exception(_request: Request, error: Exception) -> Response:
    return problem_answer(_problem_of(error))


class _Counter:
    """Where requests become the desk's values, and its values answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def alive(self, _request: Request) -> Response:
        return Response(status_code=204)

    async def begin_login(self, request: Request) -> Response:
        evidence = decode_evidence(await request.body())
        challenge = await self._desk.begin_login(_peer(request), evidence)
        return _json(encode_challenge(challenge), 201)

    async def answer_login(self, request: Request) -> Response:
        responses = decode_responses(await request.body())
        login_id: str = request.path_params["login_id"]
        token = await self._desk.answer(_peer(request), login_id, responses)
        return _json(encode_token(token))

    async def show_account(self, request: Request) -> Response:
        account = await self._desk.account(_peer(request), _token(request))
        return _json(encode_account(account))

    async def end_session(self, request: Request) -> Response:
        self._desk.end_session(_peer(request), _token(request))
        return Response(status_code=204)


def _json(body: bytes, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(body, status, headers, media_type="application/json")


def _peer(request: Request) -> Peer:
    peer = peer_of(request)
    if peer is None:
        raise Refusal(ProblemType.NOT_ADMITTED)
    return peer


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(token) <= _MAX_TOKEN:
        raise Refusal(ProblemType.SESSION_ENDED)
    return token
