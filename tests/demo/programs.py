"""Says which programs the demo runs and how each is started; starts none itself."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from device_agent.adapters.slots import read_choice
from provisioning.city import City
from tests.demo.display import Display, x_server_command
from tests.demo.place import DEVICES, KIOSK, PROGRAMS, Place
from tests.demo.supervisor import Program
from tests.fakes.card_reader import environment as reader_environment

MODULES = {"kiosk": "kiosk_app", "player": "signage_player"}
# The demo may run as root, where Chromium's sandbox cannot; the product's units never set this.
ROOT_ONLY = {"QTWEBENGINE_DISABLE_SANDBOX": "1"} if os.geteuid() == 0 else {}
NO_GPU = {"QT_QUICK_BACKEND": "software", "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}


def python(*arguments: str | Path) -> Callable[[], list[str]]:
    """A command of this environment's Python."""
    command = [sys.executable, *map(str, arguments)]
    return lambda: list(command)


def x_server(name: str, number: int, width: int, height: int) -> Program:
    """A device's virtual X server."""
    return Program(f"x-{name}", lambda: x_server_command(number, width, height))


def services(place: Place, city: City) -> list[Program]:
    """The city hall's side."""
    broker = ["mosquitto", "-c", str(city.broker_configuration)]
    gateway = ("-m", "kiosk_app.gateway", "serve", "--config", place.root / "gateway.toml")
    return [
        Program("broker", lambda: broker),
        Program("content-server", python("-m", "provisioning", "publish", "serve", city.root)),
        Program("account-gateway", python(*gateway)),
        Program("openid-provider", _openid_provider(place)),
    ]


def _openid_provider(place: Place) -> Callable[[], list[str]]:
    return python(
        *("-m", "tests.fakes.openid_provider", "--port", str(place.ports.openid)),
        *("--certificate", place.openid / "127.0.0.1.pem", "--key", place.openid / "127.0.0.1.key"),
        *("--secret", place.openid_secret),
    )


def edge(place: Place) -> list[Program]:
    """The virtual hardware: card reader, card and receipt printer."""
    printer = ("--port", str(place.ports.printer), "--out", place.receipts)
    card = ("--reader", place.reader, "--pki", place.documents, "--presence", place.card)
    return [
        Program("card-reader", python("-m", "tests.fakes.card_reader", "--dir", place.reader)),
        Program("card", python("-m", "tests.fakes.virtual_card", *card)),
        Program("printer", python("-m", "tests.fakes.receipt_printer", *printer), stdin=True),
    ]


def device(place: Place, name: str, display: Display) -> list[Program]:
    """A device's agent, and its program out of the booted slot."""
    agent = ("-m", "device_agent", "run", "--config", place.device(name) / "agent.toml")
    return [
        Program(f"agent-{name}", python(*agent), device=name),
        Program(PROGRAMS[name], _from_slot(place, name), _environment(place, name, display), name),
    ]


def everything(place: Place, city: City, displays: dict[str, Display]) -> list[Program]:
    """All programs but the X servers, in the order of their start."""
    devices = [program for name in DEVICES for program in device(place, name, displays[name])]
    return [*services(place, city), *edge(place), *devices]


def _from_slot(place: Place, name: str) -> Callable[[], list[str]]:
    program = PROGRAMS[name]
    settings = place.device(name) / f"{program}.toml"
    slots = place.slots(name)

    def command() -> list[str]:
        slot = (slots / "booted").read_text(encoding="ascii") or read_choice(slots).primary
        start = slots / "slots" / slot / "bin" / "program"
        return [str(start), MODULES[program], "run", "--config", str(settings)]

    return command


def _environment(place: Place, name: str, display: Display) -> dict[str, str]:
    home = place.device(name) / "home"
    home.mkdir(exist_ok=True)
    reader = reader_environment(place.reader) if name == KIOSK else {}
    graphics = NO_GPU if display.virtual else {}
    return {
        "DISPLAY": display.name,
        "HOME": str(home),
        "OM_PYTHON": sys.executable,
        **reader,
        **graphics,
        **ROOT_ONLY,
    }
