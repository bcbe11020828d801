"""Brings a channel's programme or a release onto the device: document, blobs, then one rename."""

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from device_agent.adapters.blobs import BlobStore
from device_agent.adapters.store import ContentStore, StoreCause, StoreProblem
from device_agent.core.agent_words import Programme
from device_agent.link.atomic_file import write_atomic
from device_agent.wire import WireError
from device_agent.wire.reported import ReportedProgramme
from device_agent.wire.strict_json import read_object
from playlists import ProgrammeError, parse_programme

logger = logging.getLogger(__name__)

MAX_PROGRAMME = 1024 * 1024
MAX_RELEASE = 1024 * 1024 * 1024
_LIMIT = 16 * 1024


@dataclass(frozen=True)
class ContentFolder:
    """`blobs/` and `current.json` of a device."""

    directory: Path

    @property
    def current(self) -> Path:
        """The programme document in force."""
        return self.directory / "current.json"

    @property
    def blobs(self) -> BlobStore:
        """The blobs beside it."""
        return BlobStore(self.directory / "blobs")


def programme_in_force(folder: ContentFolder) -> Programme | None:
    """The programme on the disk, if there is a sound one."""
    try:
        data = folder.current.read_bytes()
        return _describe(folder, data)
    except FileNotFoundError:
        return None
    except (OSError, ProgrammeError) as error:
        logger.warning("The programme on the disk was not taken: %s", error)
        return None


def _describe(folder: ContentFolder, data: bytes) -> Programme:
    programme = parse_programme(data)
    digest = hashlib.sha256(data).hexdigest()
    reported = ReportedProgramme(programme.channel, digest, programme.version)
    return Programme(reported, str(folder.current.absolute()))


def bring_programme(store: ContentStore, folder: ContentFolder, channel: str) -> Programme:
    """Make the channel's published programme the one in force; nothing changes unless all is here.

    Raises:
        StoreProblem: a part cannot be had or is not trusted.
        OSError: the disk refused.
    """
    target = f"programme/{channel}.json"
    data = store.target(target)
    try:
        programme = parse_programme(data)
    except ProgrammeError as error:
        raise StoreProblem(f"{target} is no programme: {error}", StoreCause.UNUSABLE) from error
    if programme.channel != channel:
        raise StoreProblem(
            f"{target} is for the channel {programme.channel!r}.", StoreCause.UNUSABLE
        )
    blobs = folder.blobs
    for blob in programme.blobs:
        store.blob(blobs, blob.sha256, blob.length)
    old = folder.current.read_bytes() if folder.current.exists() else b""
    if old != data:
        write_atomic(folder.current, data)
        kept = [blob.sha256 for blob in programme.blobs]
        blobs.sweep([*kept, *_blobs_of(old)])
    return _describe(folder, data)


def _blobs_of(document: bytes) -> list[str]:
    """The blobs a player may still be showing."""
    try:
        return [blob.sha256 for blob in parse_programme(document).blobs]
    except ProgrammeError:
        return []


def bring_release(store: ContentStore, blobs: BlobStore, version: str, compatible: str) -> Path:
    """The verified archive of a release.

    Raises:
        StoreProblem: it cannot be had, is not trusted, or is for another kind of device.
        OSError: the disk refused.
    """
    target = f"release/{version}.json"
    try:
        fields = read_object(store.target(target), target, _LIMIT)
        named, kind = fields.text("version", 64), fields.text("compatible", 64)
        sha256, length = fields.text("sha256", 64), fields.whole("length", 1, MAX_RELEASE)
        fields.done()
    except WireError as error:
        raise StoreProblem(str(error), StoreCause.UNUSABLE) from error
    if named != version:
        raise StoreProblem(f"{target} describes another version.", StoreCause.UNUSABLE)
    if kind != compatible:
        raise StoreProblem(f"{target} is for devices of the kind {kind!r}.", StoreCause.UNUSABLE)
    blobs.sweep([sha256])
    return store.blob(blobs, sha256, length)
