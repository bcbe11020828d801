"""A problem as an HTTP answer (RFC 9457); which problem it is, others decide."""

from starlette.responses import JSONResponse

from kiosk_app.account.problem import MEDIA_TYPE, ProblemType

_EXTRA_HEADERS = {
    ProblemType.TOO_MANY_ATTEMPTS: {"Retry-After": "60"},
    ProblemType.SESSION_ENDED: {"WWW-Authenticate": 'Bearer error="invalid_token"'},
    ProblemType.NOT_ADMITTED: {"Connection": "close"},
    # What is left of such a request is not read: the connection cannot be used again.
    ProblemType.TOO_LARGE: {"Connection": "close"},
    ProblemType.TOO_SLOW: {"Connection": "close"},
}


def problem_answer(problem: ProblemType) -> JSONResponse:
    """The answer that tells a kiosk of that problem."""
    return JSONResponse(
        {"type": problem.uri, "title": problem.title, "status": problem.status},
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"} | _EXTRA_HEADERS.get(problem, {}),
    )
