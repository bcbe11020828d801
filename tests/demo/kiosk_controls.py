"""Where each control of a kiosk screen is and how it looks; the product has no hook for it.

The same QML is laid out without a display, at the same size, with the sample citizen's account as
the gateway tells it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

SCREENS = (
    "attract",
    "home",
    "can",
    "can-complete",
    "put-card",
    "account-todos",
    "account-payments",
    "account-cases",
    "payment",
    "printed",
    "phone",
    "account-todos+phone",
    "account-documents",
    "account-documents+pin",
    "pin",
    "board",
    "situations",
    "problem-card",
    "countdown",
    "alert-severe",
)
"""The screens the demo touches; every scene of tests.qml.scenes is understood.

A plus and "pin" or "phone" behind a scene's name is the account as that sign-in opens it.
"""


def control_positions(
    screen: str, size: tuple[int, int], language: str = "cs"
) -> dict[str, tuple[int, int]]:
    """The centre of each visible control in pixels of the kiosk's window, by object name.

    Names: touch, language.cs, language.en, back, finish, tile.account, tile.board,
    tile.situations, key.0 to key.9, key.erase, key.ok, tab.SECTION, unlock.section, way.phone,
    pay.ID, show.ID, print, go-on, try-again, notice.N, situation.N, stay, countdown.finish,
    understood.

    Raises:
        KeyError: there is no such screen.
    """
    return dict(_measured(screen, size, language).controls)


def expected_picture(screen: str, size: tuple[int, int], language: str = "cs") -> Image.Image:
    """The screen as it should look, but for clocks and dates.

    Raises:
        KeyError: there is no such screen.
    """
    return _measured(screen, size, language).picture


def measure(screens: Iterable[str], size: tuple[int, int], language: str = "cs") -> None:
    """Lays several screens out at once, so that asking for each of them costs nothing later.

    Raises:
        KeyError: one of them is no screen.
    """
    wanted = [name for name in screens if (name, size, language) not in _KNOWN]
    if not wanted:
        return
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    with tempfile.TemporaryDirectory() as folder:
        words = (folder, *map(str, size), language, *wanted)
        command = [sys.executable, "-m", "tests.demo.kiosk_measure", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            reason = done.stderr.strip()
            raise KeyError(f"the kiosk screens {wanted} could not be measured: {reason}")
        for name, controls in json.loads(done.stdout).items():
            picture = Image.open(Path(folder) / f"{name}.png").convert("RGB")
            places = {control: (x, y) for control, (x, y) in controls.items()}
            _KNOWN[name, size, language] = _Laid(places, picture)


@dataclass(frozen=True)
class _Laid:
    """A screen that was laid out: where its controls are and how it looks."""

    controls: dict[str, tuple[int, int]]
    picture: Image.Image


_KNOWN: dict[tuple[str, tuple[int, int], str], _Laid] = {}


def _measured(screen: str, size: tuple[int, int], language: str) -> _Laid:
    measure([screen], size, language)
    return _KNOWN[screen, size, language]
