"""Where the demo keeps its files and on which ports its services are; starts nothing."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

KIOSK = "infobox-001"
LOBBY = "lobby-001"
DEVICES = (KIOSK, LOBBY)
CHANNELS = {KIOSK: "infobox", LOBBY: "lobby"}
PROGRAMS = {KIOSK: "kiosk", LOBBY: "player"}
AREA = "liberec"
GROUP = "liberec"
LONGEST_TEMPORARY = 50  # bytes; the longest name below it has 45
ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "demo"
# What draws the media; another drawing gets another folder.
DRAWN_BY = ("media.py", "clip.py", "slides.py", "palette.py", "agenda.html")


def media_folder() -> Path:
    """Where the sample media lie, by the digest of what draws them."""
    sources = b"".join((Path(__file__).parent / name).read_bytes() for name in DRAWN_BY)
    return BUILD / f"media-{hashlib.sha256(sources).hexdigest()[:12]}"


MEDIA = media_folder()


@dataclass(frozen=True)
class Ports:
    """TCP ports on loopback, chosen at each start so that two checkouts can run at once."""

    broker: int
    gateway: int
    content: int
    printer: int
    openid: int


@dataclass(frozen=True)
class Place:
    """The folders of one run: `root` is made anew, `run` holds sockets under a short path."""

    root: Path
    run: Path
    ports: Ports

    @property
    def city(self) -> Path:
        """What IT holds: CA, keys, repository (see `provisioning.city`)."""
        return self.root / "city"

    @property
    def documents(self) -> Path:
        """The sample state's document signers and the sample persons' chips."""
        return self.root / "documents"

    @property
    def database(self) -> str:
        """The URL of the sample agendas' SQLite database; SQLAlchemy decodes `%` in it."""
        return f"sqlite:///{quote(str(self.root / 'agendas.sqlite'))}"

    @property
    def openid(self) -> Path:
        """The authority and the identity of the sample OpenID provider, which is not the city's."""
        return self.root / "openid"

    @property
    def openid_secret(self) -> Path:
        """The client secret that the gateway and the sample OpenID provider share."""
        return self.root / "openid-secret"

    @property
    def receipts(self) -> Path:
        """Where the virtual printer lays its paper."""
        return self.root / "receipts"

    @property
    def logs(self) -> Path:
        """One log a program."""
        return self.root / "logs"

    @property
    def reader(self) -> Path:
        """The virtual card reader's folder."""
        return self.run / "reader"

    @property
    def card(self) -> Path:
        """While this file exists a card lies on the reader; it says which sample card."""
        return self.run / "card"

    def device(self, name: str) -> Path:
        """A device's own disk."""
        return self.root / "devices" / name

    def slots(self, name: str) -> Path:
        """A device's A and B slots."""
        return self.device(name) / "slots"

    def content(self, name: str) -> Path:
        """A device's blobs and programme in force."""
        return self.device(name) / "content"

    def socket(self, name: str) -> Path:
        """A device's local socket."""
        return self.run / f"{name}.sock"


def new_place(root: Path, ports: Ports) -> Place:
    """A place for one run; a Unix socket's path has at most 107 bytes, so `run` is short."""
    folder = tempfile.gettempdir()
    short = folder if len(os.fsencode(folder)) <= LONGEST_TEMPORARY else "/tmp"  # noqa: S108 - the one short folder there always is
    return Place(root, Path(tempfile.mkdtemp(prefix=f"om-{os.getpid()}-", dir=short)), ports)
