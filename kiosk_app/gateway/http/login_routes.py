"""Logging in with a card over HTTP: evidence, PACE, the chip's answer."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from kiosk_app.account.device_login import encode_alive
from kiosk_app.account.evidence import decode_evidence, decode_pace, encode_pace_commands
from kiosk_app.account.login import decode_responses, encode_challenge, encode_token
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.bodies import (
    AliveBody,
    AnswerBody,
    ChallengeBody,
    LoginBody,
    PaceBody,
    PaceCommandsBody,
    TokenBody,
)
from kiosk_app.gateway.http.declaring import BODY_PROBLEMS, problems, takes
from kiosk_app.gateway.http.parts import AtDesk, Body, Kiosk, json_answer

login_routes = APIRouter()

LoginId = Annotated[str, Path()]


@login_routes.get("/alive", response_model=AliveBody, responses=problems())
async def alive(desk: AtDesk) -> Response:
    """The gateway is there; a kiosk asks to keep its connection warm and to know its ways."""
    return json_answer(encode_alive(desk.device_logins.offered))


@login_routes.post(
    "/logins",
    status_code=201,
    response_model=ChallengeBody,
    openapi_extra=takes(LoginBody),
    responses=problems(
        *BODY_PROBLEMS,
        ProblemType.CARD_NOT_ACCEPTED,
        ProblemType.CARD_EXPIRED,
        ProblemType.CARD_REVOKED,
        ProblemType.TOO_MANY_ATTEMPTS,
    ),
)
async def begin_login(desk: AtDesk, kiosk: Kiosk, body: Body) -> Response:
    """Show what a chip says; the answer is what the chip has to prove."""
    challenge = await desk.sign_in.begin(kiosk, decode_evidence(body))
    return json_answer(encode_challenge(challenge), 201)


@login_routes.post(
    "/logins/{login_id}/pace",
    response_model=PaceCommandsBody,
    openapi_extra=takes(PaceBody),
    responses=problems(
        *BODY_PROBLEMS,
        ProblemType.CHIP_NOT_GENUINE,
        ProblemType.LOGIN_UNKNOWN,
    ),
)
async def step_pace(desk: AtDesk, kiosk: Kiosk, login_id: LoginId, body: Body) -> Response:
    """Carry on the PACE that the challenge asked for, between the chip and the gateway."""
    commands = await desk.sign_in.pace_step(kiosk, login_id, decode_pace(body))
    return json_answer(encode_pace_commands(commands))


@login_routes.post(
    "/logins/{login_id}/answer",
    response_model=TokenBody,
    openapi_extra=takes(AnswerBody),
    responses=problems(
        *BODY_PROBLEMS,
        ProblemType.CHIP_NOT_GENUINE,
        ProblemType.CARD_UNKNOWN,
        ProblemType.LOGIN_UNKNOWN,
    ),
)
async def answer_login(desk: AtDesk, kiosk: Kiosk, login_id: LoginId, body: Body) -> Response:
    """Hand in what the chip answered, once; a proven chip opens a session."""
    token = await desk.sign_in.answer(kiosk, login_id, decode_responses(body))
    return json_answer(encode_token(token))
