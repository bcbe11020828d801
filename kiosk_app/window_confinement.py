"""What a window gives up at its start: outliving the usher, core files, being read."""

import ctypes
import os
import resource
import signal

PR_SET_PDEATHSIG = 1  # prctl(2)
PR_SET_DUMPABLE = 4  # prctl(2)


def confine() -> None:
    """Die with the usher, leave no core file, and refuse other processes of this user a look.

    Raises:
        OSError: the kernel refused.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((PR_SET_PDEATHSIG, signal.SIGKILL), (PR_SET_DUMPABLE, 0)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
