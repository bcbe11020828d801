"""What a gateway's process gives up at its start, and what it needs more of."""

import ctypes
import os
import resource
from typing import Final

PR_SET_DUMPABLE: Final = 4  # prctl(2)
_OPEN_FILES: Final = 16_384
"""Connections of all kiosks, and the files and databases besides."""


def keep_secrets() -> None:
    """Leave no core file, and refuse other processes of this user a look: PINs pass through here.

    Raises:
        OSError: the kernel refused.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def open_more_files() -> None:
    """Let as many connections be open as the gateway takes, or as many as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
