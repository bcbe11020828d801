"""The tour's steps at the lobby screen: a signed programme, and an editor's change to it."""

import time
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageStat

from playlists import Image as ImageItem
from playlists import Item, Programme, Video, Web, due
from provisioning.publish.programme import published_version
from tests.demo.city import publish_sample
from tests.demo.display import difference
from tests.demo.notes import Notes, require
from tests.demo.place import CHANNELS, GROUP, LOBBY, MEDIA
from tests.demo.programme import sample_programme
from tests.demo.running import Demo

SETTLED_SECONDS = 0.8  # after an item began: the picture stands
SAME_PICTURE = 6.0  # mean difference of 255 between a slide and its picture on the screen
MOVING = 0.05  # mean difference between two moments of a film
NOT_BLACK = 8.0


def signed_programme(demo: Demo, notes: Notes) -> None:
    """(a) A film, a slide and a web page of the signed programme, one after the other."""
    programme, files = sample_programme(MEDIA, 1)
    seen: set[type] = set()
    while seen < {Video, ImageItem, Web}:
        item = _wait_for_next(programme)
        _check(demo, item, files, notes, f"a-{item.id}", set(seen))
        seen.add(type(item))
    report = demo.fleet.last(LOBBY)
    require(report is not None and report.programme is not None, "the lobby reports no programme")


def editors_change(demo: Demo, notes: Notes) -> None:
    """(b) An editor publishes another order and a new headline; the screen follows by itself."""
    version = published_version(demo.city.repository, CHANNELS[LOBBY]) + 1
    begun = time.monotonic()
    sha256 = publish_sample(demo.city, version)
    notes.figure("sign and publish the change", time.monotonic() - begun)
    hinted = time.monotonic()
    demo.bridge.say_hint(GROUP)
    demo.fleet.wait(LOBBY, lambda r: r.programme is not None and r.programme.sha256 == sha256, 15)
    notes.figure("announced → fetched, verified and in force", time.monotonic() - hinted)
    programme, files = sample_programme(MEDIA, version)
    while not isinstance(item := _wait_for_next(programme), ImageItem):
        pass
    _check(demo, item, files, notes, f"b-{item.id}", set())
    notes.fact(f"version {version} of the programme is on the screen, by its SHA-256")


def _wait_for_next(programme: Programme) -> Item:
    """Waits until the next item stands on the screen and returns it."""
    now = datetime.now(UTC)
    until = due(programme, now).zones[0].until
    time.sleep((until - now).total_seconds() + SETTLED_SECONDS)
    return due(programme, datetime.now(UTC)).zones[0].item


def _check(
    demo: Demo,
    item: Item,
    files: dict[str, Path],
    notes: Notes,
    name: str,
    seen: set[type],
) -> None:
    picture = demo.displays[LOBBY].grab()
    brightness = sum(ImageStat.Stat(picture.convert("L")).mean)
    require(brightness > NOT_BLACK, f"the screen is black while “{item.id}” is due")
    match item:
        case ImageItem():
            expected = Image.open(files[item.blob]).convert("RGB").resize(picture.size)
            apart = difference(picture, expected)
            require(apart < SAME_PICTURE, f"“{item.id}” is due, another picture is shown ({apart})")
            notes.fact(f"“{item.title}” is the published picture, mean difference {apart:.2f}/255")
        case Video():
            time.sleep(0.3)
            moved = difference(picture, demo.displays[LOBBY].grab())
            require(moved > MOVING, f"the film “{item.id}” stands still")
            notes.fact(f"“{item.title}” moves")
        case Web():
            notes.fact(f"“{item.title}” is a web page")
    if type(item) not in seen:
        notes.picture(name, item.title, picture)
