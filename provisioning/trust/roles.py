"""Who may say what: the delegated TUF roles and their keys; it verifies nothing itself."""

from dataclasses import dataclass
from enum import StrEnum

from securesystemslib.signer import Key
from tuf.api.metadata import DelegatedRole, Targets

from provisioning.trust.errors import NotTrusted


class Role(StrEnum):
    """A role that the top-level TUF targets role delegates to."""

    PROGRAMME = "programme"
    RELEASE = "release"
    ALERT = "alert"
    COMMAND = "command"
    DESIRED = "desired"


@dataclass(frozen=True)
class RoleRule:
    """What a role is founded with: the target paths it may name and how many keys must agree."""

    paths: tuple[str, ...]
    threshold: int


RULES: dict[Role, RoleRule] = {
    Role.PROGRAMME: RoleRule(("programme/*",), 1),
    Role.RELEASE: RoleRule(("release/*",), 2),
    Role.ALERT: RoleRule(("alert/*",), 1),
    Role.COMMAND: RoleRule(("command/*",), 1),
    Role.DESIRED: RoleRule(("desired/*",), 1),
}


@dataclass(frozen=True)
class RoleKeys:
    """The public keys of one role and how many of them must have signed.

    Raises:
        NotTrusted: the threshold is below one or cannot be reached with different keys.
    """

    role: str
    keys: tuple[Key, ...]
    threshold: int

    def __post_init__(self) -> None:
        distinct = {(key.keytype, key.scheme, str(key.keyval.get("public"))) for key in self.keys}
        if len(distinct) != len(self.keys):
            raise NotTrusted(f"Role {self.role!r} lists the same key twice.")
        if not 1 <= self.threshold <= len(self.keys):
            raise NotTrusted(
                f"Role {self.role!r} asks for {self.threshold} signatures of {len(self.keys)} keys."
            )


def role_keys(targets: Targets, role: str) -> RoleKeys:
    """Take a role's keys out of top-level targets metadata (TUF 1.0.34, section 4.5).

    Args:
        targets: the signed part of targets.json, **already verified** by a TUF client.
        role: one of `Role`.

    Raises:
        NotTrusted: the metadata delegates no such role, or names a key that it does not carry.
    """
    delegated = _delegated_role(targets, role)
    known = targets.delegations.keys if targets.delegations else {}
    missing = [keyid for keyid in delegated.keyids if keyid not in known]
    if missing:
        raise NotTrusted(f"Role {role!r} names the key {missing[0][:16]} that targets.json lacks.")
    keys = tuple(known[keyid] for keyid in delegated.keyids)
    return RoleKeys(str(role), keys, delegated.threshold)


def _delegated_role(targets: Targets, role: str) -> DelegatedRole:
    roles = targets.delegations.roles if targets.delegations else None
    if not roles or role not in roles:
        raise NotTrusted(f"The city's targets.json delegates no role {str(role)!r}.")
    return roles[role]
