"""What an OpenID provider said, read strictly. Pure: it asks nobody and verifies no signature."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_MAX_TEXT: Final = 2000
_MAX_SECONDS: Final = 3600
_DEFAULT_INTERVAL: Final = 5


class ProviderProblem(Exception):  # noqa: N818 - a state of the provider, not a mistake of ours
    """The provider cannot be asked, or its answer not be believed; one sentence without content."""


@dataclass(frozen=True)
class Endpoints:
    """Where a provider is asked (OpenID Connect Discovery 1.0 section 3, RFC 8628 section 4)."""

    device_authorization: str
    token: str
    keys: str


@dataclass(frozen=True)
class DeviceAuthorization:
    """The provider's answer to a begun login (RFC 8628 section 3.2); times in seconds."""

    device_code: str = field(repr=False)
    user_code: str = field(repr=False)
    verification_uri: str
    verification_uri_complete: str = field(repr=False)
    expires_in: int
    interval: int


@dataclass(frozen=True)
class Confirmed:
    """Somebody confirmed; the ID token is not verified yet."""

    id_token: str = field(repr=False)


@dataclass(frozen=True)
class Recognised:
    """Somebody confirmed, and the provider vouches for who it is."""

    person: str


@dataclass(frozen=True)
class Pending:
    """Nobody has confirmed yet; `slower` asks for longer pauses (RFC 8628 section 3.5)."""

    slower: bool


@dataclass(frozen=True)
class Denied:
    """The person refused."""


@dataclass(frozen=True)
class Expired:
    """The time to confirm is over."""


Poll = Confirmed | Pending | Denied | Expired

_ERRORS: Final[Mapping[str, Poll]] = {
    "authorization_pending": Pending(slower=False),
    "slow_down": Pending(slower=True),
    "access_denied": Denied(),
    "expired_token": Expired(),
    # Its token was given already and did not arrive, or was not to be believed: there is no second.
    "invalid_grant": Expired(),
}
Members = Mapping[str, object]


def read_discovery(raw: Members, issuer: str) -> Endpoints:
    """The endpoints of that issuer's discovery document.

    Raises:
        ProviderProblem: it is another issuer's, or lacks one.
    """
    if raw.get("issuer") != issuer:
        raise ProviderProblem("the discovery document is another issuer's")
    return Endpoints(
        _https(raw, "device_authorization_endpoint"),
        _https(raw, "token_endpoint"),
        _https(raw, "jwks_uri"),
    )


def read_device_authorization(raw: Members) -> DeviceAuthorization:
    """The begun login.

    Raises:
        ProviderProblem: something is missing or odd.
    """
    uri = _https(raw, "verification_uri")
    complete = "verification_uri_complete"
    return DeviceAuthorization(
        device_code=_text(raw, "device_code"),
        user_code=_text(raw, "user_code"),
        verification_uri=uri,
        verification_uri_complete=_https(raw, complete) if complete in raw else uri,
        expires_in=_seconds(raw, "expires_in"),
        interval=_seconds(raw, "interval") if "interval" in raw else _DEFAULT_INTERVAL,
    )


def read_token_answer(status: int, raw: Members) -> Poll:
    """What the token endpoint said (RFC 6749 section 5, RFC 8628 section 3.5).

    Raises:
        ProviderProblem: an error that is none of the waiting, or no ID token.
    """
    if status == 200:  # noqa: PLR2004 - RFC 6749 section 5.1
        return Confirmed(_text(raw, "id_token", 1 << 14))
    error = raw.get("error")
    known = _ERRORS.get(error) if isinstance(error, str) else None
    if known is None:
        raise ProviderProblem("the token endpoint refuses this client")
    return known


def _text(raw: Members, name: str, most: int = _MAX_TEXT) -> str:
    text = raw.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= most:
        raise ProviderProblem(f"its answer has no {name}")
    if not (text.isascii() and text.isprintable()):
        raise ProviderProblem(f"its {name} holds odd characters")
    return text


def _https(raw: Members, name: str) -> str:
    text = _text(raw, name, 500)
    if not text.startswith("https://"):
        raise ProviderProblem(f"its {name} is no https address")
    return text


def _seconds(raw: Members, name: str) -> int:
    number = raw.get(name)
    if type(number) is not int or not 0 < number <= _MAX_SECONDS:
        raise ProviderProblem(f"its {name} is no sensible number of seconds")
    return number
