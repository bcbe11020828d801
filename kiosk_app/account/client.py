"""The kiosk's door to the account gateway over HTTPS with mutual TLS; it keeps nothing."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.codec import MAX_BYTES, AccountFormatError, decode_account, parse_json
from kiosk_app.account.evidence import (
    Evidence,
    PaceData,
    decode_pace_commands,
    encode_evidence,
    encode_pace,
)
from kiosk_app.account.login import (
    AccountToken,
    LoginChallenge,
    decode_challenge,
    decode_token,
    encode_responses,
)
from kiosk_app.account.model import Account
from kiosk_app.account.problem import cause_of

_T = TypeVar("_T")
_CHUNK: Final = 1 << 16
_GOOD: Final = frozenset({200, 201, 204})
_NOT_WORTH_REPEATING: Final = (requests.Timeout, requests.exceptions.SSLError)


@dataclass(frozen=True)
class Timeouts:
    """Seconds: to connect, between two reads, and for one whole answer."""

    connect: float = 2.0
    read: float = 5.0
    whole: float = 8.0


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes


class AccountClient:
    """One kept-alive connection to one gateway, for one thread.

    Certificates are PEM files. Redirects, proxies and the environment are never followed. Every
    method raises `AccountProblem` with a cause a person can see or fix, and nothing else.
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
        self._session.mount("https://", HTTPAdapter(pool_connections=1, pool_maxsize=1))

    def ping(self) -> None:
        """Open the connection if there is none, so that the next call finds it warm."""
        self._ask("GET", "/v1/alive")

    def login(self, evidence: Evidence) -> LoginChallenge:
        """Show what the chip says; the answer is what the chip has to prove."""
        answer = self._ask("POST", "/v1/logins", encode_evidence(evidence))
        return _read(decode_challenge, answer)

    def pace_step(self, login_id: str, data: PaceData) -> tuple[bytes, ...]:
        """Carry on a PACE that the gateway runs with the chip; no commands: it waits for answer."""
        path = f"/v1/logins/{quote(login_id, safe='')}/pace"
        return _read(decode_pace_commands, self._ask("POST", path, encode_pace(data)))

    def answer(self, login_id: str, responses: Sequence[bytes]) -> AccountToken:
        """Hand in the card's response APDUs; a proven chip opens a session."""
        path = f"/v1/logins/{quote(login_id, safe='')}/answer"
        return _read(decode_token, self._ask("POST", path, encode_responses(responses)))

    def account(self, token: AccountToken) -> Account:
        """Everything the city hall has open with the person of that session."""
        return _read(decode_account, self._ask("GET", "/v1/account", token=token))

    def end_session(self, token: AccountToken) -> None:
        """End the session; one that has ended already is no problem."""
        try:
            self._ask("DELETE", "/v1/session", token=token)
        except AccountProblem as problem:
            if problem.cause is not AccountCause.SESSION_ENDED:
                raise

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def _ask(
        self, method: str, path: str, body: bytes | None = None, token: AccountToken | None = None
    ) -> _Answer:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.secret}"
        request = requests.Request(method, self._base + path, headers=headers, data=body)
        try:
            answer = self._exchange(self._session.prepare_request(request))
        except (OSError, HTTPError) as error:
            # The library's own sentence may quote the request, so only its kind is passed on.
            kind = type(error).__name__
            raise AccountProblem(
                AccountCause.UNREACHABLE, f"The gateway did not answer {method} {path}: {kind}."
            ) from None
        _refuse_problem(answer)
        return answer

    def _exchange(self, request: requests.PreparedRequest) -> _Answer:
        try:
            return self._exchange_once(request)
        except requests.ConnectionError as error:
            if request.method == "POST" or isinstance(error, _NOT_WORTH_REPEATING):
                raise
            # The kept connection was closed by the other side just now; a fresh one is tried once.
            return self._exchange_once(request)

    def _exchange_once(self, request: requests.PreparedRequest) -> _Answer:
        deadline = time.monotonic() + self._timeouts.whole
        with self._session.send(
            request,
            stream=True,
            allow_redirects=False,
            verify=self._session.verify,
            cert=self._session.cert,
            timeout=(self._timeouts.connect, self._timeouts.read),
        ) as response:
            return _Answer(response.status_code, _limited_body(response, deadline))


def _limited_body(response: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > MAX_BYTES:
            raise _broken(f"its answer is longer than {MAX_BYTES} bytes")
        if time.monotonic() > deadline:
            raise AccountProblem(AccountCause.UNREACHABLE, "The gateway answers too slowly.")
    return bytes(body)


def _refuse_problem(answer: _Answer) -> None:
    if answer.status in _GOOD:
        return
    try:
        raw = parse_json(answer.body, MAX_BYTES)
    except AccountFormatError:
        raw = None
    uri = raw.get("type") if isinstance(raw, dict) else None
    cause = cause_of(uri, answer.status)
    raise AccountProblem(cause, f"The gateway refused with status {answer.status}: {cause}.")


def _read(decode: Callable[[bytes], _T], answer: _Answer) -> _T:
    try:
        return decode(answer.body)
    except AccountFormatError as error:
        raise _broken(str(error)) from error


def _broken(why: str) -> AccountProblem:
    return AccountProblem(AccountCause.BROKEN_ANSWER, f"The gateway's answer is broken: {why}.")
