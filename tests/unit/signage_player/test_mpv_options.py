"""Which output mpv is told to use; a choice that is left open makes it probe Vulkan."""

from pathlib import Path

from signage_player.outputs.mpv_output import suited


def test_without_a_card_nothing_is_probed(tmp_path: Path) -> None:
    assert suited("", "auto-safe", tmp_path / "missing")["vo"] == "x11"
    assert suited("", "auto-safe", tmp_path)["hwdec"] == "no"


def test_with_a_card_opengl_is_named(tmp_path: Path) -> None:
    (tmp_path / "renderD128").touch()
    found = suited("", "auto-safe", tmp_path)
    assert found == {"vo": "gpu,x11", "gpu_context": "x11egl", "hwdec": "auto-safe"}


def test_the_setting_wins(tmp_path: Path) -> None:
    assert suited("xv", "no", tmp_path)["vo"] == "xv"
    assert suited("gpu", "no", tmp_path)["gpu_context"] == "x11egl"
