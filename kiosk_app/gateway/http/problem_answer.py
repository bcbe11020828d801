"""A problem as an HTTP answer (RFC 9457); which problem it is, others decide."""

from math import ceil
from typing import Final

from starlette.responses import JSONResponse

from kiosk_app.account.problem import MEDIA_TYPE, ProblemType

_EXTRA_HEADERS: Final = {
    ProblemType.SESSION_ENDED: {"WWW-Authenticate": 'Bearer error="invalid_token"'},
    ProblemType.NOT_ADMITTED: {"Connection": "close"},
    # What is left of such a request is not read: the connection cannot be used again.
    ProblemType.TOO_LARGE: {"Connection": "close"},
    ProblemType.TOO_SLOW: {"Connection": "close"},
}
_A_MINUTE: Final = 60.0


def problem_answer(
    problem: ProblemType, tries_left: int | None = None, retry_after: float | None = None
) -> JSONResponse:
    """The answer that tells a kiosk of that problem; `retry_after` in seconds."""
    if retry_after is None and problem is ProblemType.TOO_MANY_ATTEMPTS:
        retry_after = _A_MINUTE
    body: dict[str, object] = {
        "type": problem.uri,
        "title": problem.title,
        "status": problem.status,
    }
    headers = {"Cache-Control": "no-store"} | _EXTRA_HEADERS.get(problem, {})
    if tries_left is not None:
        body["tries_left"] = tries_left
    if retry_after is not None:
        body["retry_after"] = retry_after
        headers["Retry-After"] = str(ceil(retry_after))
    return JSONResponse(body, problem.status, headers, media_type=MEDIA_TYPE)
