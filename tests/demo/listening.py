"""Tells whether a process itself listens on a TCP port, not another that took it; opens none."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

LISTEN = "0A"  # the kernel's TCP_LISTEN, as /proc/net/tcp writes it


def listens(pids: set[int], port: int) -> bool:
    """True when one of the processes holds a listening socket on that port (IPv4)."""
    wanted = set(_listening(port))
    return bool(wanted) and any(not wanted.isdisjoint(_sockets(pid)) for pid in pids)


def _listening(port: int) -> Iterator[str]:
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    for fields in map(str.split, lines):
        if fields[3] == LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
            yield f"socket:[{fields[9]}]"


def _sockets(pid: int) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):  # closed meanwhile
                yield str(descriptor.readlink())
