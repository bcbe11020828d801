"""`kiosk-app`: the commands are there, and what stops one is a sentence and an exit code."""

import subprocess
import sys
from pathlib import Path


def kiosk_app(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk_app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_help_names_every_command() -> None:
    said = kiosk_app("--help").stdout
    assert all(command in said for command in ("run", "window", "card", "receipt"))


def test_a_missing_configuration_is_one_sentence(tmp_path: Path) -> None:
    done = kiosk_app("run", "--config", str(tmp_path / "kiosk.toml"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "kiosk.toml: cannot be read" in done.stderr


def test_the_usher_has_no_qt() -> None:
    program = "import sys, kiosk_app.usher; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
