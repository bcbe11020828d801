"""The sample provider over HTTPS, in a thread of a test or as a program of the demo."""

import json
import ssl
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, unquote_plus, urlsplit

from tests.fakes.city_ca import Identity
from tests.fakes.openid_provider import page
from tests.fakes.openid_provider.faults import Fault
from tests.fakes.openid_provider.people import PEOPLE
from tests.fakes.openid_provider.provider import Provider

_LONGEST_SILENCE = 20.0
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class _Handler(BaseHTTPRequestHandler):
    provider: ClassVar[Provider]
    protocol_version = "HTTP/1.1"
    timeout = 10

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Discovery, keys, and the page."""
        place = urlsplit(self.path)
        if place.path == "/.well-known/openid-configuration":
            self._json(200, self._discovery())
        elif place.path == "/keys":
            self._json(200, {"keys": [self.provider.key.jwk()]})
        elif place.path == "/device":
            code = parse_qs(place.query).get("user_code", [""])[0].strip().upper()
            known = self.provider.login_of(code) is not None
            self._page(page.ask_person(code) if known else page.ask_code(bool(code)))
        else:
            self._json(404, {"error": "not_found"})

    def do_POST(self) -> None:
        """The two endpoints of the flow, and the page's answer."""
        length = int(self.headers.get("Content-Length", 0))
        form = {
            name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
        }
        if self.path.startswith("/device?") or self.path == "/device":
            self._answer_page(form)
        elif not self._is_client():
            self._json(401, {"error": "invalid_client"})
        elif self.path == "/device_authorization":
            self._json(200, self.provider.begin())
        elif self.path == "/token" and form.get("grant_type") == _GRANT:
            self._json(*self.provider.token(form.get("device_code", "")))
        else:
            self._json(400, {"error": "unsupported_grant_type"})

    def _answer_page(self, form: dict[str, str]) -> None:
        code, person = form.get("user_code", ""), form.get("person", "")
        if self.provider.login_of(code) is None:
            self._page(page.ask_code(wrong=True))
        elif person in PEOPLE:
            self.provider.confirm(code, person)
            self._page(page.done(good=True))
        else:
            self.provider.deny(code)
            self._page(page.done(good=False))

    def _is_client(self) -> bool:
        scheme, _, raw = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return False
        name, _, secret = b64decode(raw).decode().partition(":")
        known = (self.provider.client_id, self.provider.client_secret)
        return (unquote_plus(name), unquote_plus(secret)) == known

    def _discovery(self) -> dict[str, object]:
        provider = self.provider
        base = provider.issuer
        if Fault.PLAIN_HTTP_ENDPOINTS in provider.faults:
            base = base.replace("https://", "http://")
        if Fault.ENDPOINTS_ELSEWHERE in provider.faults:
            base = base.replace("127.0.0.1", "127.0.0.2")
        other = Fault.OTHER_DISCOVERY in provider.faults
        return {
            "issuer": "https://other.example" if other else provider.issuer,
            "device_authorization_endpoint": f"{base}/device_authorization",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/keys",
            "id_token_signing_alg_values_supported": ["ES256"],
        }

    def _json(self, status: int, body: dict[str, object]) -> None:
        faults = self.provider.faults
        if Fault.REDIRECT in faults:
            self.send_response(302)
            self.send_header("Location", self.provider.issuer + self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if Fault.SILENT in faults:
            self.provider.speaks.wait(_LONGEST_SILENCE)
        if Fault.ENDLESS_HEAD in faults:
            self._drip()
            return
        if Fault.BROKEN in faults:
            status, body = 500, {}
        data = json.dumps(body).encode()
        if Fault.NOT_JSON in faults:
            data = b"<html>"
        if Fault.OVERSIZE in faults:
            data = b"[" + b" " * (1 << 20) + b"]"
        self._send(status, "application/json", data)

    def _drip(self) -> None:
        """Begin a head and never end it, always in time for the next read."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-More: ")
        while True:
            self.wfile.write(b"1")
            self.provider.speaks.wait(0.05)

    def _page(self, text: str) -> None:
        self._send(200, "text/html; charset=utf-8", text.encode())

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class ProviderServer(ThreadingHTTPServer):
    """HTTPS on one address; a client that leaves in the middle is no event."""

    daemon_threads = True

    def __init__(self, provider: Provider, identity: Identity, host: str, port: int) -> None:
        handler = type("Handler", (_Handler,), {"provider": provider})
        super().__init__((host, port), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity.certificate, identity.key)
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        if not provider.issuer:
            provider.issuer = f"https://{host}:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


@contextmanager
def running_provider(identity: Identity, provider: Provider | None = None) -> Iterator[Provider]:
    """Serve on a free port of the loopback until the block ends."""
    provider = provider or Provider()
    server = ProviderServer(provider, identity, "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
