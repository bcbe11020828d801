"""The served contract written as OpenAPI; what it says, the routes declare."""

from typing import Any, Final

import yaml

from kiosk_app.gateway.http.application import declared_app
from kiosk_app.gateway.http.declaring import PROBLEM, REF_TEMPLATE
from kiosk_app.gateway.http.examples import EXAMPLES

_CERTIFICATE: Final = {
    "type": "mutualTLS",
    "description": "A device's certificate of the city's authority, of the unit `device`; TLS 1.3.",
}
_SERVER: Final = {
    "url": "https://{gateway}",
    "description": "The city's gateway.",
    "variables": {"gateway": {"default": "127.0.0.1:8443", "description": "`host` and `port`."}},
}
_FRAMEWORK_ONLY: Final = ("HTTPValidationError", "ValidationError")


def contract_yaml() -> str:
    """The text of `kiosk_app/account/openapi.yaml`."""
    contract = declared_app().openapi()
    schemas: dict[str, Any] = contract["components"]["schemas"]
    for path in contract["paths"].values():
        for operation in path.values():
            _leave_out_the_frameworks_own(operation["responses"])
            _name_body(operation, schemas)
            _describe_answers(operation, schemas)
            needs = operation.get("security", [{}])
            operation["security"] = [{"kiosk": [], **need} for need in needs]
    for name in _FRAMEWORK_ONLY:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    contract["components"]["schemas"] = dict(sorted(schemas.items()))
    contract["components"]["securitySchemes"]["kiosk"] = _CERTIFICATE
    contract["servers"] = [_SERVER]
    head = "# Made by `account-gateway openapi` from the routes; do not edit.\n"
    return head + yaml.dump(contract, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


def _leave_out_the_frameworks_own(responses: dict[str, Any]) -> None:
    """Its answer to a malformed request: ours is a problem, status 400. Our own 422 stay."""
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]


def _describe_answers(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say of each good answer what it is, where the framework only says that it is good."""
    for status, answer in operation["responses"].items():
        if answer["description"] != "Successful Response":
            continue
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        named = schemas.get(schema.get("$ref", "").rpartition("/")[2], {})
        nothing = "Done; the answer is empty." if status == "204" else "What was asked for."
        answer["description"] = named.get("description", nothing)


class _Plain(yaml.SafeDumper):
    """Without anchors: what is said twice is written twice."""

    def ignore_aliases(self, _data: object) -> bool:
        """Every value is written where it stands."""
        return True


def _name_body(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Put a body's schema beside the others, under its name."""
    if "requestBody" not in operation:
        return
    content = operation["requestBody"]["content"]["application/json"]
    body = dict(content["schema"])
    schemas.update(body.pop("$defs", {}))
    name = body["title"]
    schemas[name] = body
    operation["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": REF_TEMPLATE.format(model=name)}}},
    }
