"""Decides what the stage shows now and until when, and what it prepares; pure, shows nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from device_agent.wire.alert import Alert
from playlists import Item, Programme, Sha256, Zone, turn

PRELOAD_LEAD = timedelta(seconds=4)
"""How long before its turn an item is made ready behind the one that is shown."""
_LOOK_AHEAD = 32
_LATEST = timedelta(hours=1)


@dataclass(frozen=True)
class Cue:
    """An item's turn in a zone; `start` may lie in the past."""

    item: Item
    start: datetime
    until: datetime
    playlist: str


@dataclass(frozen=True)
class ZoneScene:
    """What a zone shows (None: hold what stands) and what it prepares behind (None: nothing)."""

    zone: Zone
    show: Cue | None
    prepare: Cue | None


@dataclass(frozen=True)
class Scene:
    """What the whole screen shows; nothing changes before `wake`."""

    alerts: tuple[Alert, ...]
    zones: tuple[ZoneScene, ...]
    wake: datetime


def direct(
    programme: Programme | None,
    unusable: frozenset[Sha256],
    now: datetime,
    alerts: tuple[Alert, ...],
) -> Scene:
    """The scene at `now` (aware): a programme, blobs known to be bad, and the alerts in force.

    An item with a bad blob gives its time to the next good one, whose turn thereby begins early.
    Alerts that have expired are left out; the worst, then the newest, comes first.
    """
    standing = _standing(alerts, now)
    turns = _turns(programme, unusable, now) if programme else ()
    zones = tuple(scene for scene, _ in turns)
    wakes = [now + _LATEST, *(alert.expires for alert in standing), *(wake for _, wake in turns)]
    return Scene(standing, zones, min(wakes))


def _standing(alerts: tuple[Alert, ...], now: datetime) -> tuple[Alert, ...]:
    standing = [alert for alert in alerts if alert.expires > now]
    return tuple(sorted(standing, key=lambda a: (a.severity.rank, -a.sent.timestamp())))


def _turns(
    programme: Programme, unusable: frozenset[Sha256], now: datetime
) -> tuple[tuple[ZoneScene, datetime], ...]:
    return tuple(_zone_turn(programme, zone, unusable, now) for zone in programme.zones)


def _zone_turn(
    programme: Programme, zone: Zone, unusable: frozenset[Sha256], now: datetime
) -> tuple[ZoneScene, datetime]:
    shown = _good_cue(programme, zone, unusable, now)
    if shown is None:
        return ZoneScene(zone, None, None), now + _LATEST
    following = _good_cue(programme, zone, unusable, shown.until)
    begin = shown.until - PRELOAD_LEAD
    if begin > now:
        return ZoneScene(zone, shown, None), begin
    return ZoneScene(zone, shown, following), shown.until


def _good_cue(
    programme: Programme, zone: Zone, unusable: frozenset[Sha256], now: datetime
) -> Cue | None:
    """The turn at `now`; when its blob is bad, the next good item from that turn's start on."""
    at, start = now, None
    for _ in range(_LOOK_AHEAD):
        found = turn(programme, zone, at)
        start = start or found.start
        if found.item.blob not in unusable:
            return Cue(found.item, start, found.until, found.playlist)
        at = found.until
    return None
