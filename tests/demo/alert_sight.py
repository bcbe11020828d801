"""How one sees from pixels that the crisis alert covers a device's screen; raises none."""

import threading
import time
from datetime import UTC, datetime, timedelta

from device_agent.wire.alert import Severity
from device_agent.wire.severity_signs import SEVERITY_SIGNS
from provisioning.console import AlertOrder, AlertText
from tests.demo.display import Display
from tests.demo.pixels import Pixels, Rgb, near
from tests.demo.place import AREA, KIOSK, LOBBY

# Places at the edge of the screen that only a full-screen cover paints, and in which colour.
EDGE = 3
KIOSK_SEVERE: Rgb = SEVERITY_SIGNS[Severity.SEVERE].ground
LOBBY_SEVERE: Rgb = SEVERITY_SIGNS[Severity.SEVERE].band


def order() -> AlertOrder:
    """A sample alert in Czech and English, plainly an exercise."""
    return AlertOrder(
        area=AREA,
        severity=Severity.SEVERE,
        expires=datetime.now(UTC) + timedelta(hours=1),
        place="Liberec – střed (ukázka) / city centre (sample)",
        texts=(
            AlertText(
                "cs",
                "Cvičení: přívalový déšť",
                "Silný déšť: nevstupujte do podchodů",
                "Cvičná zpráva. V centru stoupá voda, podchody se uzavírají.",
                "Jděte po povrchu, auta nechte na vyvýšených místech.",
            ),
            AlertText(
                "en",
                "Exercise: torrential rain",
                "Heavy rain: stay out of the underpasses",
                "This is an exercise. Water is rising in the centre, underpasses are closing.",
                "Walk above ground and leave cars on higher places.",
            ),
        ),
    )


def covered(device: str, display: Display, pixels: Pixels) -> bool:
    """True when the alert covers the whole screen of that device."""
    colour = {KIOSK: KIOSK_SEVERE, LOBBY: LOBBY_SEVERE}[device]
    right, bottom = display.width - 1 - EDGE, display.height - 1 - EDGE
    corners = ((EDGE, EDGE), (right, EDGE), (EDGE, bottom), (right, bottom))
    return all(near(pixels.rgb(x, y), colour) for x, y in corners)


class Watch:
    """Watches one display in a thread until the alert covers it, or no longer does."""

    def __init__(self, device: str, display: Display, *, until_covered: bool) -> None:
        self._device, self._display, self._wanted = device, display, until_covered
        self._seen: float | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        with Pixels(self._display) as pixels:
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                if covered(self._device, self._display, pixels) is self._wanted:
                    self._seen = time.monotonic()
                    return
                time.sleep(0.002)

    def seen(self) -> float:
        """The monotonic time of the change; TimeoutError names the device when it never came."""
        self._thread.join()
        if self._seen is None:
            what = "appear on" if self._wanted else "leave"
            raise TimeoutError(f"the alert did not {what} {self._device} within 10 s")
        return self._seen


def watch_all(displays: dict[str, Display], *, until_covered: bool) -> dict[str, Watch]:
    """A watch for each device's display."""
    return {
        device: Watch(device, display, until_covered=until_covered)
        for device, display in displays.items()
    }
