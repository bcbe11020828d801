"""Reads the programme in force and its blobs, each checked before use; writes nothing."""

import hashlib
import os
from pathlib import Path
from threading import Event
from typing import BinaryIO

from playlists import Blob, Programme, ProgrammeError, Sha256, parse_programme

MAX_IN_MEMORY = 64 << 20
"""Images and pages are held in memory as the very bytes that were checked; bytes."""
_MAX_DOCUMENT = 1 << 20
_CHUNK = 1 << 20


class BadBlob(Exception):  # noqa: N818 - it names the thing, as the log does
    """A blob that must not be shown; one sentence says why."""


class BadProgramme(Exception):  # noqa: N818 - the same
    """A programme document that must not be used; one sentence says why."""


class Cache:
    """A programme document and the directory `blobs/` beside it."""

    def __init__(self, document: Path) -> None:
        self._document = document
        self._blobs = document.parent / "blobs"
        self._checked: dict[Sha256, tuple[int, ...]] = {}
        self._closed = Event()

    def close(self) -> None:
        """From any thread: give up the check at work, however long the file is."""
        self._closed.set()

    def read_programme(self, path: Path | None = None, sha256: str = "") -> Programme:
        """The programme at `path` (by default the one in force), with `sha256` when given.

        Raises:
            BadProgramme: missing, another hash, or not a programme.
        """
        source = path or self._document
        try:
            with source.open("rb") as stream:
                data = stream.read(_MAX_DOCUMENT + 1)
        except OSError as error:
            raise BadProgramme(f"{source}: {error.strerror or error}") from error
        if sha256 and hashlib.sha256(data).hexdigest() != sha256:
            raise BadProgramme(f"{source}: is not the document that was announced")
        try:
            return parse_programme(data)
        except ProgrammeError as error:
            raise BadProgramme(f"{source}: {error}") from error

    def stamp(self) -> tuple[int, int] | None:
        """Changes when the programme in force is replaced; None while there is none."""
        try:
            found = self._document.stat()
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns)

    def read(self, blob: Blob) -> bytes:
        """The checked bytes of a blob that fits in memory.

        Raises:
            BadBlob: missing, of another length or hash, or over MAX_IN_MEMORY.
        """
        if blob.length > MAX_IN_MEMORY:
            raise BadBlob(f"blob {blob.sha256[:12]}: {blob.length} bytes are too many to show")
        try:
            with (self._blobs / blob.sha256).open("rb") as stream:
                data = stream.read(blob.length + 1)
        except OSError as error:
            raise BadBlob(f"blob {blob.sha256[:12]}: {error.strerror or error}") from error
        if len(data) != blob.length or hashlib.sha256(data).hexdigest() != blob.sha256:
            raise BadBlob(f"blob {blob.sha256[:12]}: its content is not what the programme pins")
        return data

    def open_checked(self, blob: Blob) -> BinaryIO:
        """A blob whose bytes were checked, open; checked again whenever the file changed.

        Who reads from this very file, and not from its path, reads what was checked even when
        another file takes that path. The caller closes it.

        Raises:
            BadBlob: missing, or of another length or hash.
        """
        try:
            stream = (self._blobs / blob.sha256).open("rb")
        except OSError as error:
            raise BadBlob(f"blob {blob.sha256[:12]}: {error.strerror or error}") from error
        try:
            self._check(stream, blob)
        except OSError as error:
            stream.close()
            raise BadBlob(f"blob {blob.sha256[:12]}: {error.strerror or error}") from error
        except BadBlob:
            stream.close()
            raise
        return stream

    def _check(self, stream: BinaryIO, blob: Blob) -> None:
        found = os.fstat(stream.fileno())
        mark = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        if self._checked.get(blob.sha256) != mark:
            self._hash(stream, blob)
            self._checked[blob.sha256] = mark

    def _hash(self, stream: BinaryIO, blob: Blob) -> None:
        digest, length = hashlib.sha256(), 0
        while length <= blob.length and (chunk := stream.read(_CHUNK)):
            if self._closed.is_set():
                raise BadBlob(f"blob {blob.sha256[:12]}: not checked, the player ends")
            digest.update(chunk)
            length += len(chunk)
        if length != blob.length or digest.hexdigest() != blob.sha256:
            raise BadBlob(f"blob {blob.sha256[:12]}: its content is not what the programme pins")
