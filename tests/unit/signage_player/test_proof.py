"""Proof of play: what was really seen, from when until when."""

from datetime import UTC, datetime, timedelta

from device_agent.wire.local import ProofOfPlay
from signage_player.proof import MOST_OPEN, Ledger

NOW = datetime(2026, 5, 17, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=5)
LAST = NOW + timedelta(seconds=9)


def test_an_item_is_proved_when_the_next_one_comes() -> None:
    ledger, proofs = Ledger().show("main", "a", NOW, "base")
    assert proofs == ()
    _, proofs = ledger.show("main", "b", LATER, "base")
    assert proofs == (ProofOfPlay("a", NOW, LATER, "base"),)


def test_time_under_an_alert_is_not_proved() -> None:
    ledger, _ = Ledger().show("main", "a", NOW, "base")
    ledger, proofs = ledger.cover(LATER)
    assert proofs == (ProofOfPlay("a", NOW, LATER, "base"),)
    assert ledger.cover(LAST) == (ledger, ())
    hidden, proofs = ledger.show("main", "b", LAST, "base")
    assert proofs == ()
    _, proofs = hidden.uncover(LAST).close(LAST + timedelta(seconds=1))
    assert proofs == (ProofOfPlay("b", LAST, LAST + timedelta(seconds=1), "base"),)


def test_uncovering_what_is_not_covered_changes_nothing() -> None:
    ledger, _ = Ledger().show("main", "a", NOW, "base")
    assert ledger.uncover(LATER) is ledger


def test_clock_set_back_gives_no_proof_that_ends_before_it_begins() -> None:
    ledger, _ = Ledger().show("main", "a", LATER, "base")
    assert ledger.close(NOW)[1] == ()


def test_the_ledger_is_bounded() -> None:
    ledger = Ledger()
    for number in range(MOST_OPEN * 3):
        ledger, _ = ledger.show(f"zone-{number}", "a", NOW, "base")
    assert len(ledger.standing) <= MOST_OPEN + 1
