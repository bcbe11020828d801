"""The account contract as OpenAPI, made from the application that serves it; it serves nothing."""

import yaml

from kiosk_app.gateway.app import create_app

_FRAMEWORK_ONLY = ("HTTPValidationError", "ValidationError")


def contract_yaml() -> str:
    """The text of `kiosk_app/account/openapi.yaml`."""
    contract = create_app().openapi()
    for path in contract["paths"].values():
        for operation in path.values():
            # The framework's own answer to a malformed body; ours is the problem with status 400.
            operation["responses"].pop("422", None)
    for name in _FRAMEWORK_ONLY:
        contract["components"]["schemas"].pop(name, None)
    head = "# Made by `account-gateway openapi` from the application; do not edit.\n"
    return head + yaml.safe_dump(contract, allow_unicode=True, sort_keys=False, width=100)
