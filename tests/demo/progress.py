"""Tells at the terminal what the demo is doing and for how long; decides nothing."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

QUIET_SECONDS = 2.0


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Prints `what`, counts the seconds while it lasts over two, and says how it ended."""
    begun = time.monotonic()
    over = threading.Event()
    counter = threading.Thread(target=_count, args=(what, begun, over), daemon=True)
    counter.start()
    try:
        yield
    except BaseException:
        _finish(over, counter, f"  ✗ {what} ({time.monotonic() - begun:.1f} s)")
        raise
    _finish(over, counter, f"  ✓ {what} ({time.monotonic() - begun:.1f} s)")


def telling(sentence: str) -> None:
    """Prints something the person should know while something is being done."""
    sys.stdout.write(f"\r\x1b[K  {sentence}\n" if sys.stdout.isatty() else f"  {sentence}\n")
    sys.stdout.flush()


def _count(what: str, begun: float, over: threading.Event) -> None:
    tty = sys.stdout.isatty()
    while not over.wait(1.0 if tty else 5.0):
        seconds = time.monotonic() - begun
        if seconds >= QUIET_SECONDS:
            line = f"  … {what} ({seconds:.0f} s)"
            sys.stdout.write(f"\r\x1b[K{line}" if tty else f"{line}\n")
            sys.stdout.flush()


def _finish(over: threading.Event, counter: threading.Thread, line: str) -> None:
    over.set()
    counter.join()
    sys.stdout.write(f"\r\x1b[K{line}\n" if sys.stdout.isatty() else f"{line}\n")
    sys.stdout.flush()
