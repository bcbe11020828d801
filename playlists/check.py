"""What a well-formed programme must also keep: references, uniqueness, sizes; reads no bytes."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playlists.model import Image, Item, Problem, Programme, Video, Web
from playlists.schedule_check import check_schedule

_MEDIA_OF = {Video: "video/", Image: "image/", Web: "text/html"}


def check_programme(programme: Programme) -> tuple[Problem, ...]:
    """Every broken promise between the parts of a programme, with path and advice."""
    return (
        *_twice("$.zones", (zone.name for zone in programme.zones)),
        *_twice("$.playlists", (playlist.name for playlist in programme.playlists)),
        *_twice("$.schedule.rules", (rule.name for rule in programme.schedule.rules)),
        *_twice("$.schedule.campaigns", (found.name for found in programme.schedule.campaigns)),
        *_twice("$.schedule.interrupts", (found.name for found in programme.schedule.interrupts)),
        *_twice("$.blobs", (blob.sha256 for blob in programme.blobs)),
        *_timezone(programme),
        *_zones(programme),
        *_playlists(programme),
        *check_schedule(programme),
        *_unused_blobs(programme),
    )


def _twice(path: str, names: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Problem(f"{path}[{index}]", f"{name!r} stands twice; rename or remove one")
        seen.add(name)


def _timezone(programme: Programme) -> Iterator[Problem]:
    try:
        ZoneInfo(programme.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem("$.timezone", "is no time zone; write one like Europe/Prague")


def _zones(programme: Programme) -> Iterator[Problem]:
    for index, zone in enumerate(programme.zones):
        if zone.x + zone.width > 100 or zone.y + zone.height > 100:  # noqa: PLR2004 - per cent
            yield Problem(f"$.zones[{index}]", "reaches out of the screen; keep it within 100 %")


def _playlists(programme: Programme) -> Iterator[Problem]:
    zones = {zone.name for zone in programme.zones}
    media = {blob.sha256: blob.media_type for blob in programme.blobs}
    for number, playlist in enumerate(programme.playlists):
        path = f"$.playlists[{number}].sequences"
        yield from _twice(path, (sequence.zone for sequence in playlist.sequences))
        for index, sequence in enumerate(playlist.sequences):
            if sequence.zone not in zones:
                yield Problem(f"{path}[{index}].zone", f"there is no zone {sequence.zone!r}")
            for place, item in enumerate(sequence.items):
                yield from _item(f"{path}[{index}].items[{place}]", item, media.get(item.blob))


def _item(path: str, item: Item, media_type: str | None) -> Iterator[Problem]:
    if media_type is None:
        yield Problem(f"{path}.blob", "is not among $.blobs; add the file with hash and length")
    elif not media_type.startswith(_MEDIA_OF[type(item)]):
        kind = type(item).__name__.lower()
        yield Problem(f"{path}.blob", f"is {media_type}; a {kind} needs another file")


def _unused_blobs(programme: Programme) -> Iterator[Problem]:
    used = {item.blob for item in programme.items()}
    for index, blob in enumerate(programme.blobs):
        if blob.sha256 not in used:
            yield Problem(f"$.blobs[{index}]", "no item shows this file; remove it")
