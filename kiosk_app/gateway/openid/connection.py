"""Requests to an OpenID provider: https only, no redirect, bounded in size and time."""

import json
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from threading import Timer
from typing import Final
from urllib.parse import quote_plus, urlencode, urlsplit

from kiosk_app.gateway.openid.answers import ProviderProblem

MAX_BYTES: Final = 1 << 17
"""An answer of more bytes is refused; a large key set has ten thousand."""
_OK: Final = 200


@dataclass(frozen=True)
class Timeouts:
    """Seconds: to connect, between two reads, and for one whole answer with its head."""

    connect: float = 3.0
    read: float = 5.0
    whole: float = 8.0


@dataclass(frozen=True)
class ProviderConnection:
    """Asks one provider; for many threads. `ca` is a PEM file, None: the system's authorities.

    Redirects, proxies and the environment are never followed, and nothing is asked elsewhere than
    at `hosts`, whatever the provider's own documents say.
    """

    hosts: frozenset[str]
    ca: Path | None = None
    timeouts: Timeouts = Timeouts()

    def get(self, url: str) -> Mapping[str, object]:
        """The JSON object there.

        Raises:
            ProviderProblem: there is none.
        """
        status, members = self._ask("GET", url, None, {})
        if status != _OK:
            raise ProviderProblem(f"it answers with status {status}")
        return members

    def post(
        self, url: str, form: Mapping[str, str], basic: tuple[str, str] | None
    ) -> tuple[int, Mapping[str, object]]:
        """The status and the JSON object that answers a form.

        Raises:
            ProviderProblem: there is no such answer.
        """
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if basic is not None:
            headers["Authorization"] = _basic(*basic)
        return self._ask("POST", url, urlencode(form), headers)

    def _ask(
        self, method: str, url: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, object]]:
        place = urlsplit(url)
        if place.scheme != "https":
            raise ProviderProblem("its address is not https")
        if place.netloc not in self.hosts:
            raise ProviderProblem("its address is on a host that is not configured")
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        accepted = {"Accept": "application/json", "Accept-Encoding": "identity"}
        try:
            with self._connected(place.netloc) as connection:
                connection.request(method, target, body, {**accepted, **headers})
                answer = connection.getresponse()
                return answer.status, _object(answer.read(MAX_BYTES + 1))
        except (OSError, HTTPException, ValueError) as error:
            # The library's own sentence may quote the request, so only its kind is passed on.
            raise ProviderProblem(f"it did not answer: {type(error).__name__}") from None

    @contextmanager
    def _connected(self, netloc: str) -> Iterator[HTTPSConnection]:
        """A connection that is cut when the time for the whole answer is over."""
        context = ssl.create_default_context(cafile=self.ca)
        connection = HTTPSConnection(netloc, timeout=self.timeouts.connect, context=context)
        try:
            connection.connect()
            connection.sock.settimeout(self.timeouts.read)
            watch = Timer(self.timeouts.whole, _cut, (connection.sock,))
            watch.daemon = True
            watch.start()
            try:
                yield connection
            finally:
                watch.cancel()
        finally:
            connection.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _basic(name: str, secret: str) -> str:
    """RFC 6749 section 2.3.1: both are form-encoded before they are joined."""
    return "Basic " + b64encode(f"{quote_plus(name)}:{quote_plus(secret)}".encode()).decode()


def _object(body: bytes) -> Mapping[str, object]:
    if len(body) > MAX_BYTES:
        raise ProviderProblem(f"its answer is longer than {MAX_BYTES} bytes")
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderProblem("its answer is not JSON") from error
    if not isinstance(raw, dict):
        raise ProviderProblem("its answer is not a JSON object")
    return raw
