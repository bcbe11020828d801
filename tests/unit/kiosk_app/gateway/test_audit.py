"""The audit record only grows, and its pseudonyms last."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk_app.gateway.audit import Audit, AuditAction, AuditEvent

EVENT = AuditEvent(datetime(2026, 11, 24, tzinfo=UTC), "infobox-001", AuditAction.LOGIN_BEGUN)


def test_record_and_pseudonyms_survive_a_restart(tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        audit = Audit(tmp_path)
        audit.write(EVENT)
        names.append(audit.pseudonym("CZE", "999009812"))
        audit.close()
    assert names[0] == names[1]
    assert len((tmp_path / "audit.jsonl").read_text().splitlines()) == 2
    assert (tmp_path / "audit.jsonl").stat().st_mode & 0o077 == 0
    assert (tmp_path / "pseudonym.key").stat().st_mode & 0o077 == 0


def test_pseudonyms_of_two_cities_differ(tmp_path: Path) -> None:
    first, second = Audit(tmp_path / "a"), Audit(tmp_path / "b")
    assert first.pseudonym("CZE", "1") != second.pseudonym("CZE", "1")
    assert first.pseudonym("CZE", "1") != first.pseudonym("SVK", "1")
    first.close()
    second.close()


def test_cut_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pseudonym.key").write_bytes(b"short")
    with pytest.raises(OSError, match="is not a key"):
        Audit(tmp_path)


def test_power_cut_while_the_key_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_descriptor: int) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as cutting:
        cutting.setattr("os.fsync", cut)
        with pytest.raises(OSError, match="power cut"):
            Audit(tmp_path / "state")
    audit = Audit(tmp_path / "state")
    assert len((tmp_path / "state" / "pseudonym.key").read_bytes()) == 32
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    audit.close()


def test_record_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    audit.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        audit.write(EVENT)
