"""``kiosk-app card virtual``: sample cards on a reader, for a newcomer; over real pcscd."""

import argparse
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk_app.cards import virtual
from tests.fakes.card_reader import shared_card_reader

ROOT = Path(__file__).parents[2]


def _command(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    virtual.add_parser(parser.add_subparsers())
    return parser.parse_args(["virtual", *arguments])


def test_the_list_names_each_card_and_what_opens_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert virtual.run_virtual(_command("--list")) == 0
    shown = capsys.readouterr().out
    assert re.search("^jana +identity card", shown, re.MULTILINE)
    assert "--can 654321" in shown
    assert "--mrz 'P<CZEVZOROVA<<JANA<" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [((), "Say which card"), (("nobody",), "There is no card 'nobody'")],
)
def test_without_a_card_of_that_name(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert virtual.run_virtual(_command(*arguments)) == 2
    assert sentence in capsys.readouterr().err


def test_outside_the_source_tree(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(virtual, "_SOURCE_TREE", tmp_path)
    assert virtual.run_virtual(_command("jana")) == 2
    assert "source tree only" in capsys.readouterr().err


def test_without_a_virtual_reader(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert virtual.run_virtual(_command("jana", "--reader", str(tmp_path))) == 1
    assert "No virtual reader takes a card" in capsys.readouterr().err


def test_a_card_lies_there_until_it_is_interrupted() -> None:
    reader = shared_card_reader()
    environment = {**os.environ, **reader.environment}
    command = [sys.executable, "-m", "kiosk_app", "card"]
    laid = subprocess.Popen(
        [*command, "virtual", "jana", "--reader", str(reader.directory)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with laid:
        assert laid.stdout is not None
        assert "until Ctrl-C" in laid.stdout.readline()
        read = _read_when_there([*command, "read", "--can", "123456", "--json"], environment)
        laid.send_signal(signal.SIGINT)
        assert laid.wait(10) == 0
    assert '"VZOROVA"' in read


def _read_when_there(command: list[str], environment: dict[str, str]) -> str:
    """Read the card; the driver looks for one only now and then."""
    for _ in range(50):
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return done.stdout
    raise AssertionError(done.stderr)
