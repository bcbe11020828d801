"""The publisher is killed at any moment: devices see the old or the new, the next one goes on."""

import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from playlists import parse_programme
from provisioning.city import City
from provisioning.publish import published_version
from tests.fakes.folder_fetcher import updater
from tests.integration.city_services import NOW, media_files, new_city, sample_programme

ROUNDS = 8


def publish_for_ever(root: Path) -> None:
    """Publish one version after the other; each has a blob of its own."""
    city = City(root)
    for version in count(published_version(city.repository, "lobby") + 1):
        media = b"%d" % version
        files = media_files(root / "media", media)
        city.publish_programme(sample_programme("lobby", version, media), files, NOW)
        print(version, flush=True)  # noqa: T201 - the test waits for it


def _seen(city: City, folder: Path) -> int:
    """The version that a client trusts; its blobs are all there."""
    root = (city.repository.metadata / "1.root.json").read_bytes()
    client = updater(city.repository.root, root, folder)
    info = client.get_targetinfo("programme/lobby.json")
    assert info is not None
    programme = parse_programme(Path(client.download_target(info)).read_bytes())
    for blob in programme.blobs:
        assert (city.repository.blobs / blob.sha256).stat().st_size == blob.length
    return programme.version


@pytest.mark.timeout(120)
def test_sigkill_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city")
    last = 0
    for number in range(ROUNDS):
        code = (
            f"import {__name__} as t, pathlib; t.publish_for_ever(pathlib.Path({str(city.root)!r}))"
        )
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as publisher:
            assert publisher.stdout is not None
            told = int(publisher.stdout.readline())
            time.sleep(number * 0.002)  # another point of the next publication each round
            publisher.kill()
            told = max([told, *map(int, publisher.stdout.read().split())])
        seen = _seen(city, tmp_path / "client")
        assert last < told <= seen <= told + 1
        assert published_version(city.repository, "lobby") == seen
        last = seen
    city.publish_programme(
        sample_programme("hall", 1, b"1"), media_files(tmp_path / "m", b"1"), NOW
    )
    assert list(city.repository.root.rglob("*.tmp")) == []
