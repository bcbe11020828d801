"""The window's end of the line to the usher; when the line ends, so does the process."""

import logging
import os
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier

from device_agent.wire import WireError
from kiosk_app.usher_messages import (
    MAX_LINE,
    FromWindow,
    ToWindow,
    decode_to_window,
    encode_from_window,
)

logger = logging.getLogger(__name__)


class UsherLine:
    """One connected socket.

    Args:
        descriptor: the socket the usher left open for this process.
        on_message: called in the deciding thread with each message.
    """

    def __init__(self, descriptor: int, on_message: Callable[[ToWindow], None]) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._socket.set_inheritable(False)
        self._socket.settimeout(0)
        self._on_message = on_message
        self._buffer = bytearray()
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._read())

    def say(self, message: FromWindow) -> None:
        """Tell the usher; without an usher there is nothing to live for."""
        try:
            self._socket.sendall(encode_from_window(message))
        except OSError:
            self._orphaned()

    def _read(self) -> None:
        try:
            data = self._socket.recv(MAX_LINE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._orphaned()
        self._buffer += data
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 1]
            try:
                message = decode_to_window(line)
            except WireError as error:
                logger.warning("The usher sent a line that was refused: %s", error)
                continue
            self._on_message(message)

    @staticmethod
    def _orphaned() -> None:
        os._exit(0)
