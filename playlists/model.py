"""The nouns of a programme, all frozen; says nothing of JSON, files or what is due now."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NewType

from playlists.days import EVERY_DAY, Days

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
        return self._ends_ms[-1]

    @cached_property
    def _ends_ms(self) -> tuple[int, ...]:
        return tuple(accumulate(item.duration_ms for item in self.items))

    def place(self, elapsed_ms: int) -> tuple[int, int, int]:
        """Index, start and end (ms of its round) of the item at `elapsed_ms` of one round."""
        index = bisect_right(self._ends_ms, elapsed_ms)
        end = self._ends_ms[index]
        return index, end - self.items[index].duration_ms, end

    def begin_of(self, index: int) -> int:
        """Where in its round an item begins, in milliseconds."""
        return self._ends_ms[index] - self.items[index].duration_ms


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
    """When a playlist stands in for the base; the days are those on which a day part starts.

    No day parts means the whole day.
    """

    name: str
    playlist: str
    priority: int
    days: Days = EVERY_DAY
    day_parts: tuple[DayPart, ...] = ()


@dataclass(frozen=True)
class Campaign:
    """A playlist that takes `share` per cent (1 to 100) of the base's time in its zones."""

    name: str
    playlist: str
    share: int
    days: Days = EVERY_DAY
    day_parts: tuple[DayPart, ...] = ()


@dataclass(frozen=True)
class Repeating:
    """For `seconds` from each wall minute that is `minute` modulo `every_minutes`."""

    every_minutes: int
    minute: int
    seconds: int
    days: Days = EVERY_DAY
    day_parts: tuple[DayPart, ...] = ()


@dataclass(frozen=True)
class Once:
    """From one wall time (naive) until another."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Interrupt:
    """A playlist that breaks into rules, campaigns and the base."""

    name: str
    playlist: str
    priority: int
    when: Repeating | Once


@dataclass(frozen=True)
class Schedule:
    """The base playlist and what stands above it.

    Interrupts outrank rules, rules outrank campaigns, campaigns share the base's time. Among
    interrupts and among rules the higher priority wins, then the earlier of the document.
    """

    base: str
    rules: tuple[Rule, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    interrupts: tuple[Interrupt, ...] = ()


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

    def __hash__(self) -> int:
        """Quick, since a programme is the key of what was computed for it."""
        return hash((self.channel, self.version, self.title))

    @cached_property
    def _by_name(self) -> dict[str, Playlist]:
        return {found.name: found for found in reversed(self.playlists)}

    def playlist(self, name: str) -> Playlist | None:
        """The playlist of that name."""
        return self._by_name.get(name)

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
