"""Where a printer is: reads the URI of the configuration; it opens nothing."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

DEFAULT_PORT: Final = 9100
_TCP: Final = re.compile(r"tcp://(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+))(?::([0-9]{1,5}))?/?")
_HIGHEST_PORT: Final = 65535


class AddressRefused(ValueError):  # noqa: N818 - the sentence reads "address refused: …"
    """The URI names no printer; the message says what was expected."""


@dataclass(frozen=True)
class TcpAddress:
    """A printer on the network (raw printing, usually port 9100)."""

    host: str
    port: int


@dataclass(frozen=True)
class FileAddress:
    """A file that takes the bytes of the job instead of a printer; it can tell no status."""

    path: PurePath


Address = TcpAddress | FileAddress


def parse_address(uri: str) -> Address:
    """The address written `tcp://HOST[:PORT]` or `file:PATH`.

    Raises:
        AddressRefused: It is neither.
    """
    if uri.startswith("file:") and len(uri) > len("file:"):
        return FileAddress(PurePath(uri.removeprefix("file://").removeprefix("file:")))
    match = _TCP.fullmatch(uri)
    if match is None:
        raise AddressRefused(f"Printer {uri!r}: expected tcp://HOST:PORT or file:PATH.")
    port = int(match[3] or DEFAULT_PORT)
    if not 0 < port <= _HIGHEST_PORT:
        raise AddressRefused(f"Printer {uri!r}: the port is not between 1 and 65535.")
    return TcpAddress(match[1] or match[2], port)
