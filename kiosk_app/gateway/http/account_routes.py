"""Showing an account over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from kiosk_app.account.codec import encode_account
from kiosk_app.account.model import SELF_ID, Account
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.declaring import problems
from kiosk_app.gateway.http.parts import AtDesk, Bearer, Kiosk, json_answer

account_routes = APIRouter()


Principal = Annotated[str, Query(min_length=1, max_length=200)]


@account_routes.get(
    "/account",
    response_model=Account,
    responses=problems(ProblemType.MALFORMED, ProblemType.SESSION_ENDED, ProblemType.NOT_ENTITLED),
)
async def show_account(
    desk: AtDesk, kiosk: Kiosk, token: Bearer, principal: Principal = SELF_ID
) -> Response:
    """Everything the city hall has open with that principal, as far as the session opens it."""
    account = await desk.accounts.show(kiosk, token, principal)
    return json_answer(encode_account(account))
