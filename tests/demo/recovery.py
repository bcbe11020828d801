"""Kills one program of the running demo with SIGKILL and sees it work again; gates nothing."""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from PIL import ImageStat

from tests.demo.kiosk_hand import Hand
from tests.demo.place import DEVICES, KIOSK, LOBBY, PROGRAMS
from tests.demo.running import Demo
from tests.demo.supervisor import descendants, started, wait_until
from tests.fakes.card_reader import answers

GIVE_UP_SECONDS = 20.0
NOT_BLACK = 8.0


@dataclass(frozen=True)
class Recovery:
    """What was killed, after how many seconds it worked again, and what else started anew."""

    name: str
    seconds: float
    disturbed: tuple[str, ...]


def kill_and_wait(demo: Demo, name: str) -> Recovery:
    """SIGKILL to the program, then wait until what it does for people is there again.

    Raises:
        TimeoutError: it was not back after 20 s.
    """
    before = {other: demo.supervisor.pid(other) for other in demo.supervisor.names()}
    works = _works(demo, name)
    begun = time.monotonic()
    os.kill(before[name], signal.SIGKILL)
    wait_until(f"{name}: a new process", lambda: demo.supervisor.pid(name) != before[name], 10)
    wait_until(f"{name}: at work", works, GIVE_UP_SECONDS)
    seconds = time.monotonic() - begun
    others = (other for other in before if other != name)
    disturbed = tuple(o for o in others if demo.supervisor.pid(o) != before[o])
    return Recovery(name, seconds, disturbed)


def kill_window(demo: Demo, *, front: bool) -> Recovery:
    """SIGKILL to the kiosk's window in front, or to the spare; the usher must repair both."""
    usher = demo.supervisor.pid("kiosk")
    windows = sorted(descendants([usher]), key=started)
    victim = windows[0] if front else windows[-1]
    hand = Hand(demo.displays[KIOSK])
    hand.prepare("attract")
    begun = time.monotonic()
    os.kill(victim, signal.SIGKILL)

    def two_again() -> bool:
        now = descendants([usher])
        return victim not in now and len(now) == len(windows)

    wait_until("two windows", two_again, GIVE_UP_SECONDS)
    hand.expect("attract", GIVE_UP_SECONDS)
    name = "kiosk window in front" if front else "kiosk spare window"
    disturbed = () if demo.supervisor.pid("kiosk") == usher else ("kiosk",)
    return Recovery(name, time.monotonic() - begun, disturbed)


def _works(demo: Demo, name: str) -> Callable[[], bool]:
    """The question whether a program does its work for people."""
    ports = demo.place.ports
    listening = {
        "broker": ports.broker,
        "content-server": ports.content,
        "account-gateway": ports.gateway,
        "printer": ports.printer,
        "openid-provider": ports.openid,
    }
    if name in listening:
        return lambda: _connects(socket.AF_INET, ("127.0.0.1", listening[name]))
    if name.startswith("agent-"):
        path = str(demo.place.socket(name.removeprefix("agent-")))
        return lambda: _connects(socket.AF_UNIX, path)
    if name == "card-reader":
        return lambda: answers(demo.place.reader)
    device = _shown_by(name)
    return _picture_of(demo, device) if device else lambda: demo.supervisor.alive(name)


def _shown_by(name: str) -> str | None:
    """The device whose picture shows that this program is back."""
    by_name = {PROGRAMS[device]: device for device in DEVICES}
    return {**by_name, "x-infobox": KIOSK, "x-lobby": LOBBY}.get(name)


def _picture_of(demo: Demo, device: str) -> Callable[[], bool]:
    display = demo.displays[device]

    def lit() -> bool:
        try:
            picture = display.grab()
        except OSError:  # the X server is not there yet
            return False
        return sum(ImageStat.Stat(picture.convert("L")).mean) > NOT_BLACK

    return lit


def _connects(family: socket.AddressFamily, address: tuple[str, int] | str) -> bool:
    with socket.socket(family) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(address) == 0
