"""Events stay on disk until acknowledged; numbers only grow; what is damaged does not stop it."""

from datetime import UTC, datetime
from pathlib import Path

from device_agent.adapters.outbox import WINDOW, Outbox
from device_agent.adapters.spool import Spool
from device_agent.wire.local import AlertShown

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
    with spool._database:
        spool._database.execute("INSERT INTO event VALUES (7, x'00')")
    assert numbers(spool) == [1]
    assert numbers(spool) == [1]
    spool.close()


def test_a_disk_that_refuses_loses_one_event_and_no_more(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s.sqlite", "d")
    spool.close()
    assert spool.add(PROOF) is None
    spool.remove(1)


class Line:
    def __init__(self) -> None:
        self.up = True
        self.sent: list[str] = []

    def publish(self, topic: str, payload: bytes) -> int | None:
        del payload
        if not self.up:
            return None
        self.sent.append(topic)
        return len(self.sent)


def test_the_outbox_sends_a_window_and_goes_on_with_acknowledgements(tmp_path: Path) -> None:
    spool, line = Spool(tmp_path / "s.sqlite", "d"), Line()
    outbox = Outbox(spool, "d", line.publish)
    for _ in range(WINDOW + 5):
        outbox.add(PROOF)
    assert len(line.sent) == WINDOW
    assert set(line.sent) == {"om/v1/d/d/event/alert-shown"}
    for mid in range(1, WINDOW + 1):
        outbox.delivered(mid)
    assert len(line.sent) == WINDOW + 5
    outbox.delivered(999)
    assert len(numbers(spool)) == 5
    spool.close()


def test_what_was_not_acknowledged_is_sent_again_on_a_new_line(tmp_path: Path) -> None:
    spool, line = Spool(tmp_path / "s.sqlite", "d"), Line()
    line.up = False
    outbox = Outbox(spool, "d", line.publish)
    outbox.add(PROOF)
    outbox.add(PROOF)
    line.up = True
    outbox.line_changed()
    assert len(line.sent) == 2
    outbox.line_changed()
    assert len(line.sent) == 4
    spool.close()
