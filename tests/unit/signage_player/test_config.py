"""The player's settings."""

from pathlib import Path

import pytest

from signage_player.config import Config, ConfigError, Geometry, read_config


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "player.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
content = "/c"
agent_socket = "/s"
screen = "HDMI-1"
video_output = "x11"
hardware_decoding = "no"
sound = true
geometry = {x = 0, y = 10, width = 800, height = 600}
"""
    assert read_config(_file(tmp_path, text)) == Config(
        Path("/c"), Path("/s"), "HDMI-1", Geometry(0, 10, 800, 600), "x11", "no", sound=True
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('content = "/c"\ncolour = 1', "unknown key 'colour'"),
        ('content = "/c"\nsound = "yes"', "'sound' must be a bool"),
        ("", "'content'"),
        ("=", "TOML"),
        ('content = "/c"\ngeometry = {x = 0, y = 0, width = 0, height = 1}', "geometry"),
        ('content = "/c"\ngeometry = {x = 0}', "geometry"),
    ],
)
def test_bad_settings_are_refused_with_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        read_config(_file(tmp_path, text))


def test_a_missing_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.toml"):
        read_config(tmp_path / "nothing.toml")
