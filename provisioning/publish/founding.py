"""Begins a TUF repository: keys, root, delegations, the first empty metadata of every role."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from securesystemslib.signer import Key, Signer
from tuf.api.metadata import (
    TOP_LEVEL_ROLE_NAMES,
    DelegatedRole,
    Delegations,
    MetaFile,
    Root,
    Snapshot,
    Targets,
    Timestamp,
)
from tuf.api.metadata import Role as TufRole

from provisioning.durable_file import write_durable
from provisioning.publish.errors import PublishError
from provisioning.publish.metadata_file import SignedT, expiry, signed_by, snapshot_pin
from provisioning.publish.repository import (
    ROLE_LIFE,
    ROOT_LIFE,
    SNAPSHOT_LIFE,
    TIMESTAMP_LIFE,
    Repository,
)
from provisioning.publish.signing_keys import KEY_NAMES, create_key
from provisioning.trust import RULES

Signers = Mapping[str, Sequence[Signer]]


def init_repository(root: Path, keys: Path, now: datetime, root_threshold: int = 1) -> Repository:
    """Make the keys of every role and the first version of all metadata (TUF 1.0.34, section 4).

    Args:
        root: the public folder; must not hold a repository yet.
        keys: where the private keys go; never below `root`.
        now: aware time.
        root_threshold: how many of the root keys must agree on a new root.

    Raises:
        PublishError: there is a repository or a key already, the keys would be public, or the
            threshold cannot be reached.
    """
    repository = Repository(root, keys)
    if (repository.metadata / "1.root.json").exists():
        raise PublishError(f"There is a repository in {root} already.")
    if keys.resolve().is_relative_to(root.resolve()):
        raise PublishError(f"The keys must not lie in {keys}, inside the public folder.")
    if not 1 <= root_threshold <= len(KEY_NAMES["root"]):
        raise PublishError(f"The root threshold must be 1 to {len(KEY_NAMES['root'])}.")
    using = {role: [create_key(keys, name) for name in names] for role, names in KEY_NAMES.items()}
    for folder in (repository.metadata, repository.targets, repository.blobs):
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in _first_metadata(using, root_threshold, now).items():
        write_durable(repository.metadata / name, data)
    return repository


def _first_metadata(using: Signers, root_threshold: int, now: datetime) -> dict[str, bytes]:
    """The files by name, in the order in which they may be written: the timestamp last."""
    files = {"1.root.json": _sign(_root(using, root_threshold, now), using["root"])}
    for role in RULES:
        files[f"1.{role}.json"] = _sign(Targets(expires=expiry(now, ROLE_LIFE)), using[role])
    targets = Targets(expires=expiry(now, ROLE_LIFE), delegations=_delegations(using))
    files["1.targets.json"] = _sign(targets, using["targets"])
    meta = {f"{role}.json": MetaFile(1) for role in ("targets", *RULES)}
    snapshot = _sign(Snapshot(expires=expiry(now, SNAPSHOT_LIFE), meta=meta), using["snapshot"])
    files["1.snapshot.json"] = snapshot
    stamp = Timestamp(expires=expiry(now, TIMESTAMP_LIFE), snapshot_meta=snapshot_pin(1, snapshot))
    files["timestamp.json"] = _sign(stamp, using["timestamp"])
    return files


def _root(using: Signers, threshold: int, now: datetime) -> Root:
    keys = {keyid: key for role in TOP_LEVEL_ROLE_NAMES for keyid, key in _public(using[role])}
    roles = {
        role: TufRole([keyid for keyid, _ in _public(using[role])], 1)
        for role in TOP_LEVEL_ROLE_NAMES
    }
    roles["root"].threshold = threshold
    expires = expiry(now, ROOT_LIFE)
    return Root(expires=expires, keys=keys, roles=roles, consistent_snapshot=True)


def _delegations(using: Signers) -> Delegations:
    keys = {keyid: key for role in RULES for keyid, key in _public(using[role])}
    roles = {
        role.value: DelegatedRole(
            role.value,
            [keyid for keyid, _ in _public(using[role])],
            rule.threshold,
            terminating=True,
            paths=list(rule.paths),
        )
        for role, rule in RULES.items()
    }
    return Delegations(keys, roles)


def _public(using: Sequence[Signer]) -> list[tuple[str, Key]]:
    return [(signer.public_key.keyid, signer.public_key) for signer in using]


def _sign(signed: SignedT, using: Sequence[Signer]) -> bytes:
    return signed_by(signed, using).to_bytes()
