"""What kiosk and gateway say to each other to log in, as values and JSON; it moves no bytes."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk_app.account.codec import AccountFormatError, parse_json

MAX_APDUS = 32
MAX_APDU = 65_544
"""The longest command APDU there is: header, extended lengths and 65,535 bytes (ISO 7816-4)."""
_MAX_BYTES = 1 << 18
_MAX_ID = 200
_HEX = re.compile("([0-9A-Fa-f]{2})*")


@dataclass(frozen=True)
class Evidence:
    """What the chip says about its holder: EF.DG1, EF.DG14 and EF.SOD as read (ICAO 9303-10)."""

    dg1: bytes = field(repr=False)
    dg14: bytes = field(repr=False)
    sod: bytes = field(repr=False)


@dataclass(frozen=True)
class LoginChallenge:
    """APDUs for the card: `plain` go through the kiosk's secure messaging, `protected` do not."""

    login_id: str
    plain: tuple[bytes, ...]
    protected: tuple[bytes, ...]


@dataclass(frozen=True)
class AccountToken:
    """A session at the gateway; `secret` is never shown or logged, `expires_at` is aware."""

    secret: str
    expires_at: datetime
    assurance: str

    def __repr__(self) -> str:
        return f"AccountToken(expires_at={self.expires_at!r}, assurance={self.assurance!r})"


def encode_evidence(evidence: Evidence) -> bytes:
    """The body of `POST /v1/logins`."""
    raw = {"dg1": evidence.dg1, "dg14": evidence.dg14, "sod": evidence.sod}
    return json.dumps({name: b64encode(data).decode() for name, data in raw.items()}).encode()


def encode_responses(responses: Sequence[bytes]) -> bytes:
    """The body of `POST /v1/logins/{id}/answer`."""
    return json.dumps({"responses": [response.hex() for response in responses]}).encode()


def encode_challenge(challenge: LoginChallenge) -> bytes:
    """The answer to `POST /v1/logins`."""
    raw = {
        "login_id": challenge.login_id,
        "plain": [apdu.hex() for apdu in challenge.plain],
        "protected": [apdu.hex() for apdu in challenge.protected],
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


def decode_evidence(data: bytes) -> Evidence:
    """The evidence those bytes say, and nothing besides.

    Raises:
        AccountFormatError: they are no evidence; the sentence names the path.
    """
    raw = _object(data)
    _refuse_others(raw, {"dg1", "dg14", "sod"})
    return Evidence(_base64(raw, "dg1"), _base64(raw, "dg14"), _base64(raw, "sod"))


def decode_responses(data: bytes) -> tuple[bytes, ...]:
    """The card's responses those bytes say, and nothing besides.

    Raises:
        AccountFormatError: they are no responses; the sentence names the path.
    """
    raw = _object(data)
    _refuse_others(raw, {"responses"})
    return _apdus(raw, "responses")


def decode_challenge(data: bytes) -> LoginChallenge:
    """The challenge those bytes say.

    Raises:
        AccountFormatError: they are no challenge; the sentence names the path.
    """
    raw = _object(data)
    return LoginChallenge(
        login_id=_token_text(raw, "login_id"),
        plain=_apdus(raw, "plain"),
        protected=_apdus(raw, "protected"),
    )


def decode_token(data: bytes) -> AccountToken:
    """The token those bytes say.

    Raises:
        AccountFormatError: they are no token; the sentence names the path.
    """
    raw = _object(data)
    try:
        expires_at = datetime.fromisoformat(_token_text(raw, "expires_at"))
    except ValueError as error:
        raise AccountFormatError("expires_at: is no datetime") from error
    if expires_at.tzinfo is None:
        raise AccountFormatError("expires_at: has no time zone")
    return AccountToken(_token_text(raw, "token"), expires_at, _token_text(raw, "assurance"))


def _object(data: bytes) -> dict[str, object]:
    raw = parse_json(data, _MAX_BYTES)
    if not isinstance(raw, dict):
        raise AccountFormatError("the answer: is not an object")
    return raw


def _refuse_others(raw: dict[str, object], known: set[str]) -> None:
    if raw.keys() - known:  # their names are a stranger's and are not repeated
        raise AccountFormatError("the request: has members that are not known here")


def _base64(raw: dict[str, object], name: str) -> bytes:
    text = raw.get(name)
    if not isinstance(text, str):
        raise AccountFormatError(f"{name}: is not a text")
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise AccountFormatError(f"{name}: is not base64 (RFC 4648 section 4)") from error


def _token_text(raw: dict[str, object], name: str) -> str:
    text = raw.get(name)
    if not isinstance(text, str) or not text or len(text) > _MAX_ID:
        raise AccountFormatError(f"{name}: is not a short text")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise AccountFormatError(f"{name}: holds other than plain characters")
    return text


def _apdus(raw: dict[str, object], name: str) -> tuple[bytes, ...]:
    items = raw.get(name)
    if not isinstance(items, list) or len(items) > MAX_APDUS:
        raise AccountFormatError(f"{name}: is not a list of at most {MAX_APDUS} APDUs")
    return tuple(_apdu(item, f"{name}[{index}]") for index, item in enumerate(items))


def _apdu(item: object, path: str) -> bytes:
    if not isinstance(item, str) or len(item) > 2 * MAX_APDU:
        raise AccountFormatError(f"{path}: is not an APDU in hexadecimal")
    if _HEX.fullmatch(item) is None:
        raise AccountFormatError(f"{path}: is not an APDU in hexadecimal")
    return bytes.fromhex(item)
