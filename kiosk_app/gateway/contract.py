"""The account contract declared in FastAPI and written as OpenAPI; it serves nothing.

What is served is `app`, without the framework: a gateway that was killed is back in half the time.
A test holds both to the same paths and the same bodies.
"""

from datetime import datetime
from typing import Annotated, Any, Final, NoReturn

import yaml
from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from kiosk_app.account.login import MAX_APDUS
from kiosk_app.account.model import Account
from kiosk_app.account.problem import MEDIA_TYPE, ProblemType
from kiosk_app.gateway.app import MAX_BODY

_FRAMEWORK_ONLY: Final = ("HTTPValidationError", "ValidationError")
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


def contract_yaml() -> str:
    """The text of `kiosk_app/account/openapi.yaml`."""
    contract = declared().openapi()
    for path in contract["paths"].values():
        for operation in path.values():
            # The framework's own answer to a malformed body; ours is the problem with status 400.
            operation["responses"].pop("422", None)
    for name in _FRAMEWORK_ONLY:
        contract["components"]["schemas"].pop(name, None)
    head = "# Made by `account-gateway openapi` from the declaration; do not edit.\n"
    return head + yaml.safe_dump(contract, allow_unicode=True, sort_keys=False, width=100)


def declared() -> FastAPI:
    """The contract as an application that only describes itself."""
    app = FastAPI(
        title="Account gateway",
        version="1",
        description="What a city hall has open with the person whose ID card lies on a kiosk.",
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.include_router(router, prefix="/v1")
    return app


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


Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
router = APIRouter()


@router.get("/alive", status_code=204, response_class=Response, responses=_problems())
async def alive() -> Response:
    """The gateway is there; a kiosk asks to keep its connection warm."""
    raise NotImplementedError


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
async def begin_login(body: LoginBody) -> NoReturn:
    """Show what a chip says; the answer is what the chip has to prove."""
    raise NotImplementedError


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
async def answer_login(login_id: str, body: AnswerBody) -> NoReturn:
    """Hand in what the chip answered, once; a proven chip opens a session."""
    raise NotImplementedError


@router.get("/account", response_model=Account, responses=_problems(ProblemType.SESSION_ENDED))
async def show_account(credentials: Bearer) -> NoReturn:
    """Everything the city hall has open with the person of that session."""
    raise NotImplementedError


@router.delete(
    "/session",
    status_code=204,
    response_class=Response,
    responses=_problems(ProblemType.SESSION_ENDED),
)
async def end_session(credentials: Bearer) -> Response:
    """End the session; its token is worth nothing from now on."""
    raise NotImplementedError
