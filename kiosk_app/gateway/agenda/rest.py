"""An agenda asked over HTTPS (requests); it decides nothing about the items.

Only the declared server is spoken to: certificates are checked, redirects are not followed, no
proxy or password of the environment is used. An answer has a length limit, and the whole question
a time limit that a server which drips byte by byte cannot stretch.
"""

import os
import re
import socket
import time
from codecs import BOM_UTF8
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from threading import Timer, local
from typing import Any, Final, Self
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util import Retry

from kiosk_app.account.codec import AccountFormatError, parse_json
from kiosk_app.gateway.agenda.declaration import CONSTANT, AgendaDeclaration, HttpSource, Listing
from kiosk_app.gateway.agenda.items import MAX_ROWS, Row, items_of
from kiosk_app.gateway.agenda.json_pointer import PointerError, pointed
from kiosk_app.gateway.agenda.kinds import AgendaBroken, AgendaItems, AgendaTooSlow, Question
from kiosk_app.gateway.agenda.node import DeclarationError
from kiosk_app.gateway.agenda.rest_source import RestSource, Secret

_CONNECTIONS: Final = 4
_CHUNK: Final = 16_384
_HEADER_VALUE: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,4094}[\x21-\x7e])?")
_OK: Final = 200
# Percent-encoding does not keep these from being steps in the path (RFC 3986, section 5.2.4).
_STEPS: Final = frozenset({"", ".", ".."})


class ServiceProblem(AgendaBroken):
    """A service did not answer a question; one sentence without the person's key."""


class RestAgenda:
    """One agenda behind one service; connections are kept, safe for some threads."""

    def __init__(self, declaration: AgendaDeclaration, source: HttpSource, folder: Path) -> None:
        """Read the files and secrets; nothing is asked yet. Files are relative to `folder`.

        Raises:
            DeclarationError: one of them is not there or cannot be used.
        """
        self._declaration = declaration
        self._source = source
        self._session = _session(declaration.id, source.service, folder)

    def read(self, question: Question) -> AgendaItems:
        """What the agenda knows about that person, of the kinds that are wanted.

        Raises:
            AgendaTooSlow: the service did not answer in time.
            ServiceProblem: it did not answer.
            AgendaBroken: it answered with what is no item.
        """
        deadline = time.monotonic() + self._declaration.time_limit
        wanted = [each for each in self._source.listings if each.kind in question.kinds]
        rows = {each.kind: self._rows(each, question.person, deadline) for each in wanted}
        return items_of(self._declaration.id, rows, question.now)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _rows(self, listing: Listing, person: str, deadline: float) -> list[Row]:
        place = f"agenda {self._declaration.id}, {listing.kind}"
        service = self._source.service
        if person in _STEPS:
            raise ServiceProblem(f"{place}: the person's key is none that a path can carry")
        url = service.url + listing.path.replace("{person}", quote(person, safe=""))
        body = _ask(self._session, url, deadline, service.max_bytes, place)
        # An answer may begin with the mark of its byte order (RFC 8259, section 8.1).
        body = body.removeprefix(BOM_UTF8)
        try:
            found = pointed(parse_json(body, service.max_bytes), listing.items)
        except (AccountFormatError, PointerError) as error:
            raise ServiceProblem(f"{place}: {error}") from error
        if not isinstance(found, list):
            raise ServiceProblem(f"{place}: the answer has no list of items")
        if len(found) > MAX_ROWS:
            raise ServiceProblem(f"{place}: more than {MAX_ROWS} rows for one person")
        return [_row(listing, item, f"{place}[{index}]") for index, item in enumerate(found)]


def _row(listing: Listing, item: object, place: str) -> Row:
    return {name: _value(source, item, place) for name, source in listing.fields.items()}


def _value(source: str, item: object, place: str) -> object:
    if source.startswith(CONSTANT):
        return source.removeprefix(CONSTANT)
    with suppress(PointerError):
        value = pointed(item, source)
        if isinstance(value, dict | list):
            raise AgendaBroken(f"{place}: {source} is no single value")
        return value
    return None


def _ask(session: requests.Session, url: str, deadline: float, limit: int, place: str) -> bytes:
    left = deadline - time.monotonic()
    if left <= 0:
        raise AgendaTooSlow(f"{place}: the service took too long")
    with _Cut(left) as cut:
        try:
            with session.get(url, stream=True, allow_redirects=False, timeout=left) as response:
                if response.status_code != _OK:
                    raise ServiceProblem(f"{place}: answered with status {response.status_code}")
                body = _body(response, limit, place)
        except (OSError, HTTPError) as error:
            # The library's own sentence may quote the person's key, so only its kind is told.
            if cut.made or isinstance(error, requests.Timeout | ReadTimeoutError):
                raise AgendaTooSlow(f"{place}: the service took too long") from None
            raise ServiceProblem(f"{place}: did not answer: {type(error).__name__}") from None
    if cut.made:
        # An answer that ends with its connection looks whole when that is cut.
        raise AgendaTooSlow(f"{place}: the service took too long")
    return body


def _body(response: requests.Response, limit: int, place: str) -> bytes:
    body = bytearray()
    # Not decoded: a packed answer, which nobody asked for, could unpack to any length.
    for chunk in response.raw.stream(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > limit:
            raise ServiceProblem(f"{place}: the answer is longer than {limit} bytes")
    return bytes(body)


class _Cut:
    """Cuts the connection that this thread uses once the time is over."""

    def __init__(self, seconds: float) -> None:
        self.made = False
        self.used: _WatchedConnection | None = None
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        _of_this_thread.cut = self
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        _of_this_thread.cut = None

    def _cut(self) -> None:
        self.made = True
        if self.used is not None and self.used.kept is not None:
            with suppress(OSError):
                # Below TLS: the thread that reads must not find its TLS object gone.
                socket.socket.shutdown(self.used.kept, socket.SHUT_RDWR)


_of_this_thread: Final = local()


class _WatchedConnection(HTTPSConnection):
    """A connection that its user's `_Cut` can find."""

    kept: socket.socket | None = None
    """The socket, also while an answer is read after which the connection will close."""

    def connect(self) -> None:
        super().connect()
        self.kept = self.sock

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on as they are
        cut: _Cut | None = getattr(_of_this_thread, "cut", None)
        if cut is not None:
            cut.used = self
        super().request(*args, **kwargs)


class _WatchedPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedConnection


class _WatchedAdapter(HTTPAdapter):
    """Tries a connection twice, and an answer never."""

    def __init__(self) -> None:
        again = Retry(total=1, connect=1, read=0, redirect=0, status=0, other=0)
        super().__init__(pool_connections=1, pool_maxsize=_CONNECTIONS, max_retries=again)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on as they are
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": _WatchedPool}


def _session(agenda: str, service: RestSource, folder: Path) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    # What a service lets itself be shown again at one citizen's question is not sent at another's.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.headers["Accept"] = "application/json"
    session.headers["Accept-Encoding"] = "identity"
    for name, value in service.headers.items():
        session.headers[name] = _header(agenda, name, value, folder)
    session.verify = True if service.ca is None else _file(agenda, "ca", service.ca, folder)
    if service.certificate is not None and service.key is not None:
        session.cert = (
            _file(agenda, "certificate", service.certificate, folder),
            _file(agenda, "key", service.key, folder),
        )
    session.adapters.clear()
    session.mount("https://", _WatchedAdapter())
    return session


def _header(agenda: str, name: str, value: str | Secret, folder: Path) -> str:
    place = f"agenda {agenda}: rest.headers.{name}"
    if isinstance(value, Secret):
        value = _secret(place, value, folder)
    if _HEADER_VALUE.fullmatch(value) is None:
        raise DeclarationError(f"{place}: is no header value of printable ASCII")
    return value


def _secret(place: str, secret: Secret, folder: Path) -> str:
    if secret.file is None:
        try:
            return os.environ[str(secret.environment)]
        except KeyError:
            raise DeclarationError(f"{place}: the environment has no such variable") from None
    try:
        return (folder / secret.file).read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise DeclarationError(f"{place}: the file cannot be read") from error


def _file(agenda: str, key: str, name: str, folder: Path) -> str:
    path = folder / name
    if not path.is_file():
        raise DeclarationError(f"agenda {agenda}: rest.{key}: there is no such file")
    return str(path)
