"""The programme language: what a programme is and what is due now."""

from playlists.check import check_programme
from playlists.codec import encode_programme, parse_programme
from playlists.days import Days, Holidays
from playlists.model import (
    Blob,
    Campaign,
    DayPart,
    Fit,
    Image,
    Interrupt,
    Item,
    Once,
    Playlist,
    Problem,
    Programme,
    ProgrammeError,
    Repeating,
    Rule,
    Schedule,
    Sequence,
    Sha256,
    Video,
    Web,
    Zone,
)
from playlists.recurrence import Recurrence, Weekday
from playlists.schedule import Due, Turn, ZoneDue, due, turn

__all__ = [
    "Blob",
    "Campaign",
    "DayPart",
    "Days",
    "Due",
    "Fit",
    "Holidays",
    "Image",
    "Interrupt",
    "Item",
    "Once",
    "Playlist",
    "Problem",
    "Programme",
    "ProgrammeError",
    "Recurrence",
    "Repeating",
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
