"""The place where a virtual card lies: talks to pcscd's vpcd driver; knows no command of a card.

The driver asks for the answer to reset (ATR) every 0.4 s: an answer means that a card is there. A
real reader tells an insertion at once by its interrupt endpoint; vpcd has none, so while no card is
there this side holds the question open and answers it in the moment the card is put down. After
each card the driver is first told that the slot is empty, else a quick change could go unseen.
"""

import contextlib
import os
import select
import socket
import threading
from pathlib import Path
from typing import Protocol

from tests.fakes.virtual_card.place import Connect, own_reader

_CONTROL_ATR = 4
_SILENT = b"silent"
_RETRY_SECONDS = 0.05


class Card(Protocol):
    """What lies in the slot."""

    @property
    def atr(self) -> bytes:
        """The answer to reset."""

    def reset(self) -> None:
        """Forget every session."""

    def answer(self, command: bytes) -> bytes | None:
        """Answer one APDU; None: the card has left the field."""


class Slot:
    """One slot of a reader, empty at first; waits for the reader and outlives its restart.

    Args:
        reader: the directory of a test's own reader (``CardReader.directory``), or how to connect.
        hold: seconds for which the question for a card is held open while there is none.
        number: which of the reader's two slots, 0 or 1.
    """

    def __init__(self, reader: Path | Connect, hold: float = 20.0, number: int = 0) -> None:
        self._connect = own_reader(reader, number) if isinstance(reader, Path) else reader
        self._hold = hold
        self._card: Card | None = None
        self._told_empty = False
        self._changed = os.eventfd(0, os.EFD_NONBLOCK)
        self._closed = threading.Event()
        self._connection: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="virtual-card", daemon=True)
        self._thread.start()

    def put(self, card: Card) -> None:
        """Lay a card down."""
        card.reset()
        self._card = card
        os.eventfd_write(self._changed, 1)

    def take(self) -> None:
        """Take the card away; a command under way gets no answer."""
        self._card, self._told_empty = None, False
        self._hang_up()

    def holds(self, card: Card) -> bool:
        """Tell whether this card lies here: it was put and neither taken nor has it left."""
        return self._card is card

    def close(self) -> None:
        """End the slot."""
        self._closed.set()
        self.take()
        self._thread.join(5)
        os.close(self._changed)

    def _hang_up(self) -> None:
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        while not self._closed.is_set():
            with contextlib.suppress(OSError), self._connect() as connection:
                self._connection = connection
                self._talk(connection)
            self._connection = None
            self._closed.wait(_RETRY_SECONDS)

    def _talk(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while not self._closed.is_set() and (frame := _read_frame(connection)):
            reply = self._reply(frame, connection)
            if reply is None:
                return
            if reply is not _SILENT:
                connection.sendall(len(reply).to_bytes(2, "big") + reply)

    def _reply(self, frame: bytes, connection: socket.socket) -> bytes | None:
        if frame == bytes((_CONTROL_ATR,)):
            return self._atr(connection)
        card = self._card
        if card is None:
            return None
        if len(frame) > 1:
            return self._answer(card, frame)
        card.reset()
        return _SILENT

    def _answer(self, card: Card, command: bytes) -> bytes | None:
        answer = card.answer(command)
        if answer is None and self._card is card:
            self._card, self._told_empty = None, False
        return answer

    def _atr(self, connection: socket.socket) -> bytes | None:
        if not self._told_empty:
            self._told_empty = True
            return None
        if self._card is None:
            select.select([connection.fileno(), self._changed], [], [], self._hold)
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._changed)
        card = self._card
        return None if card is None else card.atr


def _read_frame(connection: socket.socket) -> bytes | None:
    head = _read(connection, 2)
    return None if head is None else _read(connection, int.from_bytes(head, "big"))


def _read(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = connection.recv(size - len(data))
        if not part:
            return None
        data += part
    return bytes(data)
