"""The audit only grows, its pseudonyms last, and a line that was changed or taken out shows."""

import asyncio
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk_app.gateway.audit import Audit, AuditAction, AuditEvent, verify
from kiosk_app.gateway.audit_chain import Broken, Head
from kiosk_app.gateway.audit_file import AuditFile

EVENT = AuditEvent(datetime(2026, 11, 24, tzinfo=UTC), "infobox-001", AuditAction.LOGIN_BEGUN)


def _written(folder: Path, count: int, max_bytes: int = 1 << 20) -> Audit:
    audit = Audit(folder, max_bytes)
    for _ in range(count):
        audit.write(EVENT)
    return audit


def test_record_and_pseudonyms_survive_a_restart(tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        audit = _written(tmp_path, 1)
        names.append(audit.pseudonym("CZE", "999009812"))
        audit.close()
    assert names[0] == names[1]
    lines = (tmp_path / "audit.jsonl").read_text().splitlines()
    assert [json.loads(line)["n"] for line in lines] == [1, 2]
    assert verify(tmp_path) == Head(2, json.loads(lines[1])["mac"])
    assert (tmp_path / "audit.jsonl").stat().st_mode & 0o077 == 0
    assert (tmp_path / "pseudonym.key").stat().st_mode & 0o077 == 0


def test_pseudonyms_of_two_cities_differ(tmp_path: Path) -> None:
    first, second = Audit(tmp_path / "a"), Audit(tmp_path / "b")
    assert first.pseudonym("CZE", "1") != second.pseudonym("CZE", "1")
    assert first.pseudonym("CZE", "1") != first.pseudonym("SVK", "1")
    first.close()
    second.close()


@pytest.mark.parametrize("line", [0, 1, 3])
def test_line_that_was_changed(tmp_path: Path, line: int) -> None:
    _written(tmp_path, 4).close()
    record = tmp_path / "audit.jsonl"
    lines = record.read_text().splitlines()
    lines[line] = lines[line].replace("infobox-001", "infobox-002")
    record.write_text("\n".join(lines) + "\n")
    assert verify(tmp_path) == Broken("audit.jsonl", line + 1)


@pytest.mark.parametrize("line", [0, 1])
def test_line_that_was_taken_out(tmp_path: Path, line: int) -> None:
    _written(tmp_path, 4).close()
    record = tmp_path / "audit.jsonl"
    lines = record.read_text().splitlines()
    del lines[line]
    record.write_text("\n".join(lines) + "\n")
    assert verify(tmp_path) == Broken("audit.jsonl", line + 1)


def test_two_lines_that_changed_places(tmp_path: Path) -> None:
    _written(tmp_path, 4).close()
    record = tmp_path / "audit.jsonl"
    lines = record.read_text().splitlines()
    lines[1], lines[2] = lines[2], lines[1]
    record.write_text("\n".join(lines) + "\n")
    assert verify(tmp_path) == Broken("audit.jsonl", 2)


def test_end_that_was_cut_off_shows_to_whoever_kept_a_mac(tmp_path: Path) -> None:
    _written(tmp_path, 4).close()
    head = verify(tmp_path)
    assert isinstance(head, Head)
    record = tmp_path / "audit.jsonl"
    record.write_text("".join(record.read_text().splitlines(keepends=True)[:3]))
    assert isinstance(verify(tmp_path), Head)
    assert verify(tmp_path, head.mac) == Broken("the end", 3)


def test_mac_kept_of_an_earlier_walk_is_found(tmp_path: Path) -> None:
    _written(tmp_path, 2).close()
    earlier = verify(tmp_path)
    assert isinstance(earlier, Head)
    _written(tmp_path, 2).close()
    assert isinstance(verify(tmp_path, earlier.mac), Head)


def test_line_torn_by_a_power_cut_breaks_nothing_and_is_told(tmp_path: Path) -> None:
    _written(tmp_path, 2).close()
    with (tmp_path / "audit.jsonl").open("a") as record:
        record.write('{"n": 3, "at": "2026-')
    _written(tmp_path, 2).close()
    lines = (tmp_path / "audit.jsonl").read_text().splitlines()
    assert json.loads(lines[3])["torn"] is True
    assert "torn" not in json.loads(lines[4])
    assert isinstance(verify(tmp_path), Head)


def test_line_made_unreadable_is_not_taken_for_a_torn_one(tmp_path: Path) -> None:
    _written(tmp_path, 4).close()
    record = tmp_path / "audit.jsonl"
    lines = record.read_text().splitlines()
    lines[1] = lines[1][:20]
    record.write_text("\n".join(lines) + "\n")
    assert verify(tmp_path) == Broken("audit.jsonl", 2)
    record.write_text("\n".join(lines[:2]) + "\n")
    assert verify(tmp_path) == Broken("audit.jsonl", 2)


def test_record_that_has_grown_long_goes_on_in_another_file(tmp_path: Path) -> None:
    _written(tmp_path, 20, max_bytes=1000).close()
    aside = sorted(tmp_path.glob("audit-*.jsonl"))
    assert len(aside) > 2
    assert all(file.stat().st_size < 1400 for file in aside)
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 20
    aside[1].unlink()
    assert isinstance(verify(tmp_path), Broken)


def test_threads_and_programs_write_one_chain(tmp_path: Path) -> None:
    audits = [Audit(tmp_path, 2000), Audit(tmp_path, 2000)]
    with ThreadPoolExecutor(8) as writing:
        for _ in writing.map(lambda number: audits[number % 2].write(EVENT), range(100)):
            pass
    for audit in audits:
        audit.close()
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 100


def test_records_of_one_moment_are_brought_to_the_disk_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = Audit(tmp_path)
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", synced.append)

    async def crowd() -> None:
        await asyncio.gather(*(audit.append(EVENT) for _ in range(100)))

    asyncio.run(crowd())
    audit.close()
    assert len(synced) <= 2
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 100


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


def test_record_written_in_part_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = _written(tmp_path, 1)
    with monkeypatch.context() as full:
        full.setattr("os.write", lambda _file, data: len(data) - 1)
        with pytest.raises(OSError, match="could not be written whole"):
            audit.write(EVENT)
    audit.write(EVENT)
    audit.close()
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 2


def test_full_file_is_never_put_over_one_that_is_there(tmp_path: Path) -> None:
    _written(tmp_path, 20, max_bytes=1000).close()
    kept = sorted(tmp_path.glob("audit-*.jsonl"))
    kept[0].rename(tmp_path / "kept-elsewhere")
    before = {file: file.read_bytes() for file in kept[1:]}
    _written(tmp_path, 20, max_bytes=1000).close()
    assert {file: file.read_bytes() for file in before} == before
    (tmp_path / "kept-elsewhere").rename(kept[0])
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 40


def test_copy_that_somebody_made_beside_the_record_is_no_part_of_it(tmp_path: Path) -> None:
    _written(tmp_path, 2).close()
    (tmp_path / "audit-copy.jsonl").write_bytes((tmp_path / "audit.jsonl").read_bytes())
    _written(tmp_path, 1).close()
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 3


def test_file_that_cannot_be_begun_costs_no_line_and_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = _written(tmp_path, 1, max_bytes=100)
    really_open = os.open
    with monkeypatch.context() as full:

        def refused(path: Path, flags: int, mode: int = 0o777) -> int:
            if Path(path).name == "audit.jsonl":
                raise OSError(28, "No space left on device")
            return really_open(path, flags, mode)

        full.setattr("os.open", refused)
        audit.write(EVENT)
        for _ in range(3):
            with pytest.raises(OSError, match=r"No such file|No space"):
                audit.write(EVENT)
    bystander = (tmp_path / "bystander").open("w")
    (tmp_path / "audit.jsonl").touch(0o600)
    audit.write(EVENT)
    audit.close()
    bystander.close()
    head = verify(tmp_path)
    assert isinstance(head, Head)
    assert head.count == 3


def test_record_that_fails_in_an_odd_way_leaves_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = Audit(tmp_path)

    async def crowd() -> list[object]:
        with monkeypatch.context() as broken:
            broken.setattr(AuditFile, "append", _odd)
            waiting = [audit.append(EVENT) for _ in range(3)]
            failed: list[object] = list(await asyncio.gather(*waiting, return_exceptions=True))
        await audit.append(EVENT)
        return failed

    failed = asyncio.run(crowd())
    audit.close()
    assert [type(each) for each in failed] == [OSError] * 3


def _odd(_file: AuditFile, _lines: object) -> None:
    raise RuntimeError("something nobody thought of")


def test_command_says_whether_the_chain_holds(tmp_path: Path) -> None:
    keys = ("certificate", "key", "client_ca", "csca", "database")
    lines = [f'{key} = "x"' for key in keys] + ['state = "state"']
    (tmp_path / "gateway.toml").write_text("\n".join(lines))
    _written(tmp_path / "state", 3).close()
    command = [sys.executable, "-m", "kiosk_app.gateway", "audit", "verify", "--config"]
    good = subprocess.run(
        [*command, tmp_path / "gateway.toml"], capture_output=True, text=True, check=False
    )
    assert (good.returncode, good.stdout.split(",")[0]) == (0, "3 records")
    record = tmp_path / "state" / "audit.jsonl"
    record.write_text(record.read_text().replace("login-begun", "login-ended"))
    broken = subprocess.run(
        [*command, tmp_path / "gateway.toml"], capture_output=True, text=True, check=False
    )
    assert broken.returncode == 1
    assert "audit.jsonl, line 1: the chain of the audit is broken" in broken.stderr
