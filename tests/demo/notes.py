"""What a step of the tour writes down while it runs: figures, facts and pictures."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image

from tests.demo.display import png
from tests.demo.report import Figure, Picture

WIDEST_PICTURE = 1280


@dataclass
class Notes:
    """The notes of one step."""

    figures: list[Figure] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def figure(self, what: str, seconds: float) -> None:
        """A measured time."""
        self.figures.append(Figure(what, seconds))

    def promise(self, what: str, seconds: float, limit: float) -> None:
        """A measured time with the limit that was promised for it; being late is noted."""
        self.figure(what, seconds)
        if seconds >= limit:
            self.late.append(f"{what}: {seconds:.2f} s, promised within {limit:g} s")

    def fact(self, sentence: str) -> None:
        """Something that was checked and held."""
        self.facts.append(sentence)

    def picture(self, name: str, caption: str, image: Image.Image) -> None:
        """A screenshot, scaled down for the report."""
        self.pictures.append(Picture(name, caption, png(image, WIDEST_PICTURE)))

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Measures a block."""
        begun = time.monotonic()
        yield
        self.figure(what, time.monotonic() - begun)


class StepError(Exception):
    """The step saw something else than it should; one sentence."""


def require(held: bool, sentence: str) -> None:  # noqa: FBT001 - reads like assert
    """Fails the step with the sentence unless it held."""
    if not held:
        raise StepError(sentence)
