"""The gateway's HTTP application (FastAPI): routes, gates and problems; the desks decide."""

import logging
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware import Middleware
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.drafts import MAX_DEFECT
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.desk import Desk
from kiosk_app.gateway.http.account_routes import account_routes
from kiosk_app.gateway.http.admission_gate import AdmissionGate
from kiosk_app.gateway.http.bodies import MAX_BODY
from kiosk_app.gateway.http.body_limit import BodyLimit
from kiosk_app.gateway.http.device_login_routes import device_login_routes
from kiosk_app.gateway.http.document_routes import document_routes
from kiosk_app.gateway.http.login_routes import login_routes
from kiosk_app.gateway.http.problem_answer import problem_answer
from kiosk_app.gateway.http.session_routes import session_routes
from kiosk_app.gateway.http.submission_routes import submission_routes
from kiosk_app.gateway.proving import Refusal

logger = logging.getLogger(__name__)

BODY_SECONDS: Final = 5.0
_SILENT: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""The framework reports to nobody, whatever the environment asks for."""
_ROUTES: Final = (
    login_routes,
    device_login_routes,
    session_routes,
    account_routes,
    document_routes,
    submission_routes,
)
_LARGER: Final = {"/v1/defects": MAX_DEFECT}
"""The paths that take larger bodies: a report carries a photo."""
_ANSWERED: Final = (
    Refusal,
    AccountFormatError,
    RequestValidationError,
    HTTPException,
    OSError,
    Exception,
)
_PROBLEM_OF_STATUS: Final = {404: ProblemType.NOT_FOUND, 405: ProblemType.NOT_ALLOWED}


def create_app(desk: Desk) -> FastAPI:
    """The application in front of that desk."""
    app = declared_app(
        Middleware(AdmissionGate, admission=desk.admission, refused=desk.forget_refused),
        Middleware(BodyLimit, limit=MAX_BODY, seconds=BODY_SECONDS, larger=_LARGER),
    )
    app.state.desk = desk
    return app


def declared_app(*gates: Middleware) -> FastAPI:
    """All routes; without a desk it can only say what it would answer."""
    app = FastAPI(
        title="Account gateway",
        version="1",
        description="What a city hall has open with the person whose ID card lies on a kiosk.",
        openapi_url=None,
        telemetry=_SILENT,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        generate_unique_id_function=_name,
        middleware=gates,
        exception_handlers=dict.fromkeys(_ANSWERED, _answer_exception),
    )
    for routes in _ROUTES:
        app.include_router(routes, prefix="/v1")
    return app


def _name(route: APIRoute) -> str:
    return route.name


async def _answer_exception(_request: Request, error: Exception) -> Response:
    if isinstance(error, Refusal):
        return problem_answer(error.problem, error.tries_left, error.retry_after)
    return problem_answer(_problem_of(error))


def _problem_of(error: Exception) -> ProblemType:
    match error:
        case AccountFormatError() | RequestValidationError():
            return ProblemType.MALFORMED
        case HTTPException():
            return _PROBLEM_OF_STATUS.get(error.status_code, ProblemType.MALFORMED)
        case OSError():
            logger.error("The gateway cannot work: %s.", error.strerror)
            return ProblemType.UNAVAILABLE
        case _:
            return ProblemType.UNAVAILABLE
