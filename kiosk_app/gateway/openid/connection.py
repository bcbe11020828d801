"""Requests to an OpenID provider: https only, no redirect, bounded in size and time."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from kiosk_app.gateway.openid.answers import ProviderProblem

MAX_BYTES: Final = 1 << 17
"""An answer of more bytes is refused; a large key set has ten thousand."""
_CHUNK: Final = 1 << 13
_JSON_LEVELS: Final = "nested too deep"


@dataclass(frozen=True)
class Timeouts:
    """Seconds: to connect, between two reads, and for one whole answer."""

    connect: float = 3.0
    read: float = 5.0
    whole: float = 8.0


@dataclass(frozen=True)
class ProviderConnection:
    """Asks one provider; for many threads. `ca` is a PEM file, None: the system's authorities."""

    ca: Path | None = None
    timeouts: Timeouts = Timeouts()

    def get(self, url: str) -> Mapping[str, object]:
        """The JSON object there.

        Raises:
            ProviderProblem: there is none.
        """
        status, members = self._ask("GET", url, None, None)
        if status != requests.codes.ok:
            raise ProviderProblem(f"it answers with status {status}")
        return members

    def post(
        self, url: str, form: Mapping[str, str], basic: tuple[str, str] | None
    ) -> tuple[int, Mapping[str, object]]:
        """The status and the JSON object that answers a form.

        Raises:
            ProviderProblem: there is no such answer.
        """
        return self._ask("POST", url, form, basic)

    def _ask(
        self, method: str, url: str, form: Mapping[str, str] | None, basic: tuple[str, str] | None
    ) -> tuple[int, Mapping[str, object]]:
        if not url.startswith("https://"):
            raise ProviderProblem("its address is not https")
        deadline = time.monotonic() + self.timeouts.whole
        try:
            with requests.Session() as session:
                session.trust_env = False
                return self._exchange(
                    session, requests.Request(method, url, data=form), basic, deadline
                )
        except (OSError, HTTPError) as error:
            # The library's own sentence may quote the request, so only its kind is passed on.
            raise ProviderProblem(f"it did not answer: {type(error).__name__}") from None

    def _exchange(
        self,
        session: requests.Session,
        request: requests.Request,
        basic: tuple[str, str] | None,
        deadline: float,
    ) -> tuple[int, Mapping[str, object]]:
        request.headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        request.auth = basic
        with session.send(
            session.prepare_request(request),
            stream=True,
            allow_redirects=False,
            verify=True if self.ca is None else str(self.ca),
            timeout=(self.timeouts.connect, self.timeouts.read),
        ) as answer:
            return answer.status_code, _object(_limited_body(answer, deadline))


def _limited_body(answer: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    while chunk := answer.raw.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > MAX_BYTES:
            raise ProviderProblem(f"its answer is longer than {MAX_BYTES} bytes")
        if time.monotonic() > deadline:
            raise ProviderProblem("it answers too slowly")
    return bytes(body)


def _object(body: bytes) -> Mapping[str, object]:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderProblem("its answer is not JSON") from error
    if not isinstance(raw, dict):
        raise ProviderProblem("its answer is not a JSON object")
    return raw
