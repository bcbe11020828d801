"""A TUF repository on disk: reads it verified, writes it so that no reader sees a half."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from securesystemslib.signer import Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from provisioning.durable_file import write_durable
from provisioning.publish.errors import PublishError
from provisioning.publish.metadata_file import (
    expiry,
    read_verified,
    sign_verified,
    snapshot_pin,
)
from provisioning.publish.signing_keys import signers

ROOT_LIFE: Final = timedelta(days=730)
SNAPSHOT_LIFE: Final = timedelta(days=14)
TIMESTAMP_LIFE: Final = timedelta(days=2)
ROLE_LIFE: Final = timedelta(days=365)


@dataclass(frozen=True)
class Repository:
    """Where the public files are (`metadata/`, `targets/`, `blobs/`) and, apart, the keys."""

    root: Path
    keys: Path

    @property
    def metadata(self) -> Path:
        """The TUF metadata files."""
        return self.root / "metadata"

    @property
    def targets(self) -> Path:
        """The target files, their names prefixed by their digest."""
        return self.root / "targets"

    @property
    def blobs(self) -> Path:
        """Media and release archives under their SHA-256."""
        return self.root / "blobs"


@dataclass(frozen=True)
class Published:
    """The verified metadata that a client would see now."""

    root: Root
    timestamp: Timestamp
    snapshot: Snapshot
    targets: Targets
    roles: Mapping[str, Targets]

    @property
    def roles_and_targets(self) -> Mapping[str, Targets]:
        """The top-level targets metadata and that of every delegated role, by name."""
        return {"targets": self.targets, **self.roles}


def read_published(repository: Repository) -> Published:
    """Read what is published and verify it from the first root on, as a client does.

    Expiry is not looked at: the publisher is the one who renews.

    Raises:
        PublishError: a file is missing, malformed or not signed by its role.
    """
    try:
        return _read(repository)
    except (OSError, RepositoryError, ValueError, KeyError) as error:
        raise PublishError(f"The repository {repository.root} is damaged: {error}.") from error


def begin(repository: Repository) -> Published:
    """What is published now, once the halves a killed publisher left are gone; under the lock.

    Raises:
        PublishError: a file is missing, malformed or not signed by its role.
    """
    for half in repository.root.rglob(".*.tmp"):
        half.unlink(missing_ok=True)
    return read_published(repository)


def commit(
    repository: Repository,
    published: Published,
    changed: Mapping[str, Targets],
    now: datetime,
    given: Mapping[str, Sequence[Signer]] | None = None,
) -> None:
    """Sign new versions of the changed roles and make them visible with one rename.

    Order: the roles' files, the snapshot, last the timestamp. A reader sees the old set until the
    timestamp is replaced; a crash before leaves files that nobody refers to.

    Args:
        repository: where to write.
        published: what is there now, from `read_published` under the same lock.
        changed: the new contents by role, `targets` among them; version and expiry are set here.
        now: aware time.
        given: signers by role instead of those in the keys folder.

    Raises:
        PublishError: a role is not signed by enough of its keys; nothing was written then.
        OSError: the disk is full; nothing is visible then.
    """
    files: dict[str, bytes] = {}
    meta = dict(published.snapshot.meta)
    for role, targets in changed.items():
        targets.version = published.roles_and_targets[role].version + 1
        targets.expires = expiry(now, ROLE_LIFE)
        using = given[role] if given and role in given else signers(repository.keys, role)
        by = published.root if role == "targets" else published.targets
        data = sign_verified(by, role, targets, using)
        files[f"{targets.version}.{role}.json"] = data
        meta[f"{role}.json"] = MetaFile(targets.version)
    version = published.snapshot.version + 1
    snapshot = _snapshot(repository, published, version, meta, now)
    files[f"{version}.snapshot.json"] = snapshot
    stamp = _timestamp(repository, published, snapshot_pin(version, snapshot), now)
    for name, content in files.items():
        write_durable(repository.metadata / name, content)
    write_durable(repository.metadata / "timestamp.json", stamp)


def renew_root(repository: Repository, published: Published, now: datetime) -> None:
    """Write the next version of the root, the same but for its end (TUF 1.0.34, section 6.1).

    Raises:
        PublishError: not enough of the root keys are here; nothing was written then.
    """
    root = published.root
    root.version += 1
    root.expires = expiry(now, ROOT_LIFE)
    data = sign_verified(root, "root", root, signers(repository.keys, "root"))
    write_durable(repository.metadata / f"{root.version}.root.json", data)


def write_target(repository: Repository, path: str, data: bytes) -> TargetFile:
    """Put a target file under its digest and describe it; nothing refers to it yet."""
    target = TargetFile.from_data(path, data, ["sha256"])
    write_durable(repository.targets / target.get_prefixed_paths()[0], data)
    return target


def read_target(repository: Repository, target: TargetFile) -> bytes:
    """Read a published target file and check it against its metadata.

    Raises:
        PublishError: it is missing or not what was signed.
    """
    path = repository.targets / target.get_prefixed_paths()[0]
    try:
        data = path.read_bytes()
        target.verify_length_and_hashes(data)
    except (OSError, RepositoryError) as error:
        raise PublishError(f"The target {target.path} is damaged on disk: {error}.") from error
    return data


def _read(repository: Repository) -> Published:
    folder = repository.metadata
    root = _latest_root(folder)
    timestamp = read_verified(folder / "timestamp.json", root, Timestamp)
    version = timestamp.snapshot_meta.version
    path = folder / f"{version}.snapshot.json"
    timestamp.snapshot_meta.verify_length_and_hashes(path.read_bytes())
    snapshot = read_verified(path, root, Snapshot)
    version = snapshot.meta["targets.json"].version
    targets = read_verified(folder / f"{version}.targets.json", root, Targets)
    roles: dict[str, Targets] = {}
    for role in (targets.delegations.roles if targets.delegations else None) or {}:
        path = folder / f"{snapshot.meta[f'{role}.json'].version}.{role}.json"
        roles[role] = read_verified(path, targets, Targets, role)
    return Published(root, timestamp, snapshot, targets, roles)


def _latest_root(folder: Path) -> Root:
    root = read_verified(folder / "1.root.json", None, Root)
    while (path := folder / f"{root.version + 1}.root.json").exists():
        root = read_verified(path, root, Root)
    return root


def _snapshot(
    repository: Repository,
    published: Published,
    version: int,
    meta: dict[str, MetaFile],
    now: datetime,
) -> bytes:
    snapshot = Snapshot(version, expires=expiry(now, SNAPSHOT_LIFE), meta=meta)
    return sign_verified(published.root, "snapshot", snapshot, signers(repository.keys, "snapshot"))


def _timestamp(
    repository: Repository, published: Published, snapshot: MetaFile, now: datetime
) -> bytes:
    version = published.timestamp.version + 1
    stamp = Timestamp(version, expires=expiry(now, TIMESTAMP_LIFE), snapshot_meta=snapshot)
    using = signers(repository.keys, "timestamp")
    return sign_verified(published.root, "timestamp", stamp, using)
