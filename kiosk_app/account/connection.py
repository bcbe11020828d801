"""One connection of the kiosk to the gateway: HTTPS, mutual TLS, bounds; it knows no message."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.codec import MAX_BYTES, AccountFormatError, parse_json
from kiosk_app.account.login import AccountToken
from kiosk_app.account.problem import problem_from

_CHUNK: Final = 1 << 16
_GOOD: Final = frozenset({200, 201, 202, 204})
_NOT_WORTH_REPEATING: Final = (requests.Timeout, requests.exceptions.SSLError)


@dataclass(frozen=True)
class Timeouts:
    """Seconds: to connect, between two reads, and for one whole answer."""

    connect: float = 2.0
    read: float = 5.0
    whole: float = 8.0


@dataclass(frozen=True)
class Answer:
    """A good answer: its status and its body."""

    status: int
    body: bytes


class GatewayConnection:
    """One kept-alive connection to one gateway, for one thread.

    Certificates are PEM files. Redirects, proxies and the environment are never followed.
    """

    def __init__(
        self, base_url: str, ca: Path, cert: Path, key: Path, timeouts: Timeouts | None = None
    ) -> None:
        if not base_url.startswith("https://"):
            raise ValueError("the address of the account gateway begins with https://")
        self._base = base_url.rstrip("/")
        self._timeouts = timeouts or Timeouts()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca)
        self._session.cert = (str(cert), str(key))
        self._session.headers.update({"Accept-Encoding": "identity", "User-Agent": "kiosk-app"})
        # One socket, kept; urllib3 sets TCP_NODELAY on it.
        self._adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1)
        self._session.mount("https://", self._adapter)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        token: AccountToken | None = None,
        headers: Mapping[str, str] | None = None,
        most: int = MAX_BYTES,
    ) -> Answer:
        """One request and its good answer, of at most `most` bytes.

        Raises:
            AccountProblem: no answer, a broken one, or a refusal, with its cause.
        """
        sent = dict(headers or {})
        if body is not None:
            sent["Content-Type"] = "application/json"
        if token is not None:
            sent["Authorization"] = f"Bearer {token.secret}"
        request = requests.Request(method, self._base + path, headers=sent, data=body)
        try:
            answer = self._exchange(self._session.prepare_request(request), most)
        except (OSError, HTTPError) as error:
            # The library's own sentence may quote the request, so only its kind is passed on.
            kind = type(error).__name__
            raise AccountProblem(
                AccountCause.UNREACHABLE, f"The gateway did not answer {method} {path}: {kind}."
            ) from None
        _refuse_problem(answer)
        return answer

    def _exchange(self, request: requests.PreparedRequest, most: int) -> Answer:
        try:
            return self._exchange_once(request, most)
        except requests.ConnectionError as error:
            if request.method == "POST" or isinstance(error, _NOT_WORTH_REPEATING):
                raise
            # The kept connection was closed by the other side just now; a fresh one is tried once.
            return self._exchange_once(request, most)

    def _exchange_once(self, request: requests.PreparedRequest, most: int) -> Answer:
        deadline = time.monotonic() + self._timeouts.whole
        with self._session.send(
            request,
            stream=True,
            allow_redirects=False,
            verify=self._session.verify,
            cert=self._session.cert,
            timeout=(self._timeouts.connect, self._timeouts.read),
        ) as response:
            return Answer(response.status_code, _limited_body(response, deadline, most))

    def close(self) -> None:
        """Close the connection."""
        # The session only forgets its pool, which closes once nothing refers to it any more: the
        # traceback of a request that failed before does, until the garbage is collected.
        pools = self._adapter.poolmanager.pools
        for key in pools.keys():  # noqa: SIM118 - it refuses to be iterated over
            pools[key].close()
        self._session.close()


def _limited_body(response: requests.Response, deadline: float, most: int) -> bytes:
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > most:
            raise broken(f"its answer is longer than {most} bytes")
        if time.monotonic() > deadline:
            raise AccountProblem(AccountCause.UNREACHABLE, "The gateway answers too slowly.")
    return bytes(body)


def broken(why: str) -> AccountProblem:
    """The problem that the gateway's answer is not understood; `why` tells no content."""
    return AccountProblem(AccountCause.BROKEN_ANSWER, f"The gateway's answer is broken: {why}.")


def _refuse_problem(answer: Answer) -> None:
    if answer.status in _GOOD:
        return
    try:
        raw = parse_json(answer.body, MAX_BYTES)
    except AccountFormatError:
        raw = None
    raise problem_from(raw, answer.status)
