"""Attack: somebody with a keyboard tries to close, leave or break the kiosk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.kiosk_rig import SIZE, Kiosk, XServer

KEYS = (
    "alt+F4",
    "ctrl+w",
    "ctrl+q",
    "F11",
    "Escape",
    "alt+Tab",
    "super",
    "ctrl+alt+F1",
    "ctrl+alt+Delete",
    "alt+space",
    "Menu",
    "Print",
)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with XServer() as server, Kiosk(tmp_path, server.name) as kiosk:
        kiosk.wait_ready()
        kiosk.touch("attract", "touch")
        kiosk.wait_showing("home")
        yield kiosk


def test_no_key_closes_or_leaves_the_window(kiosk: Kiosk) -> None:
    before = kiosk.windows()
    for key in KEYS:
        kiosk.xdotool("key", key)
    _assert_untouched(kiosk, before)


def test_a_right_click_and_drags_from_the_edges_do_nothing(kiosk: Kiosk) -> None:
    before = kiosk.windows()
    kiosk.xdotool("mousemove", "360", "700", "click", "3")
    for x, y in ((360, 0), (0, 640), (SIZE[0] - 1, 640), (360, SIZE[1] - 1)):
        kiosk.xdotool("mousemove", str(x), str(y), "mousedown", "1")
        kiosk.xdotool("mousemove", "360", "640", "mouseup", "1")
    _assert_untouched(kiosk, before)


def _assert_untouched(kiosk: Kiosk, windows: list[int]) -> None:
    kiosk.agent.beat = None
    assert kiosk.wait_showing("home").healthy
    assert kiosk.windows() == windows
