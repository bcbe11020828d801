"""Which alerts are in force after which messages; replays and strangers change nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from device_agent.core.alerts import (
    LAPSED_SECONDS,
    MAX_ACTIVE,
    MAX_SEEN,
    AlertBook,
    AlertRefusal,
    Refused,
    Taken,
    in_force,
    keep_areas,
    lapse,
    receive,
)
from device_agent.core.clock import Clock
from device_agent.wire.cap import (
    CapInfo,
    CapMessage,
    CapReference,
    Certainty,
    MsgType,
    Severity,
    Urgency,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
INFO = CapInfo(
    "cs", "Met", "Vítr", Urgency.FUTURE, Severity.MINOR, Certainty.POSSIBLE,
    NOW + timedelta(hours=1), "Vítr", "", "", (),
)  # fmt: skip


def message(
    identifier: str,
    kind: MsgType = MsgType.ALERT,
    refers: str = "",
    sent: datetime = NOW,
) -> CapMessage:
    references = (CapReference("s", refers, NOW),) if refers else ()
    return CapMessage(identifier, "s", sent, "Actual", kind, references, (INFO,))


def active(book: AlertBook) -> list[str]:
    return [a.alert.identifier for a in in_force(book)]


def at(hours: float, ticks: float) -> Clock:
    return Clock(NOW + timedelta(hours=hours), ticks)


def test_an_alert_is_raised_updated_and_cancelled() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    assert active(book) == ["1"]
    book, _ = receive(book, "liberec", message("2", MsgType.UPDATE, "1"), NOW)
    assert active(book) == ["2"]
    book, outcome = receive(book, "liberec", message("3", MsgType.CANCEL, "2"), NOW)
    assert active(book) == []
    assert outcome == Taken()


def test_what_comes_twice_counts_once() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    assert receive(book, "liberec", message("1"), NOW) == (book, Taken())
    book, _ = receive(book, "liberec", message("2", MsgType.CANCEL, "1"), NOW)
    assert receive(book, "liberec", message("2", MsgType.CANCEL, "1"), NOW) == (book, Taken())


def test_a_replayed_alert_after_its_cancel_is_refused() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    book, _ = receive(book, "liberec", message("2", MsgType.CANCEL, "1"), NOW)
    assert receive(book, "liberec", message("1"), NOW) == (book, Refused(AlertRefusal.REPLAYED))


def test_a_cancel_that_comes_first_keeps_its_alert_away() -> None:
    book, _ = receive(AlertBook(), "liberec", message("2", MsgType.CANCEL, "1"), NOW)
    _, outcome = receive(book, "liberec", message("1"), NOW)
    assert outcome == Refused(AlertRefusal.REPLAYED)


def test_a_replay_is_refused_even_when_its_identifier_was_forgotten() -> None:
    book, _ = receive(AlertBook(), "liberec", message("old"), NOW)
    book = replace(book, active=())
    for number in range(MAX_SEEN + 5):
        sent = NOW + timedelta(seconds=number + 1)
        fresh = message(f"c{number}", MsgType.CANCEL, f"r{number}", sent)
        book, _ = receive(book, "liberec", fresh, NOW)
    assert len(book.seen) == MAX_SEEN
    assert all(seen.identifier != "old" for seen in book.seen)
    _, outcome = receive(book, "liberec", message("old"), NOW)
    assert outcome == Refused(AlertRefusal.REPLAYED)


def test_an_expired_alert_ends_and_does_not_come_back() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    book = lapse(book, at(hours=1, ticks=100))
    assert active(book) == []
    assert receive(book, "liberec", message("1"), NOW + timedelta(hours=1)) == (book, Taken())
    book = lapse(book, at(hours=2, ticks=100 + LAPSED_SECONDS))
    assert book.active == ()
    later = NOW + timedelta(hours=2)
    assert receive(book, "liberec", message("1"), later) == (book, Taken())
    assert receive(book, "liberec", message("1"), NOW)[1] == Refused(AlertRefusal.REPLAYED)
    assert receive(book, "liberec", message("9"), later)[1] == Refused(AlertRefusal.EXPIRED)


def test_a_clock_set_forward_and_back_does_not_end_an_alert() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    book = lapse(book, at(hours=24 * 9999, ticks=100))
    assert active(book) == []
    book = lapse(book, at(hours=24 * 9999, ticks=99 + LAPSED_SECONDS))
    book = lapse(book, at(hours=0.5, ticks=100 + LAPSED_SECONDS))
    assert active(book) == ["1"]


def test_a_clock_set_back_keeps_an_alert_and_brings_no_old_one_back() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    unset = Clock(datetime(1970, 1, 1, tzinfo=UTC), 5.0)
    assert active(lapse(book, unset)) == ["1"]
    book = lapse(book, at(hours=1, ticks=10))
    book = lapse(book, at(hours=3, ticks=10 + LAPSED_SECONDS))
    assert lapse(book, unset).active == ()


def test_an_alert_cancelled_while_the_clock_was_wrong_stays_ended() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    book = lapse(book, at(hours=9, ticks=10))
    book, _ = receive(book, "liberec", message("2", MsgType.CANCEL, "1"), NOW)
    assert active(lapse(book, at(hours=0.1, ticks=20))) == []


def test_lapsed_alerts_make_room_for_new_ones() -> None:
    book = AlertBook()
    for number in range(MAX_ACTIVE):
        book, _ = receive(book, "liberec", message(f"old-{number}"), NOW)
    book = lapse(book, at(hours=1, ticks=10))
    book, outcome = receive(book, "liberec", message("new"), NOW)
    assert outcome == Taken()
    assert active(book) == ["new"]


def test_an_exercise_is_not_shown() -> None:
    drill = replace(message("1"), status="Exercise")
    book, outcome = receive(AlertBook(), "liberec", drill, NOW)
    assert (active(book), outcome) == ([], Refused(AlertRefusal.NOT_ACTUAL))


def test_a_true_alert_brought_to_another_area_is_refused() -> None:
    aimed = replace(message("1"), targets=("jablonec",))
    assert receive(AlertBook(), "liberec", aimed, NOW)[1] == Refused(AlertRefusal.WRONG_AREA)
    assert receive(AlertBook(), "jablonec", aimed, NOW)[1] == Taken()


def test_there_is_a_limit_to_alerts_in_force() -> None:
    book = AlertBook()
    for number in range(MAX_ACTIVE):
        book, _ = receive(book, "liberec", message(str(number)), NOW)
    _, outcome = receive(book, "liberec", message("more"), NOW)
    assert outcome == Refused(AlertRefusal.TOO_MANY)
    book, _ = receive(book, "liberec", message("u", MsgType.UPDATE, "0"), NOW)
    assert len(book.active) == MAX_ACTIVE


def test_alerts_of_areas_left_end() -> None:
    book, _ = receive(AlertBook(), "liberec", message("1"), NOW)
    book, _ = receive(book, "jablonec", message("2"), NOW)
    assert active(keep_areas(book, ["jablonec"])) == ["2"]
