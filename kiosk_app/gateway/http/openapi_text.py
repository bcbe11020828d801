"""The served contract written as OpenAPI; what it says, the routes declare."""

from typing import Any, Final

import yaml

from kiosk_app.gateway.http.application import declared_app
from kiosk_app.gateway.http.declaring import REF_TEMPLATE

_FRAMEWORK_ONLY: Final = ("HTTPValidationError", "ValidationError")


def contract_yaml() -> str:
    """The text of `kiosk_app/account/openapi.yaml`."""
    contract = declared_app().openapi()
    schemas: dict[str, Any] = contract["components"]["schemas"]
    for path in contract["paths"].values():
        for operation in path.values():
            # The framework's own answer to a malformed request; ours is the problem, status 400.
            operation["responses"].pop("422", None)
            _name_body(operation, schemas)
    for name in _FRAMEWORK_ONLY:
        schemas.pop(name, None)
    contract["components"]["schemas"] = dict(sorted(schemas.items()))
    head = "# Made by `account-gateway openapi` from the routes; do not edit.\n"
    return head + yaml.dump(contract, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


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
