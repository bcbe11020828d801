"""The content server: the repository's public files over HTTPS to known devices, nothing else."""

import re
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from provisioning.publish.errors import PublishError
from provisioning.publish.upkeep import EVERY_S, Job, kept_up

FOREVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"

_METADATA = re.compile(r"(?:timestamp|[1-9][0-9]{0,9}\.[a-z]{1,32})\.json")
_TARGET = re.compile(r"(?:programme|release)/[0-9a-f]{64}\.[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.json")
_BLOB = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class ContentServer:
    """What the content server needs: where to listen and the files of its identity."""

    root: Path
    key: Path
    certificate: Path
    authority: Path
    revoked: Path
    host: str = "127.0.0.1"
    port: int = 0


class PublicFiles(StaticFiles):
    """One folder of which only files whose path matches a pattern exist for the outside."""

    def __init__(self, folder: Path, pattern: re.Pattern[str], caching: str) -> None:
        super().__init__(directory=folder)
        self._pattern = pattern
        self._caching = caching

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, a part of it (RFC 9110, section 14) or 404 for every other name."""
        if not self._pattern.fullmatch(path):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = self._caching
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def application(root: Path) -> Starlette:
    """The ASGI application over a repository: `/metadata/`, `/targets/`, `/blobs/`."""
    served = Starlette(
        routes=[
            Mount("/metadata", PublicFiles(root / "metadata", _METADATA, ASK_AGAIN)),
            Mount("/targets", PublicFiles(root / "targets", _TARGET, FOREVER)),
            Mount("/blobs", PublicFiles(root / "blobs", _BLOB, FOREVER)),
        ]
    )
    served.router.redirect_slashes = False
    return served


def tls_context(server: ContentServer) -> ssl.SSLContext:
    """TLS 1.3 without resumption; only a good, unrevoked certificate of the city is let in.

    A resumed connection is not checked anew: a revoked device could keep one up.

    Raises:
        PublishError: a file of the identity is missing or malformed.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 0
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    try:
        context.load_cert_chain(server.certificate, server.key)
        context.load_verify_locations(server.authority)
        context.load_verify_locations(server.revoked)
    except OSError as error:
        folder = server.certificate.parent
        raise PublishError(f"The server's identity in {folder} cannot be used: {error}.") from error
    return context


def open_socket(server: ContentServer) -> socket.socket:
    """Listen on the configured address; port 0 takes a free one.

    Raises:
        PublishError: the address is taken or not ours.
    """
    try:
        return socket.create_server((server.host, server.port), backlog=1024)
    except OSError as error:
        where = f"{server.host}:{server.port}"
        why = error.strerror or error
        raise PublishError(f"The content server cannot listen on {where}: {why}.") from error


class RevocationList:
    """Makes a running server know the newest revocation list; new connections are checked by it."""

    def __init__(self, context: ssl.SSLContext, path: Path) -> None:
        self._context = context
        self._path = path
        self._known = b""

    def read(self) -> None:
        """Add the list to the context when it changed; OpenSSL goes by the newest it has.

        Raises:
            PublishError: the list cannot be read.
        """
        try:
            data = self._path.read_bytes()
            if data != self._known:
                self._context.load_verify_locations(self._path)
        except OSError as error:
            raise PublishError(f"The list {self._path} cannot be read: {error}.") from error
        self._known = data


def serve(
    server: ContentServer, listening: socket.socket, *jobs: Job, every_s: float = EVERY_S
) -> None:
    """Serve until SIGINT or SIGTERM; a changed revocation list counts within `every_s` seconds.

    Args:
        server: what to serve as whom.
        listening: from `open_socket`.
        jobs: what else to do every `every_s` seconds, such as renewing the timestamp.
        every_s: see there.

    Raises:
        PublishError: the identity cannot be used or the repository is not there.
    """
    if not (server.root / "metadata" / "timestamp.json").exists():
        raise PublishError(f"There is no repository in {server.root}.")
    context = tls_context(server)
    config = uvicorn.Config(
        application(server.root),
        ssl_context_factory=lambda _config, _default: context,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=1000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        lifespan="off",
        ws="none",
    )
    revoked = RevocationList(context, server.revoked)
    with kept_up((revoked.read, *jobs), every_s):
        uvicorn.Server(config).run(sockets=[listening])
