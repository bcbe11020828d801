"""Who is at the other end of a TLS connection, put into each request's scope; it permits nothing.

uvicorn hands an application no client certificate, so its protocol class is extended here at the
one place where the connection is made; the certificate is read once a connection, not a request.
"""

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from ssl import SSLObject
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID
from starlette.requests import Request
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_STATE_KEY = "peer"


@dataclass(frozen=True)
class Peer:
    """A kiosk: its certificate's common name, and the SHA-256 of that certificate (DER)."""

    kiosk: str
    thumbprint: str


class PeerProtocol(HttpToolsProtocol):
    """HTTP over TLS that says in `scope["state"]["peer"]` whose certificate the connection has."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its parent
        """Read the certificate and go on."""
        super().connection_made(transport)
        tls: Any = transport.get_extra_info("ssl_object")
        self.app_state = {**self.app_state, _STATE_KEY: _peer_of(tls)}

    def shutdown(self) -> None:
        """Drop an idle connection at once: its kiosk would not take part in TLS's farewell."""
        # Before the first request there is no cycle yet.
        if getattr(self.cycle, "response_complete", True):
            self.transport.abort()
        else:
            super().shutdown()


def _peer_of(tls: SSLObject | None) -> Peer | None:
    der = None if tls is None else tls.getpeercert(binary_form=True)
    if der is None:
        return None
    names = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if len(names) != 1:
        return None
    return Peer(str(names[0].value), sha256(der).hexdigest())


def peer_of(request: Request) -> Peer | None:
    """The kiosk that sent this request; None without a usable certificate."""
    peer = request.scope.get("state", {}).get(_STATE_KEY)
    return peer if isinstance(peer, Peer) else None
