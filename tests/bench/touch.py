"""Touch → next screen of the kiosk, beside a bare QML window whose one area changes its colour."""

import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from PIL import Image

from tests.bench.cold_start import BARE_QML, running
from tests.bench.finger import Finger
from tests.bench.harness import Goal, Result, Series
from tests.demo.display import Display, x_server_command
from tests.demo.kiosk_controls import control_positions, expected_picture
from tests.demo.kiosk_controls import measure as lay_out
from tests.demo.pixels import Pixels, Rgb, near
from tests.demo.programs import NO_GPU, python
from tests.demo.reserved import ReservedDisplays
from tests.demo.settings import toml
from tests.demo.supervisor import wait_until
from tests.demo.telltale import Telltale, telltale
from tests.fakes.card_reader import CardReader
from tests.integration.kiosk_rig import AgentSocket

ROUNDS = 30
GOAL = Goal(0.95, 100.0)
SIZE = (1080, 1920)
REST_SECONDS = 0.1  # a person's finger is not faster, and the last frame is done
WALK = (
    ("home", "tile.account", "can"),
    ("can", "back", "home"),
    ("home", "tile.board", "board"),
    ("board", "back", "home"),
    ("home", "tile.situations", "situations"),
    ("situations", "back", "home"),
)
"""Screen, control, next screen."""
SCREENS = ("attract", "home", "can", "board", "situations")
COLOURS: tuple[Rgb, Rgb] = ((18, 113, 91), (245, 178, 61))
TOGGLE = """
import QtQuick
Rectangle {
    property bool on: false
    color: on ? "#f5b23d" : "#12715b"
    MouseArea { anchors.fill: parent; onClicked: parent.on = !parent.on }
}
"""


def measure() -> Sequence[Result]:
    """Walks the public screens and the pad again and again, on a display of its own."""
    lay_out(SCREENS, SIZE)
    numbers = ReservedDisplays()
    number = numbers.next()
    display = Display(f":{number}", 0, 0, *SIZE)
    with (
        closing(numbers),
        running(x_server_command(number, *SIZE), {}),
        tempfile.TemporaryDirectory() as home,
    ):
        wait_until("the X server", display.is_up, 10)
        with Finger(display.name) as finger, Pixels(display) as pixels:
            environment = {"DISPLAY": display.name, "HOME": home, **NO_GPU}
            bare = _bare(Path(home), environment, finger, pixels)
            ours = _kiosk(Path(home), environment, finger, pixels)
    peer = Series("a bare QML window that changes its colour", bare)
    return tuple(
        Result(f"Touch → next screen: {name}", Series("ours", samples), (peer,), GOAL)
        for name, samples in ours.items()
    )


def _bare(
    folder: Path, environment: dict[str, str], finger: Finger, pixels: Pixels
) -> tuple[float, ...]:
    qml = folder / "bare.qml"
    qml.write_text(TOGGLE, encoding="utf-8")
    x, y = SIZE[0] // 2, SIZE[1] // 2
    with running(python("-c", BARE_QML, qml)(), environment):
        pixels.wait(partial(_is, x, y, COLOURS[0]), 30)
        finger.move(x, y)
        samples = []
        for index in range(2 * ROUNDS):
            time.sleep(REST_SECONDS)
            wanted = COLOURS[(index + 1) % 2]
            begun = time.monotonic()
            finger.press()
            seen = pixels.wait(partial(_is, x, y, wanted), 10)
            samples.append(1000 * (seen - begun))
    return tuple(samples)


def _is(x: int, y: int, colour: Rgb, pixels: Pixels) -> bool:
    return near(pixels.rgb(x, y), colour)


def _kiosk(
    folder: Path, environment: dict[str, str], finger: Finger, pixels: Pixels
) -> dict[str, tuple[float, ...]]:
    settings = folder / "kiosk.toml"
    size = dict(zip(("width", "height"), SIZE, strict=True))
    agent = AgentSocket(folder / "agent.sock")  # says that there is a connection: no line for it
    place = {"x": 0, "y": 0, **size}
    settings.write_text(toml({"id": "bench", "agent_socket": str(agent.path), "geometry": place}))
    tells = {(before, after): _tell(before, after) for before, _, after in WALK}
    samples: dict[str, list[float]] = {"all": []}
    command = python("-m", "kiosk_app", "run", "--config", settings)()
    with (
        closing(agent),
        CardReader() as reader,
        running(command, {**environment, **reader.environment}),
    ):
        _come_home(finger, pixels)
        for _ in range(ROUNDS):
            for before, control, after in WALK:
                time.sleep(REST_SECONDS)
                took = _touch(finger, pixels, (before, control), tells[before, after])
                samples["all"].append(took)
                samples.setdefault(f"{before} → {after}", []).append(took)
    return {name: tuple(taken) for name, taken in samples.items()}


def _come_home(finger: Finger, pixels: Pixels) -> None:
    black = Image.new("RGB", SIZE)
    pixels.wait(telltale((black,), expected_picture("attract", SIZE)).seen, 30)
    time.sleep(1)  # the spare is being started, and pages compiled: a citizen is not there yet
    _touch(finger, pixels, ("attract", "touch"), _tell("attract", "home"))


def _tell(before: str, after: str) -> Telltale:
    return telltale((expected_picture(before, SIZE),), expected_picture(after, SIZE))


def _touch(finger: Finger, pixels: Pixels, control: tuple[str, str], tell: Telltale) -> float:
    """Milliseconds from the press to the next screen."""
    screen, name = control
    finger.move(*control_positions(screen, SIZE)[name])
    begun = time.monotonic()
    finger.press()
    return 1000 * (pixels.wait(tell.seen, 10) - begun)
