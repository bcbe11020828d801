"""The nouns of a programme, all frozen; says nothing of JSON, files or what is due now."""

from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum, StrEnum
from typing import NewType

Sha256 = NewType("Sha256", str)
"""64 lower-case hexadecimal digits."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a programme: where (JSON path) and what to do about it."""

    path: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}: {self.advice}"


class ProgrammeError(ValueError):
    """A document that is no programme; `problems` names every fault that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


class Weekday(IntEnum):
    """Days as `date.weekday()` counts them."""

    MO = 0
    TU = 1
    WE = 2
    TH = 3
    FR = 4
    SA = 5
    SU = 6


class Fit(StrEnum):
    """How a picture fills a zone of another shape."""

    CONTAIN = "contain"
    COVER = "cover"


@dataclass(frozen=True)
class Zone:
    """A rectangle of the screen in percent of its width and height; later zones lie above."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Blob:
    """A file that a programme needs, pinned by content."""

    sha256: Sha256
    length: int
    media_type: str


@dataclass(frozen=True)
class Video:
    """A film; it is cut or held on its last frame to fill `duration_ms`."""

    id: str
    blob: Sha256
    duration_ms: int
    title: str
    fit: Fit = Fit.CONTAIN


@dataclass(frozen=True)
class Image:
    """A still picture."""

    id: str
    blob: Sha256
    duration_ms: int
    title: str
    fit: Fit = Fit.CONTAIN


@dataclass(frozen=True)
class Web:
    """One self-contained HTML page; it may load nothing else."""

    id: str
    blob: Sha256
    duration_ms: int
    title: str


Item = Video | Image | Web


@dataclass(frozen=True)
class Sequence:
    """What one zone shows, one item after the other, for ever."""

    zone: str
    items: tuple[Item, ...]

    @property
    def length_ms(self) -> int:
        """One round of the sequence in milliseconds."""
        return sum(item.duration_ms for item in self.items)


@dataclass(frozen=True)
class Playlist:
    """Sequences for some or all zones."""

    name: str
    sequences: tuple[Sequence, ...]

    def sequence(self, zone: str) -> Sequence | None:
        """The sequence for a zone, or None when this playlist leaves the zone alone."""
        return next((found for found in self.sequences if found.zone == zone), None)


@dataclass(frozen=True)
class DayPart:
    """From `start` to `end` in wall time; an end at or before the start lies on the next day."""

    start: time
    end: time


@dataclass(frozen=True)
class Rule:
    """When a playlist stands in for the base: all given conditions hold on the starting day.

    `first` and `last` are inclusive; no weekdays means every day, no day parts the whole day.
    """

    name: str
    playlist: str
    priority: int
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[Weekday] = frozenset()
    day_parts: tuple[DayPart, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """The base playlist and the rules above it: the higher priority wins, then the earlier."""

    base: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Programme:
    """Everything one channel shows."""

    channel: str
    version: int
    title: str
    zones: tuple[Zone, ...]
    playlists: tuple[Playlist, ...]
    schedule: Schedule
    blobs: tuple[Blob, ...]
    timezone: str = "Europe/Prague"

    def playlist(self, name: str) -> Playlist | None:
        """The playlist of that name."""
        return next((found for found in self.playlists if found.name == name), None)

    def items(self) -> tuple[Item, ...]:
        """Every item of every playlist, in the order of the document."""
        return tuple(
            item
            for playlist in self.playlists
            for sequence in playlist.sequences
            for item in sequence.items
        )

    def blob(self, sha256: Sha256) -> Blob | None:
        """The pinned blob of that hash."""
        return next((found for found in self.blobs if found.sha256 == sha256), None)
