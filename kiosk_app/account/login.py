"""What kiosk and gateway say to each other to log in, as values and JSON; it moves no bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.evidence import PaceChallenge
from kiosk_app.account.members import (
    Members,
    list_of_apdus,
    member_hex,
    member_number,
    member_object,
    member_text,
    read_object,
    refuse_others,
)
from kiosk_app.account.model import Assurance, Scope

_MAX_PARAMETER_ID = 31
_MAX_SCOPES = 50
MAX_PIN = 12
"""The most digits of a PIN that are looked at (ISO 9564-1 section 4.1)."""


@dataclass(frozen=True)
class LoginChallenge:
    """APDUs for the card: `plain` go through the kiosk's secure messaging, `protected` do not.

    With `pace` the kiosk begins that PACE anew and hands its nonce in, before anything else.
    """

    login_id: str
    plain: tuple[bytes, ...]
    protected: tuple[bytes, ...]
    pace: PaceChallenge | None = None


@dataclass(frozen=True)
class AccountToken:
    """A session at the gateway; `secret` is never shown or logged, `expires_at` is aware.

    `scopes` are the parts of the account that this assurance opens.
    """

    secret: str
    expires_at: datetime
    assurance: Assurance
    scopes: tuple[Scope, ...] = ()

    def __repr__(self) -> str:
        return f"AccountToken(expires_at={self.expires_at!r}, assurance={self.assurance.value!r})"


def encode_responses(responses: Sequence[bytes]) -> bytes:
    """The body of `POST /v1/logins/{id}/answer`."""
    return json.dumps({"responses": [response.hex() for response in responses]}).encode()


def encode_challenge(challenge: LoginChallenge) -> bytes:
    """The answer to `POST /v1/logins`."""
    raw = {
        "login_id": challenge.login_id,
        "plain": [apdu.hex() for apdu in challenge.plain],
        "protected": [apdu.hex() for apdu in challenge.protected],
        "pace": _plain_pace(challenge.pace),
    }
    return json.dumps(raw).encode()


def encode_token(token: AccountToken) -> bytes:
    """The answer that opens a session."""
    raw = {
        "token": token.secret,
        "expires_at": token.expires_at.isoformat(),
        "assurance": token.assurance,
        "scopes": list(token.scopes),
    }
    return json.dumps(raw).encode()


def encode_pin(pin: str) -> bytes:
    """The body of `POST /v1/session/pin`."""
    return json.dumps({"pin": pin}).encode()


def decode_pin(data: bytes) -> str:
    """The digits that somebody typed, and nothing besides.

    Raises:
        AccountFormatError: they are no digits, or too many; the sentence does not repeat them.
    """
    raw = read_object(data)
    refuse_others(raw, {"pin"})
    pin = raw.get("pin")
    if not isinstance(pin, str) or not 0 < len(pin) <= MAX_PIN:
        raise AccountFormatError(f"pin: is not a text of 1 to {MAX_PIN} digits")
    if not (pin.isascii() and pin.isdigit()):
        raise AccountFormatError("pin: holds other than digits")
    return pin


def decode_responses(data: bytes) -> tuple[bytes, ...]:
    """The card's responses those bytes say, and nothing besides.

    Raises:
        AccountFormatError: they are no responses; the sentence names the path.
    """
    raw = read_object(data)
    refuse_others(raw, {"responses"})
    return list_of_apdus(raw, "responses")


def decode_challenge(data: bytes) -> LoginChallenge:
    """The challenge those bytes say.

    Raises:
        AccountFormatError: they are no challenge; the sentence names the path.
    """
    raw = read_object(data)
    return LoginChallenge(
        login_id=member_text(raw, "login_id"),
        plain=list_of_apdus(raw, "plain"),
        protected=list_of_apdus(raw, "protected"),
        pace=None if raw.get("pace") is None else _pace(member_object(raw, "pace")),
    )


def decode_token(data: bytes) -> AccountToken:
    """The token those bytes say.

    Raises:
        AccountFormatError: they are no token; the sentence names the path.
    """
    raw = read_object(data)
    try:
        expires_at = datetime.fromisoformat(member_text(raw, "expires_at"))
    except ValueError as error:
        raise AccountFormatError("expires_at: is no datetime") from error
    if expires_at.tzinfo is None:
        raise AccountFormatError("expires_at: has no time zone")
    return AccountToken(
        member_text(raw, "token"), expires_at, _assurance(raw), _scopes(raw.get("scopes"))
    )


def _assurance(raw: Members) -> Assurance:
    try:
        return Assurance(member_text(raw, "assurance"))
    except ValueError as error:
        raise AccountFormatError("assurance: is not known here") from error


def _scopes(raw: object) -> tuple[Scope, ...]:
    """The scopes that are known here; others are parts that only newer kiosks show."""
    if not isinstance(raw, list) or len(raw) > _MAX_SCOPES:
        raise AccountFormatError(f"scopes: is not a list of at most {_MAX_SCOPES}")
    return tuple(scope for scope in Scope if scope in raw)


def _plain_pace(pace: PaceChallenge | None) -> dict[str, object] | None:
    return None if pace is None else {"oid": pace.oid.hex(), "parameter_id": pace.parameter_id}


def _pace(raw: Members) -> PaceChallenge:
    return PaceChallenge(
        member_hex(raw, "oid"), member_number(raw, "parameter_id", _MAX_PARAMETER_ID)
    )
