"""Cold start of kiosk and player to their picture, beside the least that draws one at all."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from PIL import Image

from playlists import encode_programme
from tests.bench.harness import Result, Series
from tests.bench.publish import slide
from tests.demo.display import Display, x_server_command
from tests.demo.kiosk_controls import expected_picture
from tests.demo.pixels import Pixels, Rgb, near
from tests.demo.place import ROOT
from tests.demo.programs import NO_GPU, ROOT_ONLY
from tests.demo.reserved import ReservedDisplays
from tests.demo.settings import toml
from tests.demo.supervisor import wait_until
from tests.demo.telltale import telltale

ROUNDS = 8
COLOUR: Rgb = (18, 113, 91)
KIOSK_SIZE = (1080, 1920)
LOBBY_SIZE = (1920, 1080)
BARE_QML = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
app = QGuiApplication([])
view = QQuickView()
view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
view.setSource(QUrl.fromLocalFile(sys.argv[1]))
view.setGeometry(0, 0, 1080, 1920)
view.show()
app.exec()
"""
BARE_MPV = """
import locale, sys, threading
import mpv
locale.setlocale(locale.LC_NUMERIC, "C")
player = mpv.MPV(fs=True, image_display_duration="inf", vo="x11", load_scripts=False)
player.play(sys.argv[1])
threading.Event().wait()
"""


def measure() -> Sequence[Result]:
    """Starts each program anew on a display of its own until its picture stands."""
    with tempfile.TemporaryDirectory() as folder:
        return (_kiosk(Path(folder)), _player(Path(folder)))


def _kiosk(folder: Path) -> Result:
    settings = folder / "kiosk.toml"
    size = dict(zip(("width", "height"), KIOSK_SIZE, strict=True))
    settings.write_text(toml({"id": "bench", "geometry": {"x": 0, "y": 0, **size}}))
    qml = folder / "bare.qml"
    qml.write_text('import QtQuick\nRectangle { color: "#12715b" }\n')
    attract = telltale((Image.new("RGB", KIOSK_SIZE),), expected_picture("attract", KIOSK_SIZE))
    ours = ["-m", "kiosk_app", "run", "--config", str(settings)]
    bare = ["-c", BARE_QML, str(qml)]
    return Result(
        "Cold start of the kiosk → first screen",
        _series("ours: usher, window, attract screen", KIOSK_SIZE, ours, attract.seen),
        (_series("a bare QML window of one colour", KIOSK_SIZE, bare, _middle(KIOSK_SIZE)),),
    )


def _player(folder: Path) -> Result:
    programme, files = slide(folder / "media", 1, COLOUR, 1)
    (folder / "blobs").mkdir()
    for sha256, path in files.items():
        path.rename(folder / "blobs" / sha256)
    picture = next((folder / "blobs").iterdir())
    document = folder / "programme.json"
    document.write_bytes(encode_programme(programme))
    ours = ["-m", "signage_player", "--programme", str(document)]
    bare = ["-c", BARE_MPV, str(picture)]
    seen = _middle(LOBBY_SIZE)
    return Result(
        "Cold start of the player → first item",
        _series("ours: programme checked, slide shown", LOBBY_SIZE, ours, seen),
        (_series("bare libmpv with the same slide", LOBBY_SIZE, bare, seen),),
    )


def _middle(size: tuple[int, int]) -> Callable[[Pixels], bool]:
    x, y = size[0] // 2, size[1] // 2
    return lambda pixels: near(pixels.rgb(x, y), COLOUR)


def _series(
    name: str, size: tuple[int, int], arguments: list[str], seen: Callable[[Pixels], bool]
) -> Series:
    return Series(name, tuple(_once(size, arguments, seen) for _ in range(ROUNDS)))


def _once(size: tuple[int, int], arguments: list[str], seen: Callable[[Pixels], bool]) -> float:
    """Milliseconds from the start of the process to its picture, on a fresh X server."""
    numbers = ReservedDisplays()
    number = numbers.next()
    display = Display(f":{number}", 0, 0, *size)
    with closing(numbers), running(x_server_command(number, *size), {}):
        wait_until("the X server", display.is_up, 10)
        with Pixels(display) as pixels, tempfile.TemporaryDirectory() as home:
            environment = {"DISPLAY": display.name, "HOME": home, **NO_GPU, **ROOT_ONLY}
            begun = time.monotonic()
            with running([sys.executable, *arguments], environment):
                return 1000 * (pixels.wait(seen, 30) - begun)


class running:  # noqa: N801 - reads as a word in `with`
    """A process group that ends with the block."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> None:
        """The process runs already."""

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
