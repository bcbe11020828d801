"""A content server that can be taken: real HTTPS and a real repository, and any answer replaced."""

import contextlib
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from device_agent.adapters.content import ContentFolder
from device_agent.adapters.store import ContentStore, StoreSettings
from provisioning.city import City
from tests.integration.agent_town import DEVICE, Town

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Taken:
    """The server, what it answers instead, and what it was asked."""

    root: Path
    port: int = 0
    instead: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def answer_with(self, path: str, data: bytes) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        self.instead[path] = answer


def _handler(taken: Taken) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            taken.asked.append((self.path, self.headers.get("Range", "")))
            if (instead := taken.instead.get(self.path)) is not None:
                with contextlib.suppress(OSError):
                    instead(self)
                return
            self._serve(taken.root / self.path.lstrip("/"))

        def _serve(self, path: Path) -> None:
            if not path.is_file():
                self.send_error(404)
                return
            data = path.read_bytes()
            found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            offset = int(found[1]) if found else 0
            self.send_response(206 if found else 200)
            if found:
                self.send_header("Content-Range", f"bytes {offset}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - offset))
            self.end_headers()
            self.wfile.write(data[offset:])

    return Handler


@contextlib.contextmanager
def take_content_server(city: City) -> Iterator[Taken]:
    taken = Taken(city.repository.root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(taken))
    server.daemon_threads = False  # a test waits until the agent hung up
    identity = city.server("content")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    context.load_verify_locations(identity.authority)
    context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True)
    taken.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def open_store(town: Town, port: int) -> ContentStore:
    identity = town.city.device(DEVICE)
    return ContentStore(
        StoreSettings(
            f"https://127.0.0.1:{port}",
            identity.authority,
            identity.certificate,
            identity.key,
            identity.folder / "root.json",
            town.agent_folder / "metadata",
        )
    )


def open_folder(town: Town) -> ContentFolder:
    town.content.mkdir(parents=True, exist_ok=True)
    return ContentFolder(town.content)
