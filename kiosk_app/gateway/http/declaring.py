"""How a route declares its body and its problems for the contract; it reads and answers nothing.

FastAPI would read a body it knows as a parameter, with pydantic; here the codecs that kiosk and
gateway share are the only parser, so a body is declared beside the route instead.
"""

from typing import Any, Final

from pydantic import TypeAdapter

from kiosk_app.account.problem import MEDIA_TYPE, ProblemType

REF_TEMPLATE: Final = "#/components/schemas/{model}"

Responses = dict[int | str, dict[str, Any]]


def takes(kind: type) -> dict[str, Any]:
    """`openapi_extra` of a route whose body is that model or dataclass in JSON."""
    schema = TypeAdapter(kind).json_schema(ref_template=REF_TEMPLATE)
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def problems(*own: ProblemType) -> Responses:
    """`responses` of a route that may answer with these problems besides those of all routes."""
    answers: Responses = {}
    for problem in (ProblemType.NOT_ADMITTED, *own, ProblemType.UNAVAILABLE):
        answer = answers.setdefault(problem.status, _answer(problem.status))
        kinds = answer["content"][MEDIA_TYPE]["schema"]["properties"]["type"]["enum"]
        kinds.append(problem.uri)
    return answers


def _answer(status: int) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string", "enum": []},
            "title": {"type": "string"},
            "status": {"type": "integer", "const": status},
        },
    }
    return {"description": "Problem (RFC 9457)", "content": {MEDIA_TYPE: {"schema": schema}}}


BODY_PROBLEMS: Final = (ProblemType.MALFORMED, ProblemType.TOO_LARGE, ProblemType.TOO_SLOW)
"""What any route that takes a body may answer."""
