"""Signing in with a telephone instead of a card (RFC 8628), as values and JSON; it moves no bytes.

The kiosk knows the gateway only: it shows what the gateway's OpenID provider said, and asks the
gateway again and again. Neither the device code nor the provider's tokens come to the kiosk.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.members import Members, member_number, member_text, read_object

_MAX_INTERVAL = 600
_MAX_URI = 500


@dataclass(frozen=True)
class DeviceLogin:
    """A sign-in that waits for a confirmation on a telephone.

    Attributes:
        id: names it between kiosk and gateway.
        user_code: what a person compares or types, as shown ("WDJB-MJHT").
        verification_uri: where it is typed.
        verification_uri_complete: the same with the code, for the QR; the plain one if none.
        expires_at: until when it can be confirmed (aware).
        interval: seconds between two questions of the kiosk.
    """

    id: str = field(repr=False)
    user_code: str = field(repr=False)
    verification_uri: str
    verification_uri_complete: str = field(repr=False)
    expires_at: datetime
    interval: int


def encode_alive(phone: bool) -> bytes:  # noqa: FBT001 - the one thing it says
    """The answer to `GET /v1/alive`: whether the city lets people sign in by telephone."""
    return json.dumps({"phone": phone}).encode()


def decode_alive(data: bytes) -> bool:
    """Whether the city lets people sign in by telephone.

    Raises:
        AccountFormatError: it is not said.
    """
    phone = read_object(data).get("phone")
    if not isinstance(phone, bool):
        raise AccountFormatError("phone: is neither true nor false")
    return phone


def encode_device_login(login: DeviceLogin) -> bytes:
    """The answer to `POST /v1/device-logins`."""
    raw = {
        "id": login.id,
        "user_code": login.user_code,
        "verification_uri": login.verification_uri,
        "verification_uri_complete": login.verification_uri_complete,
        "expires_at": login.expires_at.isoformat(),
        "interval": login.interval,
    }
    return json.dumps(raw).encode()


def encode_waiting(interval: int) -> bytes:
    """The answer to a question that came before the confirmation."""
    return json.dumps({"interval": interval}).encode()


def decode_device_login(data: bytes) -> DeviceLogin:
    """The sign-in those bytes say.

    Raises:
        AccountFormatError: they say none; the sentence names the path.
    """
    raw = read_object(data)
    return DeviceLogin(
        id=member_text(raw, "id"),
        user_code=member_text(raw, "user_code"),
        verification_uri=_uri(raw, "verification_uri"),
        verification_uri_complete=_uri(raw, "verification_uri_complete"),
        expires_at=_moment(raw, "expires_at"),
        interval=member_number(raw, "interval", _MAX_INTERVAL),
    )


def decode_waiting(data: bytes) -> int:
    """How many seconds the kiosk waits before it asks again.

    Raises:
        AccountFormatError: it is not said.
    """
    return member_number(read_object(data), "interval", _MAX_INTERVAL)


def _uri(raw: Members, name: str) -> str:
    text = raw.get(name)
    if not isinstance(text, str) or len(text) > _MAX_URI:
        raise AccountFormatError(f"{name}: is not an address")
    if not text.startswith("https://") or not (text.isascii() and text.isprintable()):
        raise AccountFormatError(f"{name}: is not an https address")
    return text


def _moment(raw: Members, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(member_text(raw, name))
    except ValueError as error:
        raise AccountFormatError(f"{name}: is no datetime") from error
    if moment.tzinfo is None:
        raise AccountFormatError(f"{name}: has no time zone")
    return moment
