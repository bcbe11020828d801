"""The service of an agenda that is asked over HTTPS, as `rest:` declares it; it opens nothing.

    rest:
      url: https://parking.example/api/v2
      headers: {Authorization: {file: /etc/account-gateway/parking.token}}
      ca: /etc/account-gateway/parking-ca.pem
      certificate: /etc/account-gateway/gateway.pem
      key: /etc/account-gateway/gateway.key
      max_bytes: 262144

Paths are relative to the folder of the declaration.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from kiosk_app.gateway.agenda.node import Node

_KEYS: Final = frozenset({"url", "headers", "ca", "certificate", "key", "max_bytes"})
_MAX_BYTES: Final = 1 << 20
_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,60}")
_OURS: Final = frozenset({"host", "accept", "content-length", "connection", "accept-encoding"})


@dataclass(frozen=True)
class Secret:
    """Where a header's value is kept: in a file, or in a variable of the environment."""

    file: str | None = None
    environment: str | None = None


@dataclass(frozen=True)
class RestSource:
    """One service: its address, and what the gateway shows and trusts; files are not read yet."""

    url: str
    headers: dict[str, str | Secret] = field(repr=False)
    ca: str | None
    certificate: str | None
    key: str | None
    max_bytes: int


def rest_source(node: Node) -> RestSource:
    """The service at one place of a declaration.

    Raises:
        DeclarationError: with the file and the place.
    """
    node.only(_KEYS)
    source = RestSource(
        url=_url(node),
        headers=_headers(node.node("headers")) if "headers" in node else {},
        ca=_optional(node, "ca"),
        certificate=_optional(node, "certificate"),
        key=_optional(node, "key"),
        max_bytes=node.number("max_bytes", _MAX_BYTES, default=_MAX_BYTES // 4),
    )
    if (source.certificate is None) != (source.key is None):
        raise node.error("certificate: goes together with key")
    return source


def _url(node: Node) -> str:
    url = node.text("url")
    try:
        parts = urlsplit(url)
        good = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or parts.username or re.search(r"[\s{}]", url):
        raise node.error("url: is no https address without user, query and fragment")
    return url.rstrip("/")


def _headers(node: Node) -> dict[str, str | Secret]:
    for name in node.names:
        if _HEADER.fullmatch(name) is None or name.lower() in _OURS:
            raise node.error(f"{name}: is no header that can be set")
    return {
        name: _secret(node.node(name)) if node.is_node(name) else node.text(name)
        for name in node.names
    }


def _secret(node: Node) -> Secret:
    node.only(frozenset({"file", "environment"}))
    if len(node.names) != 1:
        raise node.error("is a file or an environment, not both")
    return Secret(_optional(node, "file"), _optional(node, "environment"))


def _optional(node: Node, name: str) -> str | None:
    return node.text(name) if name in node else None
