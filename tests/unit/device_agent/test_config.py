"""The configuration is read once; each mistake in it is named."""

from pathlib import Path

import pytest

from device_agent.config import ConfigError, load

GOOD = """
[device]
id = "lobby-001"
program = "player"
channel = "lobby"
areas = ["liberec"]
[broker]
host = "127.0.0.1"
[tls]
ca = "ca.pem"
certificate = "cert.pem"
key = "key.pem"
[content]
url = "https://127.0.0.1:8443"
root = "root.json"
directory = "content"
[local]
socket = "/run/agent.sock"
allowed_uids = [0, 1000]
[state]
directory = "state"
[update]
slots = "slots"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "agent.toml"
    path.write_text(text)
    return path


def test_a_good_file_and_its_defaults(tmp_path: Path) -> None:
    config = load(write(tmp_path, GOOD))
    assert config.device == "lobby-001"
    assert config.ca == tmp_path / "ca.pem"
    assert config.socket == Path("/run/agent.sock")
    assert config.groups == ()
    assert (config.broker_port, config.poll_seconds) == (8883, 300.0)
    assert config.probation_seconds == 300.0


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "lobby-001"', 'id = "a/b"', "[device] id must be a name"),
        ('id = "lobby-001"', "", "[device] id is missing"),
        ('"player"', '"editor"', "program must be one of kiosk, player"),
        ('["liberec"]', '"liberec"', "[device] areas must be a list"),
        ('host = "127.0.0.1"', "host = 5", "[broker] host must be text"),
        ('host = "127.0.0.1"', 'host = "x"\nport = 0', "[broker] port must be a number"),
        ('host = "127.0.0.1"', 'host = "x"\ncolour = "red"', "[broker] colour is unknown"),
        ("https://", "http://", "[content] url must begin with https"),
        ("[0, 1000]", '["root"]', "allowed_uids must be a list of user numbers"),
        ('slots = "slots"', 'slots = "s"\npatience_seconds = 1', "patience_seconds must not be"),
        ("[device]", "[extra]\n[device]", "[extra] is unknown"),
        ("[state]\n", "[[state]]\n", "[state] must be a table"),
        ("[device]", "[device", "cannot be read"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, GOOD.replace(old, new)))
    assert sentence in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.toml cannot be read"):
        load(tmp_path / "nothing.toml")
