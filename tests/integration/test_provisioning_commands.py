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
from provisioning.enroll import read_certificate
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
    assert main(["enroll", str(folder), "desk-001"]) == 0
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
    assert capsys.readouterr().out == "desk-001\nlobby-001\n"
    assert enrolled(city) == ("desk-001", "lobby-001")
    assert "enrolled already" in _failed(capsys, "enroll", city.root, "lobby-001")
    assert "is enrolled" in _failed(capsys, "revoke", city.root, "infobox-001")
    assert "Device id" in _failed(capsys, "enroll", city.root, "../evil")


def test_a_name_keeps_its_key_when_it_is_renewed(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    identity = city.device("desk-001")
    key, before = identity.key.read_bytes(), read_certificate(identity.certificate)
    assert main(["renew", str(city.root), "desk-001", "gateway", "city-desk"]) == 0
    after = read_certificate(identity.certificate)
    assert identity.key.read_bytes() == key
    assert (after.subject, after.public_key()) == (before.subject, before.public_key())
    assert after.serial_number != before.serial_number
    assert "desk-001: " in capsys.readouterr().out
    assert "is enrolled" in _failed(capsys, "renew", city.root, "lobby-009")


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "diary").touch(mode=0o644)
    assert "is not empty" in _failed(capsys, "init", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["diary"]


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_only_the_owner_can_read_what_is_secret(tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "city"
    words = [sys.executable, "-m", "provisioning"]
    for command in (["init", str(folder)], ["enroll", str(folder), "lobby-001"]):
        subprocess.run([*words, *command], umask=umask, check=True, stdout=subprocess.DEVNULL)
    keys = [*folder.rglob("key.pem"), *(folder / "keys").iterdir()]
    assert len(keys) == 1 + 3 + 3 + 1 + 11
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in keys} == {0o700}
    assert folder.stat().st_mode & 0o777 == 0o700


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
    words += ["--headline-cs", "Povodeň", "--headline-en", "Flood"]
    assert main(words) == 0
    assert "WARNING: no device belongs to the area 'liberec'" in capsys.readouterr().out
    saved = parse_cap((city.root / "alerts" / "liberec.cap.xml").read_bytes())
    assert (saved.msg_type, len(saved.infos)) == (MsgType.ALERT, 2)
    assert main(["alert", "cancel", folder, "--area", "liberec"]) == 0
    assert main(["alert", "cancel", folder, "--area", "liberec"]) == 0
    assert "No alert is in force" in _failed(capsys, "alert", "cancel", folder, "--area", "other")
    change = ["desired", "set", folder, "desk-001", "--channel", "hall", "--area", "liberec"]
    assert main(change) == 0
    assert "serial 1, channel hall" in capsys.readouterr().out
    assert main(words) == 0
    assert "Devices of the area: desk-001." in capsys.readouterr().out
    assert "No device 'desk-01'" in _failed(capsys, *change[:3], "desk-01", *change[4:])
    assert main(["resend", folder]) == 0
    assert capsys.readouterr().out == "Said again: 1 desired states, alerts of 1 areas.\n"
    assert main(["hint", folder, "lobby"]) == 0


def test_a_rollout_that_makes_no_sense(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("rollout", "start", city.root, "--release", "2.0", "--waves")
    assert "needs at least one wave" in _failed(capsys, *words, "a,")
    assert "twice" in _failed(capsys, *words, "a,b", "a")
    assert "No device 'never-said'" in _failed(capsys, *words, "never-said")
    assert main(["enroll", str(city.root), "fresh-001"]) == 0
    assert "must name a channel" in _failed(capsys, *words, "fresh-001")
    assert "not a plain name" in _failed(capsys, *words[:4], "../2", "--waves", "fresh-001")


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
    capsys.readouterr()
    assert main(["configure", str(folder), "--server-name", "localhost"]) == 0
    assert f"provisioning renew {folder} broker gateway content" in capsys.readouterr().out
    assert "TCP port" in _failed(capsys, "configure", folder, "--broker-port", "70000")
    assert "cannot be reached" in _failed(capsys, "hint", folder, "lobby")


def test_a_content_server_whose_port_is_taken(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(city.settings.broker_port)
    words = ("publish", "serve", city.root, "--port", port)
    assert "cannot listen on" in _failed(capsys, *words)
    assert "must be a TCP port" in _failed(capsys, *words[:-1], "99999")


def test_refresh_has_nothing_to_do_at_first(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "refresh", str(city.root)]) == 0
    assert "Renewed: revocation list." in capsys.readouterr().out


def test_the_module_is_the_command(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "provisioning", "list", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert done.stderr.startswith("provisioning: There is no city")
