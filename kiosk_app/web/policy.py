"""May this URL load in the kiosk? A pure judgement by an allow-list; it loads nothing.

The judgement is made on the text of the URL and refuses whatever two parsers could read
differently (WHATWG URL, RFC 3986): user information, backslashes, percent signs in the host,
letters that look like others, numbers in place of names.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_URL: Final = 4096

_SHAPE: Final = re.compile(
    r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):(?://(?P<authority>[^/?#]*)(?P<rest>.*))?", re.DOTALL
)
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_PORT: Final = re.compile(r"[0-9]{1,5}")
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}
_HIGHEST_PORT: Final = 65535


class PolicyRefused(ValueError):  # noqa: N818 - the sentence reads "policy refused: …"
    """An entry of the allow-list is no origin; the message names it and why."""


class Refusal(StrEnum):
    """Why a URL may not load."""

    MALFORMED = "malformed"
    TOO_LONG = "too-long"
    SCHEME = "scheme"
    USER_INFO = "user-info"
    HOST = "host"
    PORT = "port"


@dataclass(frozen=True)
class Origin:
    """One entry of the allow-list: scheme, exact host and port."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True)
class WebPolicy:
    """The origins a page and all it loads may come from; an empty policy allows nothing."""

    origins: frozenset[Origin] = frozenset()


def parse_policy(entries: tuple[str, ...]) -> WebPolicy:
    """The policy of entries such as `https://www.liberec.cz`; sub-domains are listed one by one.

    Raises:
        PolicyRefused: An entry is not `http(s)://HOST[:PORT]`.
    """
    return WebPolicy(frozenset(_entry(entry) for entry in entries))


def judge(url: str, policy: WebPolicy) -> Refusal | None:
    """Why the URL may not load; None when it may."""
    origin = _origin(url)
    if isinstance(origin, Refusal):
        return origin
    if origin in policy.origins:
        return None
    same_host = [allowed for allowed in policy.origins if allowed.host == origin.host]
    if not same_host:
        return Refusal.HOST
    schemes = {allowed.scheme for allowed in same_host}
    return Refusal.PORT if origin.scheme in schemes else Refusal.SCHEME


def _entry(entry: str) -> Origin:
    origin = _origin(entry)
    if isinstance(origin, Refusal):
        raise PolicyRefused(f"Allow-list entry {entry!r}: {origin.value}.")
    match = _SHAPE.fullmatch(entry)
    if match is None or match["rest"] not in ("", "/"):
        raise PolicyRefused(f"Allow-list entry {entry!r}: an origin has no path.")
    return origin


def _origin(url: str) -> Origin | Refusal:
    if len(url) > LONGEST_URL:
        return Refusal.TOO_LONG
    if not all("!" <= character <= "~" for character in url) or "\\" in url:
        return Refusal.MALFORMED
    match = _SHAPE.fullmatch(url)
    if match is None:
        return Refusal.MALFORMED
    scheme = match["scheme"].lower()
    if scheme not in _DEFAULT_PORTS:
        return Refusal.SCHEME
    return _authority(scheme, match["authority"] or "")


def _authority(scheme: str, authority: str) -> Origin | Refusal:
    if "@" in authority:
        return Refusal.USER_INFO
    host, colon, port = authority.lower().partition(":")
    if not all(_LABEL.fullmatch(label) for label in host.split(".")):
        return Refusal.HOST
    if not colon:
        return Origin(scheme, host, _DEFAULT_PORTS[scheme])
    if not _PORT.fullmatch(port) or not 0 < int(port) <= _HIGHEST_PORT:
        return Refusal.PORT
    return Origin(scheme, host, int(port))
