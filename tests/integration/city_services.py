"""Starts the city's real broker and content server for tests; tests decide what to ask of them."""

import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from provisioning.city import City
from provisioning.config import Settings
from provisioning.founding import found_city

NOW = datetime.now(UTC)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that was free a moment ago.

    It is below those that the kernel gives to outgoing connections, of which one could take it.
    """
    for _ in range(200):
        port = 10_000 + secrets.randbelow(22_000)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise AssertionError("no port is free")


def new_city(folder: Path) -> City:
    """A city founded in `folder` whose broker has a free port."""
    return found_city(folder, Settings(broker_port=free_port(), content_port=0), NOW)


@contextmanager
def running_broker(city: City) -> Iterator[subprocess.Popen[bytes]]:
    """The real mosquitto with the city's configuration."""
    with subprocess.Popen(
        ["mosquitto", "-c", city.broker_configuration],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as broker:
        try:
            await_port(city.settings.broker_port, broker)
            yield broker
        finally:
            broker.terminate()


@contextmanager
def running_content_server(city: City) -> Iterator[int]:
    """The real content server on a free port, which is given."""
    with subprocess.Popen(
        [sys.executable, "-m", "provisioning", "publish", "serve", city.root, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline().rsplit(":", 1)[1])
        finally:
            server.terminate()


def await_port(port: int, program: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until something listens on a port of 127.0.0.1, as long as `program` runs."""
    for _ in range(400):
        assert program is None or program.poll() is None, f"nobody could listen on port {port}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.025)
    raise AssertionError(f"nothing listens on port {port}")


def sample_programme(channel: str, version: int, *media: bytes) -> bytes:
    """A programme document that pins these media as images."""
    hashes = [sha256(data).hexdigest() for data in media]
    items = [
        {"id": f"i{n}", "type": "image", "blob": digest, "duration_ms": 1000, "title": "VZOR"}
        for n, digest in enumerate(hashes)
    ]
    blobs = [
        {"sha256": digest, "length": len(data), "media_type": "image/png"}
        for digest, data in zip(hashes, media, strict=True)
    ]
    document = {
        "format": "otevrene-mesto/programme/1",
        "channel": channel,
        "version": version,
        "title": "VZOR",
        "zones": [{"name": "main", "x": 0, "y": 0, "width": 100, "height": 100}],
        "playlists": [{"name": "base", "sequences": [{"zone": "main", "items": items}]}],
        "schedule": {"base": "base", "rules": []},
        "blobs": blobs,
    }
    return json.dumps(document).encode()


def media_files(folder: Path, *media: bytes) -> dict[str, Path]:
    """The media written to files, by SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {sha256(data).hexdigest(): data for data in media}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in files}
