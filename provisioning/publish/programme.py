"""Publishes one channel's programme with its blobs; what a programme is, `playlists` says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playlists import Programme, ProgrammeError, parse_programme
from provisioning.publish.blobs import store_blob
from provisioning.publish.errors import PublishError
from provisioning.publish.lock import locked
from provisioning.publish.repository import (
    Published,
    Repository,
    begin,
    commit,
    read_published,
    read_target,
    write_target,
)
from provisioning.trust import Role


@dataclass(frozen=True)
class PublishedProgramme:
    """What devices will see: the TUF target and the digest of the programme document."""

    target: str
    channel: str
    version: int
    sha256: str


def publish_programme(
    repository: Repository, document: bytes, blobs: Mapping[str, Path], now: datetime
) -> PublishedProgramme:
    """Publish a programme document as the target `programme/<channel>.json`.

    Needs the keys of programme, snapshot and timestamp only.

    Args:
        repository: where to publish.
        document: the programme as `playlists.encode_programme` writes it.
        blobs: where each blob that is not published yet lies, by SHA-256.
        now: aware time.

    Raises:
        PublishError: not a programme, a blob is missing or not the one it is called, the version
            is not greater than the one published, or a key is missing. Nothing is visible then.
    """
    programme = _parsed(document)
    target_path = f"{Role.PROGRAMME}/{programme.channel}.json"
    with locked(repository.root):
        published = begin(repository)
        _refuse_rollback(repository, published, programme, target_path)
        for blob in programme.blobs:
            source = blobs.get(blob.sha256, repository.blobs / blob.sha256)
            store_blob(repository.blobs, source, blob.sha256, blob.length)
        target = write_target(repository, target_path, document)
        role = published.roles[Role.PROGRAMME]
        role.targets[target_path] = target
        commit(repository, published, {Role.PROGRAMME.value: role}, now)
    sha256 = target.hashes["sha256"]
    return PublishedProgramme(target_path, programme.channel, programme.version, sha256)


def published_version(repository: Repository, channel: str) -> int:
    """The version of the channel's programme that is published now, 0 when there is none.

    Raises:
        PublishError: the repository is damaged.
    """
    published = read_published(repository)
    return _version(repository, published, f"{Role.PROGRAMME}/{channel}.json")


def _refuse_rollback(
    repository: Repository, published: Published, programme: Programme, target_path: str
) -> None:
    before = _version(repository, published, target_path)
    if programme.version <= before:
        raise PublishError(
            f"Programme {programme.channel!r} version {programme.version} is not greater"
            f" than the published version {before}."
        )


def _version(repository: Repository, published: Published, target_path: str) -> int:
    target = published.roles[Role.PROGRAMME].targets.get(target_path)
    return _parsed(read_target(repository, target)).version if target else 0


def _parsed(document: bytes) -> Programme:
    try:
        return parse_programme(document)
    except ProgrammeError as error:
        raise PublishError(f"The document is not a programme: {error}") from error
