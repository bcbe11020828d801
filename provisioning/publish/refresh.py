"""Renews metadata before it expires; what it says stays the same."""

import logging
from datetime import datetime, timedelta
from typing import Final

from provisioning.publish.lock import locked
from provisioning.publish.repository import (
    TIMESTAMP_LIFE,
    Published,
    Repository,
    begin,
    commit,
    renew_root,
)
from provisioning.publish.signing_keys import KEY_NAMES, key_path

logger = logging.getLogger(__name__)

AHEAD: Final = TIMESTAMP_LIFE / 2
"""How long before their end snapshot and timestamp are renewed."""
ROLE_AHEAD: Final = timedelta(days=60)
"""The same for the root, the targets and the delegated roles, whose keys may be kept elsewhere."""


def refresh(repository: Repository, now: datetime, ahead: timedelta = AHEAD) -> tuple[str, ...]:
    """Sign anew what expires soon, as far as the keys are here; a warning names what cannot be.

    Run it at least once a day. Returns the names of the roles that were renewed.

    Raises:
        PublishError: the repository is damaged or the online keys are missing.
    """
    with locked(repository.root):
        published = begin(repository)
        slow = tuple(role for role in _ending(published, now) if _can_sign(repository, role))
        if "root" in slow:
            renew_root(repository, published, now)
        held = {role: published.roles_and_targets[role] for role in slow if role != "root"}
        expires = min(published.timestamp.expires, published.snapshot.expires)
        if not held and expires - now > ahead:
            return slow
        commit(repository, published, held, now)
    return (*slow, "snapshot", "timestamp")


def _ending(published: Published, now: datetime) -> tuple[str, ...]:
    """The slow roles that expire soon, the root first."""
    slow = {"root": published.root, **published.roles_and_targets}
    return tuple(role for role, signed in slow.items() if signed.expires - now <= ROLE_AHEAD)


def _can_sign(repository: Repository, role: str) -> bool:
    missing = [n for n in KEY_NAMES[role] if not key_path(repository.keys, n).exists()]
    if missing:
        logger.warning("Role %s expires soon and its key %s is not here.", role, missing[0])
    return not missing
