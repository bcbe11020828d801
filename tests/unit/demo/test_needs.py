"""The demo says in one sentence what is missing before it starts anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import needs
from tests.demo.place import ROOT


def test_missing_programs_are_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(needs, "PROGRAMS", ("sh", "no-such-program"))
    sentence = needs.missing(tmp_path)
    assert "no-such-program" in sentence
    assert "sh," not in sentence
    assert "make deps" in sentence


def test_a_folder_that_is_a_file_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("")
    assert "not writable" in needs.missing(tmp_path / "build" / "demo")


def test_demo_without_its_programs_ends_with_one_sentence(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.demo", "--once"],
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("demo: not installed: ")
    assert "Xvfb" in run.stderr
    assert len(run.stderr.splitlines()) == 1
