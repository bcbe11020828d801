"""The account contract as HTTP: FastAPI in front of the desk, which alone decides."""

import logging
from base64 import b64decode
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from kiosk_app.account.codec import encode_account
from kiosk_app.account.login import MAX_APDUS, Evidence
from kiosk_app.account.model import Account
from kiosk_app.account.problem import MEDIA_TYPE, ProblemType
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
_NO_STORE: Final = {"Cache-Control": "no-store"}
_bearer = HTTPBearer(auto_error=False, description="The token of an answered login.")

Base64Text = Annotated[str, Field(max_length=MAX_BODY, json_schema_extra={"format": "byte"})]
HexText = Annotated[str, Field(max_length=MAX_BODY, pattern="^([0-9A-Fa-f]{2})*$")]


class LoginBody(BaseModel):
    """What the chip says: EF.DG1, EF.DG14 and EF.SOD as read, in base64 (RFC 4648 section 4)."""

    model_config = ConfigDict(extra="forbid", strict=True)
    dg1: Base64Text
    dg14: Base64Text
    sod: Base64Text


class ChallengeBody(BaseModel):
    """APDUs in hexadecimal: `plain` go through the kiosk's secure messaging, `protected` do not."""

    login_id: str
    plain: list[HexText]
    protected: list[HexText]


class AnswerBody(BaseModel):
    """The card's response APDUs in hexadecimal, in the order of the challenge."""

    model_config = ConfigDict(extra="forbid", strict=True)
    responses: Annotated[list[HexText], Field(max_length=MAX_APDUS)]


class TokenBody(BaseModel):
    """A session: its bearer token is good only with the client certificate it was made for."""

    token: str
    expires_at: datetime
    assurance: str


def create_app(desk: Desk | None = None) -> FastAPI:
    """The gateway's HTTP application; without a desk only its contract can be read."""
    app = FastAPI(
        title="Account gateway",
        version="1",
        description="What a city hall has open with the person whose ID card lies on a kiosk.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.desk = desk
    app.add_middleware(BodyLimit, limit=MAX_BODY, seconds=BODY_SECONDS)
    if desk is not None:  # added last, so it stands first
        app.add_middleware(AdmissionGate, admission=desk.admission)
    app.include_router(router, prefix="/v1")
    app.add_exception_handler(Exception, _answer_exception)
    for kind in (Refusal, RequestValidationError, HTTPException, OSError):
        app.add_exception_handler(kind, _answer_exception)
    return app


def _problem_of(error: Exception) -> ProblemType:
    match error:
        case Refusal():
            return error.problem
        case RequestValidationError():
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


def _problems(*problems: ProblemType) -> dict[int | str, dict[str, Any]]:
    answers: dict[int | str, dict[str, Any]] = {}
    for problem in (ProblemType.NOT_ADMITTED, *problems, ProblemType.UNAVAILABLE):
        schema = {
            "type": "object",
            "required": ["type", "title", "status"],
            "properties": {
                "type": {"type": "string", "enum": []},
                "title": {"type": "string"},
                "status": {"type": "integer", "const": problem.status},
            },
        }
        empty = {"description": "Problem (RFC 9457)", "content": {MEDIA_TYPE: {"schema": schema}}}
        answer = answers.setdefault(problem.status, empty)
        answer["content"][MEDIA_TYPE]["schema"]["properties"]["type"]["enum"].append(problem.uri)
    return answers


def _served(request: Request) -> tuple[Desk, Peer]:
    desk, peer = request.app.state.desk, peer_of(request)
    if not isinstance(desk, Desk):
        raise TypeError("the application has no desk")
    if peer is None:
        raise Refusal(ProblemType.NOT_ADMITTED)
    return desk, peer


def _token(credentials: HTTPAuthorizationCredentials | None) -> str:
    if credentials is None or len(credentials.credentials) > _MAX_TOKEN:
        raise Refusal(ProblemType.SESSION_ENDED)
    return credentials.credentials


Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
router = APIRouter()


@router.get("/alive", status_code=204, response_class=Response)
async def alive() -> Response:
    """The gateway is there; a kiosk asks to keep its connection warm."""
    return Response(status_code=204)


@router.post(
    "/logins",
    status_code=201,
    response_model=ChallengeBody,
    responses=_problems(
        ProblemType.MALFORMED,
        ProblemType.TOO_LARGE,
        ProblemType.TOO_SLOW,
        ProblemType.CARD_NOT_ACCEPTED,
        ProblemType.CARD_EXPIRED,
        ProblemType.TOO_MANY_ATTEMPTS,
    ),
)
async def begin_login(body: LoginBody, request: Request) -> JSONResponse:
    """Show what a chip says; the answer is what the chip has to prove."""
    desk, peer = _served(request)
    evidence = Evidence(_bytes(body.dg1), _bytes(body.dg14), _bytes(body.sod))
    challenge = await desk.begin_login(peer, evidence)
    return JSONResponse(
        {
            "login_id": challenge.login_id,
            "plain": [apdu.hex() for apdu in challenge.plain],
            "protected": [apdu.hex() for apdu in challenge.protected],
        },
        status_code=201,
        headers=_NO_STORE,
    )


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise Refusal(ProblemType.MALFORMED) from error


@router.post(
    "/logins/{login_id}/answer",
    response_model=TokenBody,
    responses=_problems(
        ProblemType.MALFORMED,
        ProblemType.TOO_LARGE,
        ProblemType.TOO_SLOW,
        ProblemType.CHIP_NOT_GENUINE,
        ProblemType.CARD_UNKNOWN,
        ProblemType.LOGIN_UNKNOWN,
    ),
)
async def answer_login(login_id: str, body: AnswerBody, request: Request) -> JSONResponse:
    """Hand in what the chip answered, once; a proven chip opens a session."""
    desk, peer = _served(request)
    responses = [bytes.fromhex(response) for response in body.responses]
    token = await desk.answer(peer, login_id, responses)
    content = {
        "token": token.secret,
        "expires_at": token.expires_at.isoformat(),
        "assurance": token.assurance,
    }
    return JSONResponse(content, headers=_NO_STORE)


@router.get(
    "/account",
    response_model=Account,
    responses=_problems(ProblemType.SESSION_ENDED),
)
async def show_account(request: Request, credentials: Bearer) -> Response:
    """Everything the city hall has open with the person of that session."""
    desk, peer = _served(request)
    account = await desk.account(peer, _token(credentials))
    return Response(encode_account(account), media_type="application/json", headers=_NO_STORE)


@router.delete(
    "/session",
    status_code=204,
    response_class=Response,
    responses=_problems(ProblemType.SESSION_ENDED),
)
async def end_session(request: Request, credentials: Bearer) -> Response:
    """End the session; its token is worth nothing from now on."""
    desk, peer = _served(request)
    desk.end_session(peer, _token(credentials))
    return Response(status_code=204)
