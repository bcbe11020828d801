"""An open session over HTTP: the PIN added, the session ended."""

from fastapi import APIRouter, Response

from kiosk_app.account.login import decode_pin, encode_token
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.bodies import PinBody, TokenBody
from kiosk_app.gateway.http.declaring import BODY_PROBLEMS, problems, takes
from kiosk_app.gateway.http.parts import AtDesk, Bearer, Body, Kiosk, json_answer

session_routes = APIRouter()


@session_routes.post(
    "/session/pin",
    response_model=TokenBody,
    openapi_extra=takes(PinBody),
    responses=problems(
        *BODY_PROBLEMS,
        ProblemType.SESSION_ENDED,
        ProblemType.PIN_WRONG,
        ProblemType.PIN_LOCKED,
        ProblemType.NOT_ENTITLED,
        ProblemType.TOO_MANY_ATTEMPTS,
    ),
)
async def add_pin(desk: AtDesk, kiosk: Kiosk, token: Bearer, body: Body) -> Response:
    """Add the account PIN to a session: a new token, and the old one is worth nothing."""
    raised = await desk.second_factor.add(kiosk, token, decode_pin(body))
    return json_answer(encode_token(raised))


@session_routes.delete(
    "/session",
    status_code=204,
    response_class=Response,
    responses=problems(ProblemType.SESSION_ENDED),
)
async def end_session(desk: AtDesk, kiosk: Kiosk, token: Bearer) -> Response:
    """End the session; its token is worth nothing from now on."""
    await desk.sessions.end(kiosk, token)
    return Response(status_code=204)
