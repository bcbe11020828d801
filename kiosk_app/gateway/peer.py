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

from kiosk_app.gateway.bounded_lines import BoundedLine

_STATE_KEY = "peer"


@dataclass(frozen=True)
class Peer:
    """Who a client certificate names.

    Attributes:
        kiosk: the common name.
        thumbprint: the SHA-256 of the certificate (DER), in hexadecimal.
        unit: the one organizational unit; None for none and for several.
        serial: the certificate's serial number at its authority.
    """

    kiosk: str
    thumbprint: str
    unit: str | None
    serial: int


class PeerProtocol(BoundedLine):
    """HTTP over TLS that says in `scope["state"]["peer"]` whose certificate the connection has."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its parent
        """Read the certificate and go on."""
        super().connection_made(transport)
        tls: Any = transport.get_extra_info("ssl_object")
        peer = _peer_of(tls)
        self.count_for("" if peer is None else peer.thumbprint)
        self.app_state = {**self.app_state, _STATE_KEY: peer}

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
    certificate = x509.load_der_x509_certificate(der)
    name = _only(certificate.subject, NameOID.COMMON_NAME)
    if name is None:
        return None
    unit = _only(certificate.subject, NameOID.ORGANIZATIONAL_UNIT_NAME)
    return Peer(name, sha256(der).hexdigest(), unit, certificate.serial_number)


def _only(subject: x509.Name, kind: x509.ObjectIdentifier) -> str | None:
    values = subject.get_attributes_for_oid(kind)
    return str(values[0].value) if len(values) == 1 else None


def peer_of(request: Request) -> Peer | None:
    """The kiosk that sent this request; None without a usable certificate."""
    peer = request.scope.get("state", {}).get(_STATE_KEY)
    return peer if isinstance(peer, Peer) else None
