"""city.toml is read whole or refused with the key named."""

from pathlib import Path

import pytest

from provisioning.config import ConfigError, Settings, read_settings, write_settings


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    settings = Settings(name='Žďár "nad" Sázavou', server_names=("a", "::1"), broker_port=1)
    write_settings(tmp_path / "city.toml", settings)
    assert read_settings(tmp_path / "city.toml") == settings


def test_missing_keys_have_defaults(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text("broker_port = 9\n")
    assert read_settings(tmp_path / "city.toml") == Settings(broker_port=9)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("brocker_port = 9", "'brocker_port' is unknown"),
        ('broker_port = "9"', "broker_port must be of the same type"),
        ("broker_port = true", "broker_port must not be true or false"),
        ("broker_port = 65536", "broker_port must be a TCP port"),
        ("content_port = -1", "content_port must be a TCP port"),
        ("server_names = []", "server_names must be host names"),
        ('server_names = ["město.cz"]', "server_names must be host names"),
        ("broker_port = 0", "broker_port must be a TCP port from 1"),
        ('name = ""', "name must be 1 to 54 characters"),
        ('name = "' + "a" * 55 + '"', "name must be 1 to 54 characters"),
        ('alert_sender = "a b"', "alert_sender must have no spaces"),
        ("server_names = [1]", "server_names must be of the same type"),
        ('broker_host = ""', "broker_host must be one word"),
        ('broker_bind = "a\\nlistener 1"', "broker_bind must be one word"),
        ('broker_user = "a b"', "broker_user must be one word or empty"),
        ("= 1", "cannot be read"),
        ("name = 1", "name must be of the same type"),
    ],
)
def test_a_wrong_value_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "city.toml").write_text(text)
    with pytest.raises(ConfigError, match=sentence):
        read_settings(tmp_path / "city.toml")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_settings(tmp_path / "city.toml")
