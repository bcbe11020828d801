"""One TUF metadata file, signed or read verified; which files make a set is decided elsewhere."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, Targets, Timestamp

from provisioning.publish.errors import PublishError

SignedT = TypeVar("SignedT", Root, Timestamp, Snapshot, Targets)


def read_verified(
    path: Path, by: Root | Targets | None, kind: type[SignedT], role: str = ""
) -> SignedT:
    """Read a metadata file that `by` vouches for; the first root vouches for itself.

    Raises:
        OSError: the file is missing.
        RepositoryError: it is malformed or not signed by enough of the role's keys.
        PublishError: it is metadata of another type.
    """
    metadata = Metadata[SignedT].from_bytes(path.read_bytes())
    signed: object = metadata.signed
    if not isinstance(signed, kind):
        raise PublishError(f"The file {path} is not metadata of type {kind.type!r}.")
    verifier = by or signed
    if isinstance(verifier, Root | Targets):
        verifier.verify_delegate(role or kind.type, metadata.signed_bytes, metadata.signatures)
    return signed


def sign_verified(by: Root | Targets, role: str, signed: SignedT, using: Sequence[Signer]) -> bytes:
    """The bytes of a metadata file, signed and then checked as a client would check it.

    Raises:
        PublishError: the signers are not enough for the role.
    """
    metadata = signed_by(signed, using)
    try:
        by.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except RepositoryError as error:
        raise PublishError(f"Role {role!r} was not signed by enough of its keys.") from error
    return metadata.to_bytes()


def signed_by(signed: SignedT, using: Sequence[Signer]) -> Metadata[SignedT]:
    """Metadata that carries one signature of each signer, not checked against any role."""
    metadata = Metadata(signed)
    for signer in using:
        metadata.sign(signer, append=True)
    return metadata


def snapshot_pin(version: int, data: bytes) -> MetaFile:
    """How the timestamp names a snapshot file: version, length and digest."""
    return MetaFile(version, len(data), {"sha256": hashlib.sha256(data).hexdigest()})


def expiry(now: datetime, life: timedelta) -> datetime:
    """The moment `life` after `now`, in the whole UTC seconds that TUF writes."""
    return (now + life).astimezone(UTC).replace(microsecond=0)
