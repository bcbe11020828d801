"""Is the display there? Asked before Qt is, because Qt aborts without one; opens no window."""

import re
import socket
from pathlib import Path

_LOCAL = re.compile(r":(\d+)(\.\d+)?")


def is_reachable(name: str, sockets: Path = Path("/tmp/.X11-unix")) -> bool:  # noqa: S108 - X's own fixed place
    """Whether a local X server listens; a display elsewhere is taken on trust."""
    found = _LOCAL.fullmatch(name)
    if found is None:
        return bool(name)
    for address in (str(sockets / f"X{found[1]}"), f"\0{sockets}/X{found[1]}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(1)
            if line.connect_ex(address) == 0:
                return True
    return False
