"""Where a virtual card can lie: the test's own reader, or the machine's virtual reader by TCP."""

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

from tests.fakes.card_reader import slot_socket

Connect = Callable[[], socket.socket]

VPCD_PORT = 35_963
_HOST = "127.0.0.1"
_PATIENCE = 5.0


def own_reader(directory: Path, number: int = 0) -> Connect:
    """Connect to a slot of a ``CardReader`` by its directory."""
    path = str(slot_socket(directory, number))

    def connect() -> socket.socket:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(_PATIENCE)
            caller.connect(path)
            _message, handles, _flags, _address = socket.recv_fds(caller, 16, 1)
        if not handles:
            raise ConnectionError("The reader has no slot yet.")
        return socket.socket(fileno=handles[0])

    return connect


def machine_reader(port: int = VPCD_PORT) -> Connect:
    """Connect to the vpcd driver of the machine's pcscd."""

    def connect() -> socket.socket:
        connection = socket.create_connection((_HOST, port), timeout=_PATIENCE)
        connection.settimeout(None)
        return connection

    return connect


def there(connect: Connect) -> bool:
    """Tell whether the reader takes a card."""
    with contextlib.suppress(OSError), connect():
        return True
    return False
