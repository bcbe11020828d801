"""The programme language: what a programme is and what is due now."""

from playlists.check import check_programme
from playlists.codec import encode_programme, parse_programme
from playlists.model import (
    Blob,
    DayPart,
    Fit,
    Image,
    Item,
    Playlist,
    Problem,
    Programme,
    ProgrammeError,
    Rule,
    Schedule,
    Sequence,
    Sha256,
    Video,
    Web,
    Weekday,
    Zone,
)
from playlists.schedule import Due, Turn, ZoneDue, due, turn

__all__ = [
    "Blob",
    "DayPart",
    "Due",
    "Fit",
    "Image",
    "Item",
    "Playlist",
    "Problem",
    "Programme",
    "ProgrammeError",
    "Rule",
    "Schedule",
    "Sequence",
    "Sha256",
    "Turn",
    "Video",
    "Web",
    "Weekday",
    "Zone",
    "ZoneDue",
    "check_programme",
    "due",
    "encode_programme",
    "parse_programme",
    "turn",
]
