"""Whether Chromium's zygotes still live, told from a process table of our own."""

import os
from pathlib import Path

from signage_player.chromium_watch import ChromiumWatch


def _process(table: Path, number: int, *words: str) -> None:
    (table / str(number)).mkdir(exist_ok=True)
    (table / str(number) / "cmdline").write_bytes(b"\0".join(word.encode() for word in words))


def _children(table: Path, text: str) -> None:
    task = table / str(os.getpid()) / "task" / "1"
    task.mkdir(parents=True, exist_ok=True)
    (task / "children").write_text(text)


def test_a_player_without_chromium_is_not_broken(tmp_path: Path) -> None:
    _children(tmp_path, "")
    assert not ChromiumWatch(tmp_path).is_broken()


def test_a_zygote_that_is_gone_or_only_a_corpse_breaks_it(tmp_path: Path) -> None:
    for corpse in (True, False):
        watch = ChromiumWatch(tmp_path)
        _children(tmp_path, "7 8 ")
        _process(tmp_path, 7, "engine", "--type=zygote")
        _process(tmp_path, 8, "engine", "--type=zygote", "--no-sandbox")
        assert not watch.is_broken()
        (tmp_path / "8" / "cmdline").write_bytes(b"")
        if not corpse:
            (tmp_path / "8" / "cmdline").unlink()
        assert watch.is_broken()


def test_another_child_may_come_and_go(tmp_path: Path) -> None:
    watch = ChromiumWatch(tmp_path)
    _children(tmp_path, "7 9")
    _process(tmp_path, 7, "engine", "--type=zygote")
    _process(tmp_path, 9, "engine", "--type=utility")
    assert not watch.is_broken()
    (tmp_path / "9" / "cmdline").unlink()
    assert not watch.is_broken()
