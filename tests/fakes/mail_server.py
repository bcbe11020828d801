"""A small SMTP server (RFC 5321) of the tests' own, on loopback, with faults; it keeps the letters.

Written without the library that sends: it reads lines and answers codes.
"""

import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass
class Faults:
    """How the server misbehaves from now on.

    Attributes:
        rcpt: the code that answers RCPT, instead of 250.
        data: the code that answers the end of the letter.
        die_after_data: so many times it keeps the letter and cuts the line without an answer.
        silent: it says nothing, from its greeting on.
    """

    rcpt: int = 250
    data: int = 250
    die_after_data: int = 0
    silent: bool = False


@dataclass
class MailServer:
    """Letters that came, as (sender, recipients, data), and who logged in."""

    port: int
    faults: Faults = field(default_factory=Faults)
    letters: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """Serve until the block ends; with `tls` it offers STARTTLS and takes no letter without."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = MailServer(listener.getsockname()[1])
    open_lines: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                open_lines.append(line)
                threading.Thread(target=_talk, args=(server, line, tls), daemon=True).start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for line in open_lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def _talk(server: MailServer, line: socket.socket, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError, EOFError), line:
        if server.faults.silent:
            line.recv(1)
            return
        conversation = _Conversation(server, line, tls)
        try:
            conversation.run()
        finally:
            conversation.close()


class _Conversation:
    def __init__(self, server: MailServer, line: socket.socket, tls: ssl.SSLContext | None) -> None:
        self._server = server
        self._line = line
        self._tls = tls
        self._file: BinaryIO = line.makefile("rb")
        self._secure = False
        self._sender = ""
        self._recipients: list[str] = []

    def run(self) -> None:
        self._say("220 mail.mesto.example")
        while True:
            line = self._read()
            verb = line.split(" ", 1)[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "STARTTLS":
                self._start_tls()
            elif verb == "DATA":
                if not self._data():
                    return
            else:
                self._answer(verb, line)

    def _answer(self, verb: str, line: str) -> None:
        match verb:
            case "EHLO" if self._tls is not None and not self._secure:
                self._say("250-mail.mesto.example\r\n250 STARTTLS")
            case "EHLO":
                self._say("250-mail.mesto.example\r\n250 AUTH PLAIN")
            case "AUTH":
                _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                self._server.logins.append((user, password))
                self._say("235 welcome")
            case "MAIL":
                self._sender, self._recipients = _address(line), []
                refused = self._tls is not None and not self._secure
                self._say("530 STARTTLS first" if refused else "250 ok")
            case "RCPT":
                self._recipients.append(_address(line))
                self._say(f"{self._server.faults.rcpt} so be it")
            case "RSET":
                self._say("250 ok")
            case _:
                self._say("502 not known")

    def _data(self) -> bool:
        self._say("354 go on")
        data = b""
        while (line := self._file.readline()) != b".\r\n":
            if not line:
                raise EOFError
            data += line.removeprefix(b".") if line.startswith(b"..") else line
        faults = self._server.faults
        if faults.data == 250:
            self._server.letters.append((self._sender, self._recipients, data))
            self._server.encrypted.append(self._secure)
        if faults.die_after_data > 0:
            faults.die_after_data -= 1
            return False
        self._say(f"{faults.data} so be it")
        return True

    def _start_tls(self) -> None:
        assert self._tls is not None
        self._say("220 go on")
        self._file.close()
        self._line = self._tls.wrap_socket(self._line, server_side=True)
        self._file = self._line.makefile("rb")
        self._secure = True

    def close(self) -> None:
        self._file.close()
        self._line.close()

    def _read(self) -> str:
        line = self._file.readline(2000)
        if not line:
            raise EOFError
        return line.decode().rstrip("\r\n")

    def _say(self, words: str) -> None:
        self._line.sendall(words.encode() + b"\r\n")


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
