"""Programme documents to and from bytes; decides nothing about time and opens no file."""

import json

from playlists.check import check_programme
from playlists.json_node import NAME, Node, load
from playlists.model import (
    Blob,
    Fit,
    Image,
    Item,
    Playlist,
    Problem,
    Programme,
    ProgrammeError,
    Sequence,
    Sha256,
    Video,
    Web,
    Zone,
)
from playlists.schedule_codec import read_schedule, schedule_document

FORMAT = "otevrene-mesto/programme/1"
MAX_BYTES = 1 << 20
MAX_BLOB_BYTES = 4 << 30
MAX_DURATION_MS = 24 * 3600 * 1000
MEDIA_TYPES = ("video/mp4", "video/webm", "image/png", "image/jpeg", "image/webp", "text/html")
_HASH = (r"[0-9a-f]{64}", "a SHA-256 of 64 small hexadecimal digits")


def parse_programme(data: bytes) -> Programme:
    """The programme in a UTF-8 JSON document of at most 1 MiB.

    Raises:
        ProgrammeError: every fault with its JSON path and what to do; nothing is half-read.
    """
    problems: list[Problem] = []
    programme = _programme(Node(load(data, MAX_BYTES), "$", problems))
    if not problems:
        problems.extend(check_programme(programme))
    if problems:
        raise ProgrammeError(tuple(problems))
    return programme


def encode_programme(programme: Programme) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8; equal programmes give equal bytes."""
    text = json.dumps(
        _document(programme), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8")


def _programme(node: Node) -> Programme:
    found = node.members(
        {"format", "channel", "version", "title", "zones", "playlists", "schedule", "blobs"},
        {"timezone"},
    )
    found["format"].choice(str, (FORMAT,), FORMAT)
    zone_name = found.get("timezone")
    return Programme(
        channel=found["channel"].match(*NAME),
        version=found["version"].whole(1, 1 << 53),
        title=found["title"].text(200),
        zones=found["zones"].array(_zone, 1, 16),
        playlists=found["playlists"].array(_playlist, 1, 200),
        schedule=read_schedule(found["schedule"]),
        blobs=found["blobs"].array(_blob, 1, 5000),
        timezone=zone_name.text(64) if zone_name else "Europe/Prague",
    )


def _zone(node: Node) -> Zone:
    found = node.members({"name", "x", "y", "width", "height"})
    return Zone(
        name=found["name"].match(*NAME),
        x=found["x"].number(0, 100),
        y=found["y"].number(0, 100),
        width=found["width"].number(0.1, 100),
        height=found["height"].number(0.1, 100),
    )


def _blob(node: Node) -> Blob:
    found = node.members({"sha256", "length", "media_type"})
    return Blob(
        sha256=Sha256(found["sha256"].match(*_HASH)),
        length=found["length"].whole(1, MAX_BLOB_BYTES),
        media_type=found["media_type"].choice(str, MEDIA_TYPES, MEDIA_TYPES[0]),
    )


def _playlist(node: Node) -> Playlist:
    found = node.members({"name", "sequences"})
    return Playlist(found["name"].match(*NAME), found["sequences"].array(_sequence, 1, 16))


def _sequence(node: Node) -> Sequence:
    found = node.members({"zone", "items"})
    return Sequence(found["zone"].match(*NAME), found["items"].array(_item, 1, 1000))


def _item(node: Node) -> Item:
    found = node.members({"id", "type", "blob", "duration_ms", "title"}, {"fit"})
    kind = found["type"].choice(str, ("video", "image", "web"), "image")
    name = found["id"].match(*NAME)
    blob = Sha256(found["blob"].match(*_HASH))
    duration = found["duration_ms"].whole(1000, MAX_DURATION_MS)
    title = found["title"].text(200)
    if kind == "web":
        if "fit" in found:
            node.wrong("remove the key 'fit': a web page fills its zone by itself")
        return Web(name, blob, duration, title)
    fit = found["fit"].choice(Fit, tuple(Fit), Fit.CONTAIN) if "fit" in found else Fit.CONTAIN
    if kind == "video":
        return Video(name, blob, duration, title, fit)
    return Image(name, blob, duration, title, fit)


def _document(programme: Programme) -> dict[str, object]:
    return {
        "format": FORMAT,
        "channel": programme.channel,
        "version": programme.version,
        "title": programme.title,
        "timezone": programme.timezone,
        "zones": [
            {"name": z.name, "x": z.x, "y": z.y, "width": z.width, "height": z.height}
            for z in programme.zones
        ],
        "playlists": [
            {
                "name": playlist.name,
                "sequences": [
                    {"zone": found.zone, "items": [_item_document(item) for item in found.items]}
                    for found in playlist.sequences
                ],
            }
            for playlist in programme.playlists
        ],
        "schedule": schedule_document(programme.schedule),
        "blobs": [
            {"sha256": blob.sha256, "length": blob.length, "media_type": blob.media_type}
            for blob in programme.blobs
        ],
    }


def _item_document(item: Item) -> dict[str, object]:
    document: dict[str, object] = {
        "id": item.id,
        "type": type(item).__name__.lower(),
        "blob": item.blob,
        "duration_ms": item.duration_ms,
        "title": item.title,
    }
    if not isinstance(item, Web):
        document["fit"] = item.fit.value
    return document
