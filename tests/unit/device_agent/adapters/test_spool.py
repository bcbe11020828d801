"""Events stay on disk until acknowledged; numbers only grow; what is damaged does not stop it."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from device_agent.adapters.mqtt import Delivered, MqttEvent
from device_agent.adapters.outbox import WINDOW, Outbox
from device_agent.adapters.spool import Spool
from device_agent.wire.local import AlertShown
from tests.fakes.broker_line import FakeLine

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PROOF = AlertShown("player", "a-1", NOW)


def numbers(spool: Spool) -> list[int]:
    return [event.number for event in spool.waiting(0, 1000)]


def test_events_wait_through_a_restart_and_numbers_go_on(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s.sqlite", "d")
    for _ in range(3):
        spool.add(PROOF)
    spool.remove(2)
    spool.close()
    spool = Spool(tmp_path / "s.sqlite", "d")
    assert numbers(spool) == [1, 3]
    spool.remove(3)
    added = spool.add(PROOF)
    assert added is not None
    assert added.number == 4
    spool.close()


def test_the_oldest_goes_when_it_is_full(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s.sqlite", "d", limit=3)
    for _ in range(5):
        spool.add(PROOF)
    assert numbers(spool) == [3, 4, 5]
    spool.close()


def test_a_damaged_file_is_set_aside_and_numbers_still_grow(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(b"no database at all" * 500)
    spool = Spool(path, "d")
    added = spool.add(PROOF)
    assert added is not None
    assert added.number > 1_000_000
    assert path.with_suffix(".damaged").exists()
    spool.close()


def test_a_damaged_event_is_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s.sqlite", "d")
    spool.add(PROOF)
    with spool._database():
        spool._database().execute("INSERT INTO event VALUES (7, x'00')")
    assert numbers(spool) == [1]
    assert numbers(spool) == [1]
    spool.close()


def test_a_disk_that_refuses_loses_events_until_it_takes_them_again(tmp_path: Path) -> None:
    (tmp_path / "away").write_bytes(b"")  # not a directory: nothing can be opened in it
    spool = Spool(tmp_path / "away" / "s.sqlite", "d")
    assert spool.add(PROOF) is None
    assert spool.waiting(0, 9) == []
    spool.remove(1)
    (tmp_path / "away").unlink()
    (tmp_path / "away").mkdir()
    assert spool.add(PROOF) is not None
    assert numbers(spool) == [1]
    spool.close()


def test_a_full_disk_at_the_start_keeps_the_spool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.sqlite"
    spool = Spool(path, "d")
    spool.add(PROOF)
    spool.close()

    def full(*_: object, **__: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", full)
        spool = Spool(path, "d")
        assert spool.waiting(0, 9) == []
    assert numbers(spool) == [1]
    assert not path.with_suffix(".damaged").exists()
    spool.close()


@pytest.mark.parametrize("cut", [1, 100, 4096, 5000])
def test_a_log_cut_short_by_a_power_cut_costs_its_last_events_only(
    cut: int, tmp_path: Path
) -> None:
    spool = Spool(tmp_path / "s.sqlite", "d")
    for _ in range(9):
        spool.add(PROOF)
    after = tmp_path / "after"
    after.mkdir()
    for suffix in ("", "-wal"):
        data = (tmp_path / f"s.sqlite{suffix}").read_bytes()
        (after / f"s.sqlite{suffix}").write_bytes(data[: len(data) - (cut if suffix else 0)])
    spool.close()
    spool = Spool(after / "s.sqlite", "d")
    kept = numbers(spool)
    assert kept == list(range(1, len(kept) + 1))
    assert 6 <= len(kept) < 9
    assert not (after / "s.damaged").exists()
    spool.close()


def test_damage_under_way_sets_the_file_aside_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    spool = Spool(path, "d")
    for _ in range(200):
        spool.add(PROOF)
    spool.close()
    spool = Spool(path, "d")
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40_000)
    spool._database().execute("PRAGMA shrink_memory")  # forget the pages read before
    assert spool.waiting(0, 200) == []
    added = spool.add(PROOF)
    assert added is not None
    assert added.number > 1_000_000
    assert path.with_suffix(".damaged").exists()
    spool.close()


class Rig:
    """A spool, its outbox and a line that is there from the beginning."""

    def __init__(self, folder: Path) -> None:
        self.spool = Spool(folder / "s.sqlite", "d")
        self.line = FakeLine(self.hear)
        self.outbox = Outbox(self.spool, "d", self.line.publish)
        self.line.connect()

    def hear(self, event: MqttEvent) -> None:
        if isinstance(event, Delivered):
            self.outbox.delivered(event.mid)
        else:
            self.outbox.line_changed()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.spool.close()


def test_the_outbox_sends_a_window_and_goes_on_with_acknowledgements(rig: Rig) -> None:
    for _ in range(WINDOW + 5):
        rig.outbox.add(PROOF)
    assert len(rig.line.sent) == WINDOW
    assert set(rig.line.sent) == {"om/v1/d/d/event/alert-shown"}
    rig.outbox.delivered(999)
    rig.outbox.delivered(1)
    assert len(rig.line.sent) == WINDOW + 1
    rig.line.answer()
    assert len(rig.line.sent) == WINDOW + 5
    assert numbers(rig.spool) == []


def test_what_had_no_line_goes_on_the_next(rig: Rig) -> None:
    rig.line.lose()
    rig.outbox.add(PROOF)
    rig.outbox.add(PROOF)
    assert rig.line.sent == []
    rig.line.connect()
    assert len(rig.line.sent) == 2
    assert numbers(rig.spool) == [1, 2]
    rig.line.answer()
    assert numbers(rig.spool) == []


def test_what_is_under_way_is_not_given_to_the_line_again(rig: Rig) -> None:
    rig.outbox.add(PROOF)
    for _ in range(100):
        rig.outbox.line_changed()  # the line itself sends what was not acknowledged again
    assert len(rig.line.sent) == 1
    rig.outbox.add(PROOF)
    assert len(rig.line.sent) == 2


def test_what_the_broker_refused_does_not_stop_the_rest_and_goes_on_the_next_line(
    rig: Rig,
) -> None:
    for _ in range(WINDOW + 1):
        rig.outbox.add(PROOF)
    for mid in range(1, WINDOW + 1):
        rig.outbox.not_taken(mid)
    assert len(rig.line.sent) == WINDOW + 1
    rig.outbox.line_changed()
    assert len(rig.line.sent) == WINDOW + 1 + WINDOW - 1
