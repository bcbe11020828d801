"""Showing an account over HTTP."""

from fastapi import APIRouter, Response

from kiosk_app.account.codec import encode_account
from kiosk_app.account.model import Account
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.http.declaring import problems
from kiosk_app.gateway.http.parts import AtDesk, Bearer, Kiosk, json_answer

account_routes = APIRouter()


@account_routes.get(
    "/account", response_model=Account, responses=problems(ProblemType.SESSION_ENDED)
)
async def show_account(desk: AtDesk, kiosk: Kiosk, token: Bearer) -> Response:
    """Everything the city hall has open with the person of that session."""
    account = await desk.account(kiosk, token)
    return json_answer(encode_account(account))
