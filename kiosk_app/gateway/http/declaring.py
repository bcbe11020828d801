"""How a route declares its body and its problems for the contract; it reads and answers nothing.

FastAPI would read a body it knows as a parameter, with pydantic; here the codecs that kiosk and
gateway share are the only parser, so a body is declared beside the route instead.
"""

from collections.abc import Mapping
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
        answer = answers.setdefault(problem.status, _answer())
        answer["description"] = f"{answer['description']} {problem.title}".strip()
        content = answer["content"][MEDIA_TYPE]
        content["schema"]["properties"]["type"]["enum"].append(problem.uri)
        told = {"type": problem.uri, "title": problem.title, "status": problem.status}
        content["examples"][problem.short_name] = {"value": told | _COUNTED.get(problem, {})}
    return answers


_COUNTED: Final[Mapping[ProblemType, dict[str, Any]]] = {
    ProblemType.PIN_WRONG: {"tries_left": 3, "retry_after": 2.0},
    ProblemType.PIN_LOCKED: {"tries_left": 0},
    ProblemType.TOO_MANY_ATTEMPTS: {"retry_after": 60.0},
}
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "Why not (RFC 9457). What is decided by is `type`; the rest is for people.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "enum": [problem.uri for problem in ProblemType]},
        "title": {"type": "string", "description": "One sentence in English."},
        "status": {"type": "integer", "description": "The HTTP status again."},
        "tries_left": {
            "type": "integer",
            "minimum": 0,
            "description": "How often a wrong PIN or code may still be typed.",
        },
        "retry_after": {
            "type": "number",
            "minimum": 0,
            "description": "Seconds until the next try is heard.",
        },
    },
}
"""The schema `Problem`, which every answer of `problems` is one of."""


def _answer() -> dict[str, Any]:
    schema = {
        "allOf": [{"$ref": REF_TEMPLATE.format(model="Problem")}],
        "properties": {"type": {"enum": []}},
    }
    return {"description": "", "content": {MEDIA_TYPE: {"schema": schema, "examples": {}}}}


BODY_PROBLEMS: Final = (ProblemType.MALFORMED, ProblemType.TOO_LARGE, ProblemType.TOO_SLOW)
"""What any route that takes a body may answer."""
