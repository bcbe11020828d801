"""A department's service: a real HTTPS server on loopback that answers as a test tells it.

It is a server of bare sockets, so that it can also do what no HTTP library lets it do.
"""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.fakes.city_ca import CityCa, Identity

Conduct = Callable[[ssl.SSLSocket, "Service"], None]
"""What the server does with a connection once it has read the request."""


@dataclass
class Service:
    """A running service, the requests it was sent, and how it behaves."""

    port: int
    conduct: Conduct
    ended: Event = field(default_factory=Event)
    requests: list[str] = field(default_factory=list)
    connections: int = 0
    open: list[ssl.SSLSocket] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://127.0.0.1:{self.port}"


def answer(body: object, status: int = 200, *headers: str) -> Conduct:
    """One whole answer, of JSON or of bytes."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", *headers]

    def conduct(connection: ssl.SSLSocket, _service: Service) -> None:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + data)

    return conduct


def drip(before: bytes, drop: bytes) -> Conduct:
    """Something, and then drop by drop without an end."""

    def conduct(connection: ssl.SSLSocket, service: Service) -> None:
        connection.sendall(before)
        while not service.ended.wait(0.02):
            connection.sendall(drop)

    return conduct


def flood(before: bytes, chunk: bytes) -> Conduct:
    """Something, and then as much as the other side takes."""

    def conduct(connection: ssl.SSLSocket, service: Service) -> None:
        connection.sendall(before)
        while not service.ended.is_set():
            connection.sendall(chunk)

    return conduct


def nothing(_connection: ssl.SSLSocket, service: Service) -> None:
    """No answer at all."""
    service.ended.wait()


def hang_up(_connection: ssl.SSLSocket, _service: Service) -> None:
    """The end of the connection in place of an answer."""


@contextmanager
def department_service(
    identity: Identity, conduct: Conduct, clients: CityCa | None = None
) -> Iterator[Service]:
    """Serve until the block ends; `clients` is the authority whose certificates it demands."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(clients.certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        service = Service(listener.getsockname()[1], conduct)
        threads: list[Thread] = []
        accepting = Thread(target=_accept, args=(listener, context, service, threads))
        accepting.start()
        try:
            yield service
        finally:
            service.ended.set()
            with suppress(OSError):
                socket.create_connection(listener.getsockname()).close()
            accepting.join()
            for connection in service.open:
                with suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def _accept(
    listener: socket.socket, context: ssl.SSLContext, service: Service, threads: list[Thread]
) -> None:
    while True:
        plain, _ = listener.accept()
        if service.ended.is_set():
            plain.close()
            return
        service.connections += 1
        thread = Thread(target=_serve, args=(plain, context, service))
        thread.start()
        threads.append(thread)


def _serve(plain: socket.socket, context: ssl.SSLContext, service: Service) -> None:
    plain.settimeout(10)
    with plain, suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
        service.open.append(connection)
        while not service.ended.is_set():
            request = _request(connection)
            if request is None:
                return
            service.requests.append(request)
            service.conduct(connection, service)
            if service.conduct is hang_up:
                return


def _request(connection: ssl.SSLSocket) -> str | None:
    head = b""
    while b"\r\n\r\n" not in head:
        chunk = connection.recv(4096)
        if not chunk:
            return None
        head += chunk
    return head.decode()
