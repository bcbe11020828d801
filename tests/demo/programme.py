"""The sample programme A and an editor's change B, out of generated media."""

import hashlib
from dataclasses import replace
from pathlib import Path

from playlists import (
    Blob,
    Image,
    Item,
    Playlist,
    Programme,
    Schedule,
    Sequence,
    Sha256,
    Video,
    Web,
    Zone,
)
from tests.demo.media import make_media

_TYPES = {".mp4": "video/mp4", ".png": "image/png", ".html": "text/html"}


def sample_programme(
    media_dir: Path, version: int, channel: str = "lobby"
) -> tuple[Programme, dict[str, Path]]:
    """A programme and its files by hash: version 1 is A; any later one is B, the editor's change.

    A: film, waste fee, agenda, in 14 s. B: another order, the waste fee with a new headline, and
    the sights besides, in 17 s. Any 15 s of A show a film, an image and a web page.
    """
    media = make_media(media_dir)
    waste = "waste.png" if version == 1 else "waste-new.png"
    names = ("school.mp4", waste, "agenda.html") + (() if version == 1 else ("sights.png",))
    hashes = {name: _sha256(media[name]) for name in names}
    film = Video("skola", hashes["school.mp4"], 6000, "Zpomalte u školy / Slow down at school")
    fee = Image("odpad", hashes[waste], 4000, "Poplatek za odpad / Waste fee")
    agenda = Web("agenda", hashes["agenda.html"], 4000, "Co je dnes na radnici / Today")
    order: tuple[Item, ...] = (film, fee, agenda)
    if version > 1:
        trips = Image("vylety", hashes["sights.png"], 4000, "Kam v Liberci / Where to go")
        order = (fee, trips, agenda, replace(film, duration_ms=5000))
    blobs = tuple(
        Blob(hashes[name], media[name].stat().st_size, _TYPES[media[name].suffix]) for name in names
    )
    programme = Programme(
        channel=channel,
        version=version,
        title="Vestibul radnice (ukázková data) / Town hall lobby (sample data)",
        zones=(Zone("main", 0, 0, 100, 100),),
        playlists=(Playlist("base", (Sequence("main", order),)),),
        schedule=Schedule("base"),
        blobs=blobs,
    )
    return programme, {hashes[name]: media[name] for name in names}


def _sha256(path: Path) -> Sha256:
    return Sha256(hashlib.sha256(path.read_bytes()).hexdigest())
