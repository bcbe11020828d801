"""Makes the throw-away city: authority, trust, devices, sample content; starts nothing."""

import secrets
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playlists import encode_programme
from provisioning.city import City
from provisioning.config import Settings
from provisioning.founding import enroll, found_city
from tests.demo import releases
from tests.demo.place import CHANNELS, DEVICES, KIOSK, LOBBY, MEDIA, ROOT, Place
from tests.demo.programme import sample_programme
from tests.fakes.city_ca import CityCa

PINS = {"999009812": "2580", "999009813": "1470"}
"""By the number of the sample person's document."""


def make_city(place: Place) -> City:
    """Found the city in an empty folder, enrol both devices and publish the first programme."""
    shutil.rmtree(place.root, ignore_errors=True)
    for folder in (place.root, place.receipts, place.logs, place.reader):
        folder.mkdir(parents=True, exist_ok=True)
    city = found_city(place.city, _settings(place), datetime.now(UTC))
    for device in DEVICES:
        enroll(city, device, datetime.now(UTC))
        releases.install_factory(place.slots(device))
        for folder in (place.content(device), place.device(device) / "state"):
            folder.mkdir(parents=True, exist_ok=True)
    for device in (LOBBY, KIOSK):
        publish_sample(city, 1, CHANNELS[device])
    _publish_releases(city, place)
    _make_agendas(place)
    _make_documents(place)
    CityCa(place.openid).server()
    place.openid_secret.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return city


def publish_sample(city: City, version: int, channel: str = CHANNELS[LOBBY]) -> str:
    """Sign and publish a version of the sample programme; returns its document's SHA-256."""
    programme, files = sample_programme(MEDIA, version, channel)
    document = encode_programme(replace(programme, version=version))
    return city.publish_programme(document, files, datetime.now(UTC)).sha256


def choose_pins(place: Place) -> None:
    """The sample persons' account PINs, as a clerk sets them at the counter."""
    settings = str(place.root / "gateway.toml")
    for number, pin in PINS.items():
        document = ("--document", "CZE", number)
        _run("kiosk_app.gateway", "pin", "set", "--config", settings, *document, typed=pin)


def _settings(place: Place) -> Settings:
    return Settings(broker_port=place.ports.broker, content_port=place.ports.content)


def _publish_releases(city: City, place: Place) -> None:
    for version, program in (
        (releases.GOOD, releases.STARTS),
        (releases.BAD, releases.DOES_NOT_START),
    ):
        archive = releases.write_release(place.root / "releases", version, program)
        city.publish_release(version, archive, datetime.now(UTC))


def _make_agendas(place: Place) -> None:
    _run("kiosk_app.gateway", "sample-city", "--database", place.database)


def _make_documents(place: Place) -> None:
    _run("tests.fakes.document_signer", str(place.documents))
    csca = place.root / "csca"
    csca.mkdir()
    shutil.copy(place.documents / "csca.pem", csca)
    _run("tests.fakes.eobcanka_card", str(place.documents), str(place.root / "contact-ca"))


def _run(module: str, *arguments: str, typed: str = "") -> None:
    """Run one of the suite's commands; its last words become the error when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=Path(ROOT),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{module} {arguments[0]}: {done.stderr.strip() or done.stdout}")
