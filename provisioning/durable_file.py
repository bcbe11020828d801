"""Replaces a file in one step that survives a power cut; what the file holds is not its matter."""

import os
import tempfile
from pathlib import Path


def write_durable(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write `data` beside `path`, flush it to the disk and rename it over `path`.

    A reader sees the old file or the new one. Missing folders are made, for the owner only.

    Raises:
        OSError: the disk is full or the folder may not be written; `path` is as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
