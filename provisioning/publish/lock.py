"""One publisher at a time: an advisory lock on a file; it waits a while, then says who to ask."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from provisioning.publish.errors import PublishError

PATIENCE_S: Final = 30.0
_STEP_S: Final = 0.05


@contextmanager
def locked(folder: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock of `folder`; the kernel releases it when the holder dies.

    Raises:
        PublishError: another process holds it for longer than `patience_s` seconds.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("ab") as file:
        deadline = time.monotonic() + patience_s
        while not _taken(file.fileno()):
            if time.monotonic() >= deadline:
                raise PublishError(f"Another command works in {folder}; try again when it is done.")
            time.sleep(_STEP_S)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
