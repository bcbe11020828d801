"""The director's decisions over time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from playlists import Playlist, Programme, Sha256, Turn, Zone, parse_programme, turn
from signage_player import director
from signage_player.director import PRELOAD_LEAD, direct
from tests.unit.playlists.documents import HASH, OTHER, encoded, image, playlist

NOW = datetime(2026, 5, 17, 10, 0, 0, tzinfo=UTC)
PROGRAMME = parse_programme(
    encoded(
        playlists=[playlist("base", image("a", HASH, 6000), image("b", OTHER, 6000))],
    )
)
BOTH = frozenset({Sha256(HASH), Sha256(OTHER)})


def _alert(name: str, severity: Severity, minutes: int = 60, sent: datetime = NOW) -> Alert:
    info = AlertInfo("cs", "e", "h", "d", "i", "a")
    expires = NOW + timedelta(minutes=minutes)
    return Alert(name, sent, severity, Urgency.FUTURE, Certainty.LIKELY, expires, (info,))


def test_no_programme_gives_an_empty_scene() -> None:
    scene = direct(None, frozenset(), NOW, ())
    assert scene.zones == ()
    assert scene.wake > NOW


def test_next_item_is_prepared_only_shortly_before_its_turn() -> None:
    early = direct(PROGRAMME, frozenset(), NOW, ())
    shown = early.zones[0].show
    assert shown is not None
    assert early.zones[0].prepare is None
    assert early.wake == shown.until - PRELOAD_LEAD
    late = direct(PROGRAMME, frozenset(), early.wake, ())
    assert late.zones[0].show == shown
    assert late.zones[0].prepare is not None
    assert late.zones[0].prepare.start == shown.until == late.wake


def test_bad_item_gives_its_time_to_the_next_good_one() -> None:
    first = direct(PROGRAMME, frozenset(), NOW, ()).zones[0].show
    assert first is not None
    scene = direct(PROGRAMME, frozenset({first.item.blob}), NOW, ())
    shown = scene.zones[0].show
    assert shown is not None
    assert shown.item != first.item
    assert shown.start == first.start
    assert shown.until == first.until + timedelta(seconds=6)


def test_when_everything_is_bad_what_stands_is_held() -> None:
    scene = direct(PROGRAMME, BOTH, NOW, ())
    assert (scene.zones[0].show, scene.zones[0].prepare) == (None, None)


def test_worst_then_newest_alert_comes_first_and_expired_ones_go() -> None:
    old = _alert("old", Severity.SEVERE, sent=NOW - timedelta(hours=1))
    alerts = (
        old,
        _alert("new", Severity.SEVERE),
        _alert("gone", Severity.EXTREME, minutes=0),
        _alert("worst", Severity.EXTREME),
    )
    scene = direct(PROGRAMME, frozenset(), NOW, alerts)
    assert [alert.identifier for alert in scene.alerts] == ["worst", "new", "old"]


def test_the_director_wakes_when_an_alert_expires() -> None:
    scene = direct(None, frozenset(), NOW, (_alert("a", Severity.MINOR, minutes=5),))
    assert scene.wake == NOW + timedelta(minutes=5)


def test_each_zone_is_asked_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def count(programme: Programme, zone: Zone, now: datetime) -> Turn:
        asked.append(zone.name)
        return turn(programme, zone, now)

    monkeypatch.setattr(director, "turn", count)
    zones = tuple(Zone(f"z{n}", 0, 0, 10, 10) for n in range(8))
    sequence = PROGRAMME.playlists[0].sequences[0]
    sequences = tuple(replace(sequence, zone=zone.name) for zone in zones)
    wide = replace(PROGRAMME, zones=zones, playlists=(Playlist("base", sequences),))
    direct(wide, frozenset(), NOW, ())
    assert max(asked.count(zone.name) for zone in zones) == 2  # now and next: linear in the zones
