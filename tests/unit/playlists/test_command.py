"""The command `playlists`."""

import json
from pathlib import Path

import pytest

from playlists.__main__ import main
from tests.unit.playlists.documents import encoded


def test_check_says_what_a_good_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(encoded())
    assert main(["check", str(path)]) == 0
    assert "lobby version 1" in capsys.readouterr().out


def test_check_names_every_fault_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(encoded(version=0, extra=1))
    assert main(["check", str(path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_due_reads_wall_time_of_the_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(encoded())
    assert main(["due", str(path), "--at", "2026-05-17T12:00:07", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["item"], found["start"]) == ("b", "2026-05-17T12:00:05.000+02:00")
    assert main(["due", str(path)]) == 0
    assert "then" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["check", "/nowhere"], ["due", "FILE", "--at", "soon"]])
def test_what_cannot_be_done_is_one_sentence(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(encoded())
    assert main([str(path) if word == "FILE" else word for word in words]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
