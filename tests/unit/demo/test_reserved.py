"""What a demo has reserved nobody else gets, and a dead demo's reservation is free again."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import reserved
from tests.demo.reserved import ReservedDisplays, ReservedPorts


def test_nobody_else_binds_a_reserved_port_until_it_is_released() -> None:
    ports = ReservedPorts(4)
    assert len(set(ports.numbers)) == 4
    with pytest.raises(OSError, match="in use"):
        socket.create_server(("127.0.0.1", ports.numbers[0]))
    ports.release()
    socket.create_server(("127.0.0.1", ports.numbers[0])).close()


def test_ports_are_below_those_that_the_kernel_gives_to_callers() -> None:
    ports = ReservedPorts(2)
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert max(ports.numbers) < lowest
    ports.release()


def test_two_demos_take_different_displays_before_either_has_started_a_server() -> None:
    one, other = ReservedDisplays(), ReservedDisplays()
    numbers = [one.next(), one.next(), other.next()]
    assert len(set(numbers)) == 3
    one.close()
    assert other.next() in numbers[:2]
    other.close()


def test_the_reservation_of_a_killed_demo_is_free_again() -> None:
    script = (
        "from tests.demo.reserved import ReservedDisplays\n"
        "held = ReservedDisplays(); print(held.next(), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        number = int(process.stdout.readline())
        mine = ReservedDisplays()
        assert not mine._mark(number)
        process.kill()
        process.wait()
        assert mine._mark(number)
        mine.close()


def test_the_lock_of_a_killed_server_does_not_count_and_a_living_one_does(tmp_path: Path) -> None:
    lock = tmp_path / ".X599-lock"
    assert not reserved._lock_is_held(lock)
    lock.write_text(f"{2**22 + 1:>10}\n")
    assert not reserved._lock_is_held(lock)
    lock.write_text("         1\n")
    assert reserved._lock_is_held(lock)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another person's file")
def test_what_another_persons_server_left_is_not_ours_to_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / ".X599-lock"
    left.touch()
    assert not reserved._is_anothers(left)
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    assert reserved._is_anothers(left)
    assert not reserved._is_anothers(tmp_path / "none")
