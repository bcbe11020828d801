"""Tells systemd that a program is ready and alive (sd_notify), where systemd asks; no more."""

import contextlib
import os
import socket


def ready() -> None:
    """The program serves now."""
    _notify(b"READY=1")


def alive() -> None:
    """The program is still well; feeds the service's watchdog."""
    _notify(b"WATCHDOG=1")


def stopping() -> None:
    """The program ends by its own wish."""
    _notify(b"STOPPING=1")


def interval() -> float | None:
    """Seconds between two calls of `alive`, half of what systemd allows; None when not watched."""
    try:
        microseconds = int(os.environ.get("WATCHDOG_USEC", ""))
    except ValueError:
        return None
    return microseconds / 2_000_000 if microseconds > 0 else None


def _notify(message: bytes) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel,
    ):
        channel.settimeout(1)
        channel.sendto(message, address)
