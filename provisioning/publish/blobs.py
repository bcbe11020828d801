"""Copies media into the content-addressed store; whether a blob is wanted is decided elsewhere."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

from provisioning.durable_file import flush_folder
from provisioning.publish.errors import PublishError

CHUNK: Final = 1 << 20
"""Bytes read at a time."""


def file_digest(path: Path) -> tuple[str, int]:
    """SHA-256 as hexadecimal digits and length in bytes of a file.

    Raises:
        PublishError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return digest, file.tell()
    except OSError as error:
        raise PublishError(f"The file {path} cannot be read: {error.strerror}.") from error


def store_blob(blobs: Path, source: Path, sha256: str, length: int) -> None:
    """Copy `source` to `blobs/<sha256>`, checking the bytes that are written.

    A blob that is there already is left alone when its bytes are still the ones it is called;
    what a disk has spoilt is replaced.

    Raises:
        PublishError: the source is missing, or its length or digest is another.
        OSError: the disk is full.
    """
    target = blobs / sha256
    if target.exists() and file_digest(target) == (sha256, length):
        return
    blobs.mkdir(mode=0o755, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=blobs)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            _copy_checked(source, out, sha256, length)
            out.flush()
            os.fchmod(out.fileno(), 0o644)
            os.fsync(out.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    flush_folder(blobs)


def _copy_checked(source: Path, out: BinaryIO, sha256: str, length: int) -> None:
    digest, written = hashlib.sha256(), 0
    try:
        with source.open("rb") as file:
            while written <= length and (chunk := file.read(CHUNK)):
                digest.update(chunk)
                written += out.write(chunk)
    except FileNotFoundError as error:
        raise PublishError(f"The blob {sha256} is not at {source}.") from error
    except IsADirectoryError as error:
        raise PublishError(f"The blob {sha256} at {source} is a folder.") from error
    if written != length or digest.hexdigest() != sha256:
        raise PublishError(f"The file {source} is not the blob {sha256} of {length} bytes.")
