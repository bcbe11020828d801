"""kiosk.toml: what is read, and that each mistake is named with its file and key."""

from pathlib import Path

import pytest

from kiosk_app.config import (
    ConfigError,
    GatewayAddress,
    KioskConfig,
    SignInChoices,
    load_config,
)

WHOLE = """
id = "infobox-001"
agent_socket = "agent.sock"
content = "content"
reader = "Virtual"
pointer = true
[geometry]
x = 1
y = 2
width = 1080
height = 1920
[session]
idle = 30
countdown = 10.5
busy = 20
phone = 90
[sign_in]
phone = false
passport = false
shuffled_pin_pad = true
[city]
name = "Liberec"
sample = true
timezone = "Europe/Prague"
[gateway]
url = "https://127.0.0.1:1"
ca = "ca.pem"
certificate = "device.pem"
key = "device.key"
[printer]
uri = "tcp://127.0.0.1:9100"
profile = "TM-T20II"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "kiosk.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_key(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, WHOLE))
    assert config.agent_socket == tmp_path / "agent.sock"
    assert (config.geometry.width, config.session.idle) == (1080, 30.0)
    files = (tmp_path / "ca.pem", tmp_path / "device.pem", tmp_path / "device.key")
    assert config.gateway == GatewayAddress("https://127.0.0.1:1", *files)
    assert config.printer is not None
    assert config.session.phone == 90.0
    assert config.sign_in == SignInChoices(phone=False, passport=False, shuffled_pin_pad=True)


def test_only_the_name_is_needed(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, 'id = "x"')) == KioskConfig("x")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "id: is missing"),
        ("id = 1", "id: is not of the right type"),
        ('id = ""', "id: must have"),
        ('id = "x"\nspeed = 1', "speed: is not known here"),
        ('id = "x"\n[session]\nidle = 0', "session.idle: must be from 1"),
        ('id = "x"\n[session]\nidle = true', "session.idle: is not of the right type"),
        ('id = "x"\n[session]\nidle = inf', "session.idle: must be from 1"),
        ('id = "x"\n[session]\nphone = 0', "session.phone: must be from 1"),
        ('id = "x"\n[sign_in]\nphone = 1', "sign_in.phone: is not of the right type"),
        ('id = "x"\n[sign_in]\ncard = true', "sign_in.card: is not known here"),
        ('id = "x"\n[geometry]\nwidth = -1', "geometry: must not be negative"),
        ('id = "x"\n[geometry]\nwidth = 1.5', "geometry.width: is not of the right type"),
        ('id = "x"\n[gateway]\nurl = "https://x"', "gateway.ca: is missing"),
        (WHOLE.replace("https:", "http:"), "gateway.url: must begin with https://"),
        ('id = "x"\n[city]\ntimezone = "Mars/Base"', "city.timezone: is not a known zone"),
        ('id = "x"\n[city]\ntimezone = "../etc"', "city.timezone: is not a known zone"),
        ("id = ", "is not TOML"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        load_config(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read"):
        load_config(tmp_path / "nowhere.toml")
