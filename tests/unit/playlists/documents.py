"""Small programmes for the unit tests, as JSON documents."""

import json

HASH = "a" * 64
OTHER = "b" * 64


def document(**changes: object) -> dict[str, object]:
    """A valid programme document with two images in one zone; top-level keys may be replaced."""
    found: dict[str, object] = {
        "format": "otevrene-mesto/programme/1",
        "channel": "lobby",
        "version": 1,
        "title": "Vestibul",
        "zones": [{"name": "main", "x": 0, "y": 0, "width": 100, "height": 100}],
        "playlists": [
            playlist("base", image("a", HASH), image("b", OTHER)),
            playlist("night", image("n", HASH)),
        ],
        "schedule": {"base": "base"},
        "blobs": [blob(HASH), blob(OTHER)],
    }
    return {**found, **changes}


def playlist(name: str, *items: dict[str, object], zone: str = "main") -> dict[str, object]:
    return {"name": name, "sequences": [{"zone": zone, "items": list(items)}]}


def image(name: str, sha256: str, duration_ms: int = 5000) -> dict[str, object]:
    facts = {"id": name, "type": "image", "blob": sha256, "title": name.upper()}
    return {**facts, "duration_ms": duration_ms}


def blob(sha256: str, media_type: str = "image/png") -> dict[str, object]:
    return {"sha256": sha256, "length": 10, "media_type": media_type}


def encoded(**changes: object) -> bytes:
    """The same as bytes."""
    return json.dumps(document(**changes)).encode()
