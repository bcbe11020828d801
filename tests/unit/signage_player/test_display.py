"""Asking whether the display is there."""

import socket
from pathlib import Path

from signage_player.display import is_reachable


def test_no_name_is_no_display() -> None:
    assert not is_reachable("")


def test_local_display_without_a_server(tmp_path: Path) -> None:
    assert not is_reachable(":7", tmp_path)


def test_local_display_with_a_server(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "X7"))
        server.listen()
        assert is_reachable(":7", tmp_path)
        assert is_reachable(":7.0", tmp_path)


def test_display_on_another_machine_is_taken_on_trust(tmp_path: Path) -> None:
    assert is_reachable("stage:0", tmp_path)
