"""Signing in by telephone over HTTP (RFC 8628, the gateway between kiosk and provider)."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from kiosk_app.account.device_login import encode_device_login, encode_waiting
from kiosk_app.account.login import encode_token
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.bodies import DeviceLoginBody, TokenBody, WaitingBody
from kiosk_app.gateway.http.declaring import problems
from kiosk_app.gateway.http.parts import AtDesk, Kiosk, json_answer

device_login_routes = APIRouter()

LoginId = Annotated[str, Path()]


@device_login_routes.post(
    "/device-logins",
    status_code=201,
    response_model=DeviceLoginBody,
    responses=problems(ProblemType.TOO_MANY_ATTEMPTS),
)
async def begin_device_login(desk: AtDesk, kiosk: Kiosk) -> Response:
    """Begin a sign-in by telephone; a kiosk has one at a time."""
    login = await desk.device_logins.begin(kiosk)
    return json_answer(encode_device_login(login), 201)


@device_login_routes.post(
    "/device-logins/{login_id}",
    response_model=TokenBody,
    responses=problems(
        ProblemType.LOGIN_UNKNOWN,
        ProblemType.DEVICE_LOGIN_DENIED,
        ProblemType.DEVICE_LOGIN_EXPIRED,
        ProblemType.PERSON_UNKNOWN,
    )
    | {202: {"model": WaitingBody, "description": "Nobody has confirmed yet"}},
)
async def poll_device_login(desk: AtDesk, kiosk: Kiosk, login_id: LoginId) -> Response:
    """Ask whether somebody confirmed: a session, or how long to wait before the next question."""
    said = await desk.device_logins.poll(kiosk, login_id)
    if isinstance(said, int):
        return json_answer(encode_waiting(said), 202)
    return json_answer(encode_token(said))


@device_login_routes.delete(
    "/device-logins/{login_id}",
    status_code=204,
    response_class=Response,
    responses=problems(ProblemType.LOGIN_UNKNOWN),
)
async def end_device_login(desk: AtDesk, kiosk: Kiosk, login_id: LoginId) -> Response:
    """Give a sign-in by telephone up."""
    await desk.device_logins.end(kiosk, login_id)
    return Response(status_code=204)
