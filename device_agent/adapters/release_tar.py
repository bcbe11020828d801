"""Unpacks a release archive into an empty directory, files and directories only, within limits."""

import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath

from device_agent.link.atomic_file import sync_directory

MAX_BYTES = 1024 * 1024 * 1024
MAX_MEMBERS = 20_000
_CHUNK = 1024 * 1024


class ArchiveRefused(Exception):  # noqa: N818 - a refusal, not a fault of ours
    """The archive is no release; one sentence on why."""


def unpack_release(tar: Path, target: Path, version: str) -> None:
    """Unpack the archive of one release into `target`, which must not exist.

    Raises:
        ArchiveRefused: a path leads out, a member is a link or device, it is too much, or it is
            another version.
        OSError: the disk refused.
    """
    target.mkdir()
    total = 0
    try:
        with tarfile.open(tar, "r:*") as archive:
            for count, member in enumerate(archive):
                total += member.size
                if count >= MAX_MEMBERS or total > MAX_BYTES:
                    raise ArchiveRefused("Release archive: more than a release may hold.")
                _unpack_member(archive, member, target)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ArchiveRefused(f"Release archive: not a tar archive: {error}.") from error
    _check_release(target, version)
    for folder, _, _ in os.walk(target):
        sync_directory(Path(folder))


def _check_release(target: Path, version: str) -> None:
    program = target / "bin" / "program"
    if not (target / "VERSION").is_file() or not os.access(program, os.X_OK):
        raise ArchiveRefused("Release archive: VERSION or an executable bin/program is missing.")
    if (target / "VERSION").read_bytes().strip() != version.encode():
        raise ArchiveRefused(f"Release archive: its VERSION is not {version}.")


def _unpack_member(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or "\0" in member.name:
        raise ArchiveRefused(f"Release archive: {member.name[:80]!r} leads out of the slot.")
    place = target.joinpath(*path.parts)
    if member.isdir():
        place.mkdir(parents=True, exist_ok=True)
        return
    source = archive.extractfile(member) if member.isreg() else None
    if source is None:
        raise ArchiveRefused(
            f"Release archive: {member.name[:80]!r} is neither file nor directory."
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source, place.open("xb") as file:
            shutil.copyfileobj(source, file, _CHUNK)
            file.flush()
            os.fchmod(file.fileno(), 0o755 if member.mode & 0o100 else 0o644)
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise ArchiveRefused(f"Release archive: {member.name[:80]!r} stands twice.") from error
