"""The running demo: brings the whole city up and down; walks no tour."""

import functools
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from device_agent.adapters.slots import select_boot_slot
from provisioning.city import City
from provisioning.console import Bridge, DesiredChange
from provisioning.enroll import BRIDGE
from tests.demo import programs
from tests.demo.city import choose_pins, make_city
from tests.demo.display import Display, beside_each_other, size_of
from tests.demo.fleet import Fleet
from tests.demo.listening import listens
from tests.demo.media import make_media
from tests.demo.place import (
    AREA,
    BUILD,
    CHANNELS,
    DEVICES,
    KIOSK,
    LOBBY,
    MEDIA,
    Ports,
    new_place,
)
from tests.demo.progress import doing, telling
from tests.demo.reserved import ReservedDisplays, ReservedPorts
from tests.demo.settings import write_settings
from tests.demo.supervisor import CannotStartError, Supervisor, descendants, wait_until

KIOSK_SIZE = (1080, 1920)
LOBBY_SIZE = (1920, 1080)
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FUTILE = 3  # starts of a service that ended by itself


class Demo:
    """A throw-away city with an infobox and a lobby screen, all parts running."""

    city: City
    bridge: Bridge
    fleet: Fleet
    displays: dict[str, Display]

    def __init__(self, folder: str = "run", *, headless: bool = False) -> None:
        """`folder` under the build folder is made anew; `headless` ignores `DISPLAY`."""
        self._ports, self._numbers = ReservedPorts(len(fields(Ports))), ReservedDisplays()
        self.place = new_place(BUILD / folder, Ports(*self._ports.numbers))
        self._headless = headless
        self.supervisor = Supervisor(self.place.logs, self._boot)

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops everything that was started; a second Ctrl-C does not stop the stopping."""
        with _undisturbed():
            if hasattr(self, "fleet"):
                self.fleet.stop()
            if hasattr(self, "bridge"):
                self.bridge.close()
            self.supervisor.stop()
            self._ports.release()
            self._numbers.close()
            shutil.rmtree(self.place.run, ignore_errors=True)

    def _start(self) -> None:
        with doing("Drawing the sample media"):
            make_media(MEDIA)
        with doing("Founding a throw-away city"):
            self.city = make_city(self.place)
        with doing("Starting the displays"):
            self.displays = self._open_displays()
        with doing("Starting the programs"):
            self._start_programs()
        with doing("Waiting until every part says that it is well"):
            for name in DEVICES:
                self.fleet.wait(name, lambda report: report.verdict.healthy, 60)

    def _open_displays(self) -> dict[str, Display]:
        there = os.environ.get("DISPLAY", "")
        size = size_of(there) if there and not self._headless else None
        if size:
            kiosk, lobby = beside_each_other(there, *size)
            return {KIOSK: kiosk, LOBBY: lobby}
        if there and not self._headless:
            telling(f"No X server answers on DISPLAY={there}; the demo starts its own, unseen.")
        opened = {KIOSK: self._open("infobox", KIOSK_SIZE), LOBBY: self._open("lobby", LOBBY_SIZE)}
        for name, display in zip(("infobox", "lobby"), opened.values(), strict=True):
            self._wait_for(f"x-{name}", display.is_up)
        return opened

    def _open(self, name: str, size: tuple[int, int]) -> Display:
        number = self._numbers.next()
        self.supervisor.start(programs.x_server(name, number, *size))
        return Display(f":{number}", 0, 0, *size)

    def _start_programs(self) -> None:
        write_settings(self.place, self.city, self.displays)
        choose_pins(self.place)
        for name in DEVICES:
            self._boot(name)
        services = programs.services(self.place, self.city)
        self._ports.release()
        for program in services:
            self.supervisor.start(program)
        ports = self.place.ports
        for program, port in zip(
            services, (ports.broker, ports.content, ports.gateway, ports.openid), strict=True
        ):
            self._wait_for(program.name, functools.partial(self._listens, program.name, port))
        for program in programs.edge(self.place):
            self.supervisor.start(program)
        for name in DEVICES:
            for program in programs.device(self.place, name, self.displays[name]):
                self.supervisor.start(program)
        self._listen()

    def _listen(self) -> None:
        self.bridge = self.city.bridge(BRIDGE)
        self.bridge.connect()
        self.fleet = Fleet(self.bridge)
        self.fleet.start()
        for name in DEVICES:
            change = DesiredChange(CHANNELS[name], (AREA,), None)
            self.city.set_desired(self.bridge, name, change, datetime.now(UTC))

    def _wait_for(self, name: str, works: Callable[[], bool]) -> None:
        """Waits until the program works; CannotStartError with its last words when it gave up."""

        def up() -> bool:
            if self.supervisor.restarts.get(name, 0) >= FUTILE:
                said = self.supervisor.last_words(name)
                raise CannotStartError(f"{name} ends again and again: {said}")
            return self.supervisor.alive(name) and works()

        wait_until(name, up, 20)

    def _listens(self, name: str, port: int) -> bool:
        pid = self.supervisor.pid(name)
        return listens({pid, *descendants([pid])}, port)

    def _boot(self, device: str) -> None:
        select_boot_slot(self.place.slots(device))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No Ctrl-C and no SIGTERM inside the block."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers, and only it is interrupted
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
