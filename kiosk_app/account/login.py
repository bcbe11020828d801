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

_MAX_PARAMETER_ID = 31


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
    """A session at the gateway; `secret` is never shown or logged, `expires_at` is aware."""

    secret: str
    expires_at: datetime
    assurance: str

    def __repr__(self) -> str:
        return f"AccountToken(expires_at={self.expires_at!r}, assurance={self.assurance!r})"


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
    """The answer to `POST /v1/logins/{id}/answer`."""
    raw = {
        "token": token.secret,
        "expires_at": token.expires_at.isoformat(),
        "assurance": token.assurance,
    }
    return json.dumps(raw).encode()


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
    return AccountToken(member_text(raw, "token"), expires_at, member_text(raw, "assurance"))


def _plain_pace(pace: PaceChallenge | None) -> dict[str, object] | None:
    return None if pace is None else {"oid": pace.oid.hex(), "parameter_id": pace.parameter_id}


def _pace(raw: Members) -> PaceChallenge:
    return PaceChallenge(
        member_hex(raw, "oid"), member_number(raw, "parameter_id", _MAX_PARAMETER_ID)
    )
