"""The gateway on the network: uvicorn over TLS that demands a certificate; no contract here."""

import gc
import logging
import signal
import socket
import ssl
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from kiosk_app.gateway.config import GatewayConfig
from kiosk_app.gateway.document_prover import prover_of
from kiosk_app.gateway.http.application import create_app
from kiosk_app.gateway.peer import PeerProtocol
from kiosk_app.gateway.process_limits import keep_secrets, open_more_files
from kiosk_app.gateway.wiring import build_desk

_KEEP_ALIVE: Final = 75
_SHUTDOWN: Final = 3
_BACKLOG: Final = 256
_SWITCH_SECONDS: Final = 0.05
"""How long a thread may go on before another may ask for its turn.

Each query ends in a wait, so turns change often enough by themselves. At Python's own 5 ms the
threads of a full house push each other aside: the slowest hundredth waited two to seven times as
long (fifty kiosks, PostgreSQL on the same two cores).
"""


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


def serve(config: GatewayConfig, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; announce where, once everything was tried.

    What is in hand then is finished, for a few seconds; after that letters and files are let go.
    SIGHUP has the list of withdrawn certificates read anew; a replaced one is seen without it too.
    All sessions end with the process.

    Raises:
        CannotServe, OSError: one sentence what is wrong.
    """
    keep_secrets()
    open_more_files()
    sys.setswitchinterval(_SWITCH_SECONDS)
    prover = prover_of(config.csca, config.documents)
    desk = build_desk(config, prover)
    try:
        server = make_server(create_app(desk), config)
        signal.signal(signal.SIGHUP, lambda _signal, _frame: desk.admission.renew())
        _end_by_signal(server)
        _settle()
        with listen(config) as listener:
            host, port = listener.getsockname()[:2]
            announce(f"listening on https://{host}:{port}")
            server.run(sockets=[listener])
    finally:
        desk.close()


def _end_by_signal(server: uvicorn.Server) -> None:
    """Let a signal that comes before the server, or again behind it, only say that it is over.

    uvicorn raises the signal that ended it once more, for the handler that was there before its
    own: the default one would end the process before the desk is closed.
    """

    def end(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _settle() -> None:
    """What was loaded stays: it need not be looked through for garbage again and again."""
    gc.enable()
    gc.collect()
    gc.freeze()


def listen(config: GatewayConfig) -> socket.socket:
    """A socket that takes connections from now on, served or not yet.

    Raises:
        OSError: the address cannot be had.
    """
    return socket.create_server((config.host, config.port), backlog=_BACKLOG)


def make_server(app: ASGIApp, config: GatewayConfig) -> uvicorn.Server:
    """A server for that application; `run(sockets=[...])` serves.

    Raises:
        OSError: a certificate or key is missing or is no PEM.
    """
    logging.getLogger("uvicorn.error").addFilter(_without_message)
    context = tls_context(config.certificate, config.key, config.client_ca)
    server_config = uvicorn.Config(
        app,
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
    )
    return uvicorn.Server(server_config)


def _without_message(record: logging.LogRecord) -> bool:
    """Leave of an exception its kind and its place: its message may quote a person's data."""
    if record.exc_info and record.exc_info[0] is not None:
        kind, _error, place = record.exc_info
        record.exc_text = "".join(traceback.format_tb(place)) + kind.__name__
    return True
