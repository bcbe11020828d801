"""A citizen's hand and eye at the infobox: touches controls, waits for screens; decides nothing."""

import time

from PIL import Image

from tests.demo.display import Display, difference
from tests.demo.kiosk_controls import control_positions, expected_picture, measure
from tests.demo.pixels import Pixels
from tests.demo.telltale import telltale

# Mean difference of 255 between a screen and its expected picture, clocks included. Two problem
# screens differ by over 3, any other two by over 4.
LIKE = 2.0
MOVING = {"attract": 7.0, "put-card": 7.0, "reading": 7.0}  # screens with an animation
LOOK_SECONDS = 0.03
SMALL = 4  # pictures are compared at a quarter of their size


class Hand:
    """Works one kiosk's screen by real X input events."""

    def __init__(self, display: Display, language: str = "cs") -> None:
        self.display = display
        self.language = language

    @property
    def size(self) -> tuple[int, int]:
        """The kiosk's window in pixels."""
        return self.display.width, self.display.height

    def touch(self, screen: str, control: str) -> None:
        """Touches the centre of a control of a screen."""
        x, y = control_positions(screen, self.size, self.language)[control]
        self.display.tap(x, y)

    def expect(self, screen: str, seconds: float = 10.0) -> float:
        """Waits until the screen looks as it should; the seconds it took, or TimeoutError."""
        wanted = _small(expected_picture(screen, self.size, self.language))
        like = MOVING.get(screen, LIKE)
        begun = time.monotonic()
        while (apart := difference(_small(self.display.grab()), wanted)) > like:
            if time.monotonic() - begun > seconds:
                raise TimeoutError(f"“{screen}” is not on the screen (difference {apart:.1f}/255)")
            time.sleep(LOOK_SECONDS)
        return time.monotonic() - begun

    def wait_for_change(
        self, before: tuple[str, ...], after: str, pixels: Pixels, seconds: float = 10.0
    ) -> float:
        """The monotonic time at which `after` replaced one of `before` on the screen."""
        pictures = tuple(expected_picture(name, self.size, self.language) for name in before)
        tell = telltale(pictures, expected_picture(after, self.size, self.language))
        return pixels.wait(tell.seen, seconds)

    def prepare(self, *screens: str) -> None:
        """Lays these screens out beforehand, so that no measured time contains it."""
        measure(screens, self.size, self.language)


def _small(picture: Image.Image) -> Image.Image:
    size = (picture.width // SMALL, picture.height // SMALL)
    return picture.convert("RGB").resize(size)
