"""HTTP over one kept TLS connection, as little of it as a load needs; it decodes nothing."""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_CHUNK = 1 << 16
_PATIENCE = 30.0


class WrongAnswerError(Exception):
    """An answer of another status than hoped for; the status and the problem's type."""


@dataclass(frozen=True)
class Certified:
    """Whom to believe, and who one is: PEM files."""

    ca: Path
    certificate: Path
    key: Path


class KeptLine:
    """One connection, for one thread."""

    def __init__(self, url: str, files: Certified) -> None:
        """Connect."""
        context = ssl.create_default_context(cafile=str(files.ca))
        context.load_cert_chain(files.certificate, files.key)
        where = urlsplit(url)
        self._host = where.netloc
        bare = socket.create_connection((where.hostname, where.port), timeout=_PATIENCE)
        bare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = context.wrap_socket(bare, server_hostname=where.hostname)

    def ask(
        self, method: str, path: str, hoped: int, body: bytes = b"", token: str | None = None
    ) -> bytes:
        """The body of the answer.

        Raises:
            WrongAnswerError: its status is another one.
            OSError: the connection broke, or nobody answered in half a minute.
        """
        bearer = "" if token is None else f"Authorization: Bearer {token}\r\n"
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{bearer}"
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self._line.sendall(f"{head}{kind}\r\n".encode() + body)
        status, answer = self._answer()
        if status != hoped:
            raise WrongAnswerError(f"{method} {path.split('/')[2]}: {status} {answer[:80]!r}")
        return answer

    def _answer(self) -> tuple[int, bytes]:
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, body = got[:end].lower(), got[end + 4 :]
        at = head.find(b"content-length:")
        length = 0 if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += self._more()
        return int(head.split(b" ", 2)[1]), body

    def _more(self) -> bytes:
        data = self._line.recv(_CHUNK)
        if not data:
            raise ConnectionResetError("the gateway closed the connection")
        return data

    def close(self) -> None:
        """Close it."""
        self._line.close()
