"""Published → on the lobby screen, beside fetching the same files over the same TLS unverified."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import requests
from PIL import Image as Picture

from playlists import Blob, Image, Playlist, Programme, Schedule, Sha256, Zone, encode_programme
from playlists import Sequence as Items
from provisioning.publish.programme import published_version
from tests.bench.harness import Result, Series
from tests.demo.pixels import Pixels, Rgb, near
from tests.demo.place import CHANNELS, GROUP, LOBBY
from tests.demo.running import Demo

ROUNDS = 20
DAY_MS = 86_400_000
COLOURS: tuple[Rgb, Rgb] = ((18, 113, 91), (245, 178, 61))
REST_SECONDS = 0.3


def measure(demo: Demo) -> Sequence[Result]:
    """Publishes a slide of one colour, then of another, and waits for the pixels."""
    ours: list[float] = []
    plain: list[float] = []
    for number in range(ROUNDS):
        colour = COLOURS[number % 2]
        ours.append(_published(demo, number, colour))
        plain.append(_plain_fetch(demo))
        time.sleep(REST_SECONDS)
    beside = Series("the same files by plain HTTPS, nothing checked", tuple(plain))
    note = "ours: sign, publish, announce, fetch, verify, decode and show a 1920×1080 slide"
    return (Result("Published → on screen", Series("ours", tuple(ours)), (beside,), note=note),)


def _published(demo: Demo, number: int, colour: Rgb) -> float:
    display = demo.displays[LOBBY]
    version = published_version(demo.city.repository, CHANNELS[LOBBY]) + 1
    programme, files = slide(demo.place.root / "bench", number, colour, version)
    middle = (display.width // 2, display.height // 2)
    with Pixels(display) as pixels:
        begun = time.monotonic()
        demo.city.publish_programme(encode_programme(programme), files, datetime.now(UTC))
        demo.bridge.say_hint(GROUP)
        return 1000 * (pixels.wait(lambda p: near(p.rgb(*middle), colour), 20) - begun)


def slide(
    folder: Path, number: int, colour: Rgb, version: int
) -> tuple[Programme, dict[str, Path]]:
    """A programme of one picture; a mark in its corner makes each picture another file."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{number}.png"
    picture = Picture.new("RGB", (1920, 1080), colour)
    picture.putpixel((0, 0), (number, 0, 0))
    picture.save(path)
    sha256 = Sha256(hashlib.sha256(path.read_bytes()).hexdigest())
    blob = Blob(sha256, path.stat().st_size, "image/png")
    programme = Programme(
        channel=CHANNELS[LOBBY],
        version=version,
        title="Bench",
        zones=(Zone("main", 0, 0, 100, 100),),
        playlists=(
            Playlist("base", (Items("main", (Image(f"s{number}", sha256, DAY_MS, "Slide"),)),)),
        ),
        schedule=Schedule("base"),
        blobs=(blob,),
    )
    return replace(programme, version=version), {sha256: path}


def _plain_fetch(demo: Demo) -> float:
    """GET what a device must get for a new version: four metadata files, document and blob."""
    repository = demo.city.repository
    identity = demo.city.device(LOBBY)
    names = [
        "metadata/timestamp.json",
        *(f"metadata/{_newest(repository.metadata, n)}" for n in ("snapshot", "programme")),
        f"targets/programme/{_youngest(repository.targets / 'programme').name}",
        f"blobs/{_youngest(repository.blobs).name}",
    ]
    begun = time.monotonic()
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(identity.authority)
        session.cert = (str(identity.certificate), str(identity.key))
        for name in names:
            url = f"https://127.0.0.1:{demo.place.ports.content}/{name}"
            session.get(url, timeout=10).raise_for_status()
    return 1000 * (time.monotonic() - begun)


def _newest(folder: Path, role: str) -> str:
    return max(folder.glob(f"*.{role}.json"), key=lambda path: int(path.name.split(".")[0])).name


def _youngest(folder: Path) -> Path:
    return max(
        (path for path in folder.iterdir() if path.is_file()), key=lambda p: p.stat().st_mtime
    )
