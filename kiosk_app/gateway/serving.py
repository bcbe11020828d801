"""The gateway on the network: uvicorn over TLS that demands a certificate; no contract here."""

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from kiosk_app.gateway.config import GatewayConfig
from kiosk_app.gateway.peer import PeerProtocol

_KEEP_ALIVE: Final = 75
_CONNECTIONS: Final = 512
_SHUTDOWN: Final = 3


class AnnouncingServer(uvicorn.Server):
    """A server that says where it listens once it does: `listening(host, port)`."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[str, int], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say where."""
        await super().startup(sockets)
        for server in self.servers:
            for listener in server.sockets:
                self._listening(*listener.getsockname()[:2])


def tls_context(certificate: Path, key: Path, client_ca: Path) -> ssl.SSLContext:
    """TLS 1.3 for a server that talks only to holders of the authority's certificates.

    Raises:
        OSError: a file is missing or is no PEM.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(client_ca)
    return context


def make_server(
    app: ASGIApp, config: GatewayConfig, listening: Callable[[str, int], None]
) -> AnnouncingServer:
    """A server for that application that is ready to run.

    Raises:
        OSError: a certificate or key is missing or is no PEM.
    """
    context = tls_context(config.certificate, config.key, config.client_ca)
    server_config = uvicorn.Config(
        app,
        host=config.host,
        port=config.port,
        http=PeerProtocol,
        ws="none",
        loop="uvloop",
        lifespan="off",
        ssl_context_factory=lambda _config, _default: context,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_SHUTDOWN,
        limit_concurrency=_CONNECTIONS,
    )
    return AnnouncingServer(server_config, listening)
