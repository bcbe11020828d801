"""Renews what expires by itself: snapshot and timestamp; no role's content changes."""

from datetime import datetime, timedelta
from typing import Final

from provisioning.publish.lock import locked
from provisioning.publish.repository import TIMESTAMP_LIFE, Repository, begin, commit

AHEAD: Final = TIMESTAMP_LIFE / 2


def refresh(repository: Repository, now: datetime, ahead: timedelta = AHEAD) -> bool:
    """Sign a new snapshot and timestamp when one of them expires within `ahead`.

    Run it from a timer at least once a day. Returns whether anything was renewed.

    Raises:
        PublishError: the repository is damaged or the online keys are missing.
    """
    with locked(repository.root):
        published = begin(repository)
        expires = min(published.timestamp.expires, published.snapshot.expires)
        if expires - now > ahead:
            return False
        commit(repository, published, {}, now)
    return True
