"""Making what devices download: the TUF repository and its content server."""

from provisioning.publish.errors import PublishError
from provisioning.publish.founding import init_repository
from provisioning.publish.lock import locked
from provisioning.publish.programme import (
    PublishedProgramme,
    publish_programme,
    published_version,
)
from provisioning.publish.refresh import refresh
from provisioning.publish.release import PublishedRelease, publish_release
from provisioning.publish.repository import Published, Repository, read_published
from provisioning.publish.signing_keys import load_key, signers

__all__ = [
    "PublishError",
    "Published",
    "PublishedProgramme",
    "PublishedRelease",
    "Repository",
    "init_repository",
    "load_key",
    "locked",
    "publish_programme",
    "publish_release",
    "published_version",
    "read_published",
    "refresh",
    "signers",
]
