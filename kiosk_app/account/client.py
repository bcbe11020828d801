"""The kiosk's door to the account gateway: one method for each thing it asks; it keeps nothing."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.codec import AccountFormatError, decode_account
from kiosk_app.account.connection import Answer, GatewayConnection, Timeouts, broken
from kiosk_app.account.device_login import (
    DeviceLogin,
    decode_alive,
    decode_device_login,
    decode_waiting,
)
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
    encode_pin,
    encode_responses,
)
from kiosk_app.account.model import SELF_ID, Account

__all__ = ["AccountClient", "Timeouts"]

_T = TypeVar("_T")


class AccountClient:
    """One kept-alive connection to one gateway, for one thread.

    Certificates are PEM files. Every method raises `AccountProblem` with a cause a person can see
    or fix, and nothing else.
    """

    def __init__(
        self, base_url: str, ca: Path, cert: Path, key: Path, timeouts: Timeouts | None = None
    ) -> None:
        self._connection = GatewayConnection(base_url, ca, cert, key, timeouts)
        self._ask = self._connection.ask

    def ping(self) -> bool:
        """Open the connection if there is none, so that the next call finds it warm.

        The answer is whether the city lets people sign in by telephone.
        """
        return _read(decode_alive, self._ask("GET", "/v1/alive"))

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

    def pin(self, token: AccountToken, pin: str) -> AccountToken:
        """Add the account PIN to a session: a new token, and the old one is worth nothing.

        A wrong PIN says `tries_left`, and `retry_after` seconds until the next one is heard.
        """
        return _read(decode_token, self._ask("POST", "/v1/session/pin", encode_pin(pin), token))

    def begin_device_login(self) -> DeviceLogin:
        """Begin a sign-in by telephone; the answer is what to show."""
        return _read(decode_device_login, self._ask("POST", "/v1/device-logins"))

    def poll_device_login(self, login: DeviceLogin) -> AccountToken | None:
        """The token, once somebody confirmed on the telephone; None while nobody has.

        Asked more often than each `interval` seconds, the gateway answers from what it knows.
        """
        answer = self._ask("POST", _device_login(login))
        if answer.status == HTTPStatus.ACCEPTED:
            _read(decode_waiting, answer)
            return None
        return _read(decode_token, answer)

    def end_device_login(self, login: DeviceLogin) -> None:
        """Give a sign-in by telephone up; one that has ended already is no problem."""
        self._end(_device_login(login))

    def account(self, token: AccountToken, principal_id: str = SELF_ID) -> Account:
        """Everything the city hall has open with that principal, as far as the session opens it."""
        query = "" if principal_id == SELF_ID else "?" + urlencode({"principal": principal_id})
        return _read(decode_account, self._ask("GET", f"/v1/account{query}", token=token))

    def end_session(self, token: AccountToken) -> None:
        """End the session; one that has ended already is no problem."""
        self._end("/v1/session", token)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _end(self, path: str, token: AccountToken | None = None) -> None:
        try:
            self._ask("DELETE", path, token=token)
        except AccountProblem as problem:
            if problem.cause is not AccountCause.SESSION_ENDED:
                raise


def _device_login(login: DeviceLogin) -> str:
    return f"/v1/device-logins/{quote(login.id, safe='')}"


def _read(decode: Callable[[bytes], _T], answer: Answer) -> _T:
    try:
        return decode(answer.body)
    except AccountFormatError as error:
        raise broken(str(error)) from error
