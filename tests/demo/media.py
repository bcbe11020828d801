"""Makes the sample city's media at build time; holds no programme and commits no blob."""

import shutil
from collections.abc import Callable  # noqa: TC003 - an annotation of a local
from pathlib import Path

from tests.demo.clip import write_clip
from tests.demo.slides import sights, waste_fee

NEW_HEADLINE = "Poplatek za odpad: zbývá už jen týden"


def make_media(out: Path, size: tuple[int, int] = (1920, 1080)) -> dict[str, Path]:
    """Write what is missing of the sample media into `out`; the names and files.

    Slides have `size`; the film is 1280x720 at 25 frames a second, 8 s. A file that is there is
    left alone, so a second call costs nothing.
    """
    out.mkdir(parents=True, exist_ok=True)
    makers: dict[str, Callable[[Path], object]] = {
        "school.mp4": write_clip,
        "waste.png": lambda path: waste_fee().resize(size).save(path),
        "waste-new.png": lambda path: waste_fee(NEW_HEADLINE).resize(size).save(path),
        "sights.png": lambda path: sights().resize(size).save(path),
        "agenda.html": lambda path: shutil.copyfile(Path(__file__).with_name("agenda.html"), path),
    }
    media = {name: out / name for name in makers}
    for name, path in media.items():
        if not path.exists():
            part = path.with_name(f"part-{name}")
            makers[name](part)
            part.rename(path)
    return media
