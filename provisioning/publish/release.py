"""Publishes a release archive under two signatures; installing it is the agent's business."""

import json
import lzma
import re
import tarfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from securesystemslib.signer import Signer

from provisioning.publish.blobs import file_digest, store_blob
from provisioning.publish.errors import PublishError
from provisioning.publish.lock import locked
from provisioning.publish.repository import Repository, begin, commit, write_target
from provisioning.trust import Role

VERSION_PATTERN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
COMPATIBLE: Final = "otevrene-mesto"
"""The kind of device an archive is for unless said otherwise."""
MAX_MEMBERS: Final = 20_000
_VERSION_LIMIT: Final = 256


@dataclass(frozen=True)
class PublishedRelease:
    """What devices will see: the TUF target and the archive that it pins."""

    target: str
    version: str
    sha256: str
    length: int


def publish_release(
    repository: Repository,
    version: str,
    archive: Path,
    now: datetime,
    compatible: str = COMPATIBLE,
    using: Sequence[Signer] | None = None,
) -> PublishedRelease:
    """Publish a tar archive as the target `release/<version>.json` and the blob that it pins.

    Args:
        repository: where to publish.
        version: must also stand in the archive's file VERSION.
        archive: a tar file with VERSION and an executable bin/program.
        now: aware time.
        compatible: which kind of device may install it.
        using: signers instead of the release keys in the keys folder.

    Raises:
        PublishError: the archive is not a release, the version is published already, or fewer
            than the threshold of release keys signed. Nothing is visible then.
    """
    _check_version(version)
    check_archive(archive, version)
    sha256, length = file_digest(archive)
    document = _document(version, compatible, sha256, length)
    target_path = f"{Role.RELEASE}/{version}.json"
    with locked(repository.root):
        published = begin(repository)
        role = published.roles[Role.RELEASE]
        if target_path in role.targets:
            raise PublishError(f"Release {version!r} is published already; give it a new version.")
        store_blob(repository.blobs, archive, sha256, length)
        role.targets[target_path] = write_target(repository, target_path, document)
        given = {Role.RELEASE.value: using} if using is not None else None
        commit(repository, published, {Role.RELEASE.value: role}, now, given)
    return PublishedRelease(target_path, version, sha256, length)


def check_archive(archive: Path, version: str) -> None:
    """Check that a tar file is a release: plain members inside it, VERSION, bin/program.

    Raises:
        PublishError: it is not; the sentence says which member is wrong.
    """
    try:
        with tarfile.open(archive, "r:*") as tar:
            members = {_name(member, archive): member for member in _members(tar, archive)}
            _check_program(members.get("bin/program"), archive)
            _check_version_file(tar, members.get("VERSION"), version, archive)
    except (OSError, tarfile.TarError, EOFError, zlib.error, lzma.LZMAError) as error:
        why = str(error).partition("\n")[0].rstrip(":.") or type(error).__name__
        raise PublishError(f"{archive} is not a readable tar archive: {why}.") from error


def _members(tar: tarfile.TarFile, archive: Path) -> list[tarfile.TarInfo]:
    members: list[tarfile.TarInfo] = []
    for member in tar:
        members.append(member)
        if len(members) > MAX_MEMBERS:
            raise PublishError(f"{archive} has more than {MAX_MEMBERS} members.")
    return members


def _name(member: tarfile.TarInfo, archive: Path) -> str:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts:
        raise PublishError(f"{archive}: the member {member.name[:100]!r} points outside.")
    if not (member.isreg() or member.isdir()):
        raise PublishError(f"{archive}: the member {member.name[:100]!r} is not a plain file.")
    return str(path)


def _check_program(member: tarfile.TarInfo | None, archive: Path) -> None:
    if member is None or not member.isreg() or not member.mode & 0o100:
        raise PublishError(f"{archive} holds no executable bin/program.")


def _check_version_file(
    tar: tarfile.TarFile, member: tarfile.TarInfo | None, version: str, archive: Path
) -> None:
    file = tar.extractfile(member) if member is not None and member.isreg() else None
    found = file.read(_VERSION_LIMIT).decode("utf-8", "replace").strip() if file else ""
    if found != version:
        raise PublishError(f"{archive}: VERSION says {found[:64]!r} instead of {version!r}.")


def _check_version(version: str) -> None:
    if not VERSION_PATTERN.fullmatch(version):
        raise PublishError(f"Release version {version[:64]!r} must be letters, digits, '.', '_-'.")


def _document(version: str, compatible: str, sha256: str, length: int) -> bytes:
    fields = {"version": version, "compatible": compatible, "sha256": sha256, "length": length}
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
