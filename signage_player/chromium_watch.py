"""Sees that Chromium lost its zygote, which never comes back in this process; mends nothing.

Renderers are forked by the zygotes, our direct children. Without them every page that needs a
new renderer hangs or fails, and QtWebEngine does not say so.
"""

import os
from pathlib import Path

_ZYGOTE = b"--type=zygote"


class ChromiumWatch:
    """Remembers Chromium's zygotes once they are there and asks after them."""

    def __init__(self, processes: Path = Path("/proc")) -> None:
        self._processes = processes
        self._zygotes: frozenset[int] = frozenset()

    def is_broken(self) -> bool:
        """Whether a zygote that was seen before is gone; cheap enough for every second."""
        if not self._zygotes:
            self._zygotes = frozenset(filter(self._is_zygote, self._children()))
        return not all(map(self._is_zygote, self._zygotes))

    def _children(self) -> set[int]:
        """The children of all our threads (proc(5), /proc/pid/task/tid/children)."""
        found: set[int] = set()
        for path in self._processes.glob(f"{os.getpid()}/task/*/children"):
            try:
                found.update(map(int, path.read_text("ascii").split()))
            except OSError:
                continue  # a thread that ended
        return found

    def _is_zygote(self, process: int) -> bool:
        """A dead one has no command line, even while nobody has asked for its exit code."""
        try:
            return _ZYGOTE in (self._processes / f"{process}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
