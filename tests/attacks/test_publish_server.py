"""Attacks on the real content server: no certificate, revoked ones, names that point elsewhere."""

import http.client
import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from provisioning.city import City
from provisioning.enroll import Credentials
from provisioning.founding import enroll, revoke
from provisioning.publish import read_published, refresh
from provisioning.publish.serve import RevocationList, tls_context
from tests.integration.city_services import (
    NOW,
    media_files,
    new_city,
    running_content_server,
    sample_programme,
)

MEDIA = bytes(range(256)) * 40


@dataclass(frozen=True)
class Served:
    city: City
    port: int

    def ask(
        self, path: str, by: Credentials, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; the path goes out as it is."""
        context = ssl.create_default_context(cafile=by.authority)
        context.load_cert_chain(by.certificate, by.key)
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()


@pytest.fixture(name="served", scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    city = new_city(folder / "city")
    enroll(city, "lobby-001", NOW)
    files = media_files(folder / "media", MEDIA)
    city.publish_programme(sample_programme("lobby", 1, MEDIA), files, NOW)
    with running_content_server(city) as port:
        yield Served(city, port)


def _device(served: Served) -> Credentials:
    return served.city.device("lobby-001")


def test_a_device_gets_metadata_targets_and_blobs(served: Served) -> None:
    by = _device(served)
    blob = next(path.name for path in served.city.repository.blobs.iterdir())
    status, headers, body = served.ask(f"/blobs/{blob}", by)
    assert (status, body) == (200, MEDIA)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    status, headers, _ = served.ask("/metadata/timestamp.json", by)
    assert (status, headers["cache-control"]) == (200, "no-cache")
    target = next((served.city.repository.targets / "programme").iterdir()).name
    assert served.ask(f"/targets/programme/{target}", by)[0] == 200


def test_a_broken_download_goes_on_by_range(served: Served) -> None:
    blob = next(path.name for path in served.city.repository.blobs.iterdir())
    status, headers, body = served.ask(f"/blobs/{blob}", _device(served), Range="bytes=1000-")
    assert (status, body) == (206, MEDIA[1000:])
    assert headers["content-range"] == f"bytes 1000-{len(MEDIA) - 1}/{len(MEDIA)}"
    assert served.ask(f"/blobs/{blob}", _device(served), Range="bytes=999999-")[0] == 416


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/city.toml",
        "/keys/alert.pem",
        "/metadata/",
        "/metadata",
        "/metadata/../../keys/alert.pem",
        "/metadata/..%2f..%2fkeys/alert.pem",
        "/metadata/%2e%2e/%2e%2e/keys/alert.pem",
        "/blobs/../../ca/key.pem",
        "/blobs//../../ca/key.pem",
        "/blobs/..\\..\\ca\\key.pem",
        "/blobs/%00",
        "/blobs/" + "a" * 64,
        "/blobs/" + "a" * 5000,
        "/blobs//etc/passwd",
        "/targets/programme/../../../ca/key.pem",
        "/targets/programme/",
        "/repository/metadata/timestamp.json",
        "//metadata/timestamp.json",
        "/.lock",
        "/blobs/.partly.tmp",
        "/metadata/.partly.tmp",
    ],
)
def test_path_traversal_and_names_that_are_not_published(served: Served, path: str) -> None:
    (served.city.repository.blobs / ".partly.tmp").write_bytes(b"half")
    (served.city.repository.metadata / ".partly.tmp").write_bytes(b"half")
    status, _, body = served.ask(path, _device(served))
    assert status in (400, 404)
    assert b"KEY" not in body
    assert b"half" not in body


def test_a_link_that_leads_out_of_the_blobs(served: Served) -> None:
    link = served.city.repository.blobs / ("b" * 64)
    link.symlink_to(served.city.authority / "key.pem")
    status, _, body = served.ask(f"/blobs/{link.name}", _device(served))
    link.unlink()
    assert status == 404
    assert b"KEY" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(served: Served, method: str) -> None:
    assert served.ask("/metadata/timestamp.json", _device(served), method)[0] == 405


def test_a_client_without_a_certificate(served: Served) -> None:
    context = ssl.create_default_context(cafile=_device(served).authority)
    connection = http.client.HTTPSConnection("127.0.0.1", served.port, context=context)
    with pytest.raises(OSError, match=r"alert|reset|closed"):
        _get(connection)


def test_a_client_of_another_city(served: Served, tmp_path: Path) -> None:
    other = new_city(tmp_path / "other")
    identity = enroll(other, "lobby-001", NOW)
    context = ssl.create_default_context(cafile=_device(served).authority)
    context.load_cert_chain(identity.certificate, identity.key)
    connection = http.client.HTTPSConnection("127.0.0.1", served.port, context=context)
    with pytest.raises(OSError, match=r"alert|reset|closed"):
        _get(connection)


def test_a_servers_certificate_does_not_pass_as_a_client(served: Served) -> None:
    with pytest.raises(OSError, match=r"alert|reset|closed"):
        served.ask("/metadata/timestamp.json", served.city.server("gateway"))


def test_a_revoked_device(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    enroll(city, "stolen-001", NOW)
    kept = shutil.copytree(city.device("stolen-001").folder, tmp_path / "kept")
    revoke(city, "stolen-001", NOW)
    with running_content_server(city) as port, pytest.raises(OSError, match=r"alert|reset|closed"):
        Served(city, port).ask("/metadata/timestamp.json", Credentials(kept))


def test_a_device_that_is_revoked_while_the_server_runs(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    for device in ("stolen-001", "lobby-001"):
        enroll(city, device, NOW)
    kept = Credentials(shutil.copytree(city.device("stolen-001").folder, tmp_path / "kept"))
    context = tls_context(city.content_server())
    revoked = RevocationList(context, city.revoked)
    revoked.read()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert _is_let_in(context, listening, kept)
        revoke(city, "stolen-001", NOW)
        revoked.read()
        assert not _is_let_in(context, listening, kept)
        assert _is_let_in(context, listening, city.device("lobby-001"))


def _is_let_in(context: ssl.SSLContext, listening: socket.socket, by: Credentials) -> bool:
    """Whether a server with that context ends the handshake of that client well."""
    ours = ssl.create_default_context(cafile=by.authority)
    ours.load_cert_chain(by.certificate, by.key)
    with (
        ThreadPoolExecutor(1) as other,
        socket.create_connection(listening.getsockname()) as client,
        listening.accept()[0] as server,
    ):
        asking = other.submit(ours.wrap_socket, client, server_hostname="127.0.0.1")
        try:
            context.wrap_socket(server, server_side=True).close()
        except ssl.SSLError:
            return False
        finally:
            asking.result().close()
        return True


def test_a_connection_that_is_resumed_without_looking_at_the_list(served: Served) -> None:
    by = _device(served)
    context = ssl.create_default_context(cafile=by.authority)
    context.load_cert_chain(by.certificate, by.key)
    connection = http.client.HTTPSConnection("127.0.0.1", served.port, context=context)
    try:
        connection.request("GET", "/metadata/timestamp.json")
        connection.getresponse().read()
        kept = connection.sock.session
        assert kept is None or not kept.has_ticket
    finally:
        connection.close()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(OSError, match=r"alert|reset|closed|version"):
        _get(http.client.HTTPSConnection("127.0.0.1", served.port, context=context))


def test_a_timestamp_that_ran_out_while_the_server_was_off(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    late = read_published(city.repository).timestamp.expires - timedelta(days=10)
    refresh(city.repository, late, ahead=timedelta(days=30))
    before = read_published(city.repository).timestamp.version
    with running_content_server(city):
        for _ in range(200):
            if (now := read_published(city.repository).timestamp).version > before:
                break
            time.sleep(0.05)
    assert now.expires > datetime.now(UTC)


def test_plain_http_is_not_answered(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    with pytest.raises((OSError, http.client.HTTPException)):
        _get(connection)


def _get(connection: http.client.HTTPConnection) -> None:
    try:
        connection.request("GET", "/metadata/timestamp.json")
        connection.getresponse()
    finally:
        connection.close()
