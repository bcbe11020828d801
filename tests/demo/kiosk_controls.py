"""Where each control of a kiosk screen is, by its object name; the product has no hook for it.

The same QML is laid out without a display, at the same size, with the sample citizen's account as
the gateway tells it.
"""

import json
import os
import subprocess
import sys
from functools import cache

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
    "board",
    "situations",
    "problem-card",
    "countdown",
    "alert-severe",
)
"""The screens the demo touches; every scene of tests.qml.scenes is understood."""


def control_positions(
    screen: str, size: tuple[int, int], language: str = "cs"
) -> dict[str, tuple[int, int]]:
    """The centre of each visible control in pixels of the kiosk's window, by object name.

    Names: touch, language.cs, language.en, back, finish, tile.account, tile.board,
    tile.situations, key.0 to key.9, key.erase, key.ok, tab.SECTION, pay.ID, show.ID, print, go-on,
    try-again, notice.N, situation.N, stay, countdown.finish, understood.

    Raises:
        KeyError: there is no such screen.
    """
    return dict(_measured(screen, size, language))


@cache
def _measured(
    screen: str, size: tuple[int, int], language: str
) -> tuple[tuple[str, tuple[int, int]], ...]:
    command = [sys.executable, "-m", "tests.demo.kiosk_measure", screen, *map(str, size), language]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise KeyError(f"the kiosk screen “{screen}” could not be measured: {done.stderr.strip()}")
    return tuple((name, (x, y)) for name, (x, y) in json.loads(done.stdout).items())
