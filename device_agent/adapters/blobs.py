"""Keeps content by its digest on disk; a blob has its name only when it is whole and verified."""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from device_agent.link.atomic_file import sync_directory

_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024

Source = Callable[[int], tuple[int, Iterator[bytes]]]


class BlobRefused(Exception):  # noqa: N818 - a refusal, not a fault of ours
    """What came is not the blob asked for; one sentence on why."""


class BlobStore:
    """The blobs in one directory; one thread fetches, anybody reads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a blob lies or would lie."""
        if _NAME.fullmatch(sha256) is None:
            raise BlobRefused(f"Blob {sha256[:64]!r}: not a SHA-256 in small hexadecimal digits.")
        return self._directory / sha256

    def has(self, sha256: str, length: int) -> bool:
        """Whether the blob is here; its content was verified before it got its name."""
        try:
            return self.path(sha256).stat().st_size == length
        except FileNotFoundError:
            return False

    def take(self, sha256: str, length: int, source: Source) -> Path:
        """Fetch a blob from where an earlier attempt ended, and verify it.

        Args:
            sha256: its digest.
            length: its length in bytes; not one byte more is written.
            source: given the offset wanted, opens the download and says which offset it begins at.

        Raises:
            BlobRefused: too short, too long or of another digest; nothing of it is kept.
            OSError: the disk refused, or the network broke; what came is kept for the next attempt.
        """
        part = self.path(sha256).with_suffix(".part")
        have = part.stat().st_size if part.exists() else 0
        if have > length:
            part.unlink()
            have = 0
        if have < length or length == 0:
            self._fetch(part, have, length, source)
        self._verify(part, sha256, length)
        part.replace(self.path(sha256))
        sync_directory(self._directory)
        return self.path(sha256)

    def _fetch(self, part: Path, have: int, length: int, source: Source) -> None:
        offset, chunks = source(have)
        if offset not in {0, have}:
            raise BlobRefused(f"Blob {part.stem}: the server began at byte {offset}.")
        with part.open("r+b" if offset else "wb") as file:
            file.seek(offset)
            for chunk in chunks:
                offset += len(chunk)
                if offset > length:
                    part.unlink()
                    raise BlobRefused(f"Blob {part.stem}: more than its {length} bytes came.")
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def _verify(self, part: Path, sha256: str, length: int) -> None:
        size = part.stat().st_size
        if size < length:
            raise BlobRefused(f"Blob {sha256}: only {size} of {length} bytes came.")
        digest = hashlib.sha256()
        with part.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            os.fsync(file.fileno())  # what a killed agent left may not be on the disk yet
        if digest.hexdigest() != sha256:
            part.unlink()
            raise BlobRefused(f"Blob {sha256}: what came has another digest.")

    def sweep(self, keep: Iterable[str]) -> None:
        """Delete the blobs and beginnings of blobs that nobody needs any more."""
        kept = frozenset(keep)
        for file in self._directory.iterdir():
            if file.name.split(".")[0] not in kept:
                with contextlib.suppress(OSError):
                    file.unlink()
