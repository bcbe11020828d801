"""The command line against a real city: what it makes, what it says, how it fails."""

import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from device_agent.wire.cap import MsgType, parse_cap
from provisioning.__main__ import FAILED, main
from provisioning.city import City
from provisioning.founding import enrolled
from tests.integration.city_services import (
    free_port,
    media_files,
    running_broker,
    sample_programme,
)


@pytest.fixture(name="city", scope="module")
def _city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("commands") / "city"
    assert main(["init", str(folder), "--broker-port", str(free_port())]) == 0
    with running_broker(City(folder)):
        yield City(folder)


def _failed(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What a command that must fail says: one sentence, nothing on standard output."""
    capsys.readouterr()
    assert main([str(word) for word in words]) == FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_a_city_is_founded_once(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is a city in" in _failed(capsys, "init", city.root)


def test_devices_are_enrolled_listed_and_revoked(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["enroll", str(city.root), "lobby-001"]) == 0
    assert main(["enroll", str(city.root), "infobox-001"]) == 0
    names = {path.name for path in city.device("lobby-001").folder.iterdir()}
    assert names == {"key.pem", "cert.pem", "ca.pem", "root.json"}
    assert city.device("lobby-001").key.stat().st_mode & 0o777 == 0o600
    assert main(["revoke", str(city.root), "infobox-001"]) == 0
    capsys.readouterr()
    assert main(["list", str(city.root)]) == 0
    assert capsys.readouterr().out == "lobby-001\n"
    assert enrolled(city) == ("lobby-001",)
    assert "enrolled already" in _failed(capsys, "enroll", city.root, "lobby-001")
    assert "No certificate" in _failed(capsys, "revoke", city.root, "infobox-001")
    assert "Device id" in _failed(capsys, "enroll", city.root, "../evil")


def test_a_programme_is_published_from_files(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "programme.json"
    document.write_bytes(sample_programme("hall", 1, b"one"))
    media_files(tmp_path / "media", b"one")
    words = ["publish", "programme", str(city.root), str(document)]
    assert "is not at" in _failed(capsys, *words)
    assert main([*words, "--blobs", str(tmp_path / "media")]) == 0
    assert "version 1 published" in capsys.readouterr().out
    assert "not greater" in _failed(capsys, *words)
    assert "cannot be read" in _failed(capsys, *words[:3], tmp_path / "absent")


def test_a_release_is_published_from_an_archive(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "VERSION").write_text("2.0\n")
    (tmp_path / "program").write_text("#!/bin/sh\n")
    (tmp_path / "program").chmod(0o755)
    with tarfile.open(tmp_path / "r.tar", "w") as tar:
        tar.add(tmp_path / "VERSION", "./VERSION")
        tar.add(tmp_path / "program", "./bin/program")
    words = ["publish", "release", str(city.root), "2.0", str(tmp_path / "r.tar")]
    assert main(words) == 0
    assert "published already" in _failed(capsys, *words)


def test_alerts_and_desired_states_are_said(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(city.root)
    words = ["alert", "raise", folder, "--area", "liberec", "--severity", "Extreme"]
    assert "needs a headline" in _failed(capsys, *words)
    assert main([*words, "--headline-cs", "Povodeň", "--headline-en", "Flood"]) == 0
    saved = parse_cap((city.root / "alerts" / "liberec.cap.xml").read_bytes())
    assert (saved.msg_type, len(saved.infos)) == (MsgType.ALERT, 2)
    assert main(["alert", "cancel", folder, "--area", "liberec"]) == 0
    assert "No alert is in force" in _failed(capsys, "alert", "cancel", folder, "--area", "liberec")
    assert main(["desired", "set", folder, "lobby-001", "--channel", "hall", "--area", "x"]) == 0
    assert "serial 1, channel hall" in capsys.readouterr().out
    assert main(["hint", folder, "lobby"]) == 0


def test_a_rollout_that_makes_no_sense(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("rollout", "start", city.root, "--release", "2.0", "--waves")
    assert "twice" in _failed(capsys, *words, "a,b", "a")
    assert "must name a channel" in _failed(capsys, *words, "never-said")


def test_there_is_no_city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no city in" in _failed(capsys, "list", tmp_path)


def test_settings_change_the_brokers_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "city"
    assert main(["init", str(folder), "--server-name", "broker.vzor.invalid"]) == 0
    assert main(["configure", str(folder), "--broker-port", "1234"]) == 0
    assert City(folder).settings.server_names == ("broker.vzor.invalid",)
    assert "listener 1234 127.0.0.1" in City(folder).broker_configuration.read_text()
    assert "TCP port" in _failed(capsys, "configure", folder, "--broker-port", "70000")
    assert "cannot be reached" in _failed(capsys, "hint", folder, "lobby")


def test_a_content_server_whose_port_is_taken(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(city.settings.broker_port)
    words = ("publish", "serve", city.root, "--port", port)
    assert "cannot listen on" in _failed(capsys, *words)


def test_refresh_has_nothing_to_do_at_first(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "refresh", str(city.root)]) == 0
    assert "Nothing expires soon" in capsys.readouterr().out


def test_the_module_is_the_command(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "provisioning", "list", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert done.stderr.startswith("provisioning: There is no city")
