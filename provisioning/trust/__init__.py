"""Who may say what: TUF roles, signed statements, verification."""

from provisioning.trust.envelope import (
    CAP_TYPE,
    COMMAND_TYPE,
    DESIRED_TYPE,
    ENVELOPE_LIMIT,
    open_envelope,
    sign,
)
from provisioning.trust.errors import NotTrusted
from provisioning.trust.roles import RULES, Role, RoleKeys, RoleRule, role_keys

__all__ = [
    "CAP_TYPE",
    "COMMAND_TYPE",
    "DESIRED_TYPE",
    "ENVELOPE_LIMIT",
    "RULES",
    "NotTrusted",
    "Role",
    "RoleKeys",
    "RoleRule",
    "open_envelope",
    "role_keys",
    "sign",
]
