"""Loads the public content of a directory, part by part; a bad part is empty and says why."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from kiosk_app.content.life_situations import parse_life_situations
from kiosk_app.content.model import CityContent, ContentRefused, LifeSituation, Notice
from kiosk_app.content.notice_board import parse_notice_board
from kiosk_app.content.reading import LARGEST, Node, read_document

logger = logging.getLogger(__name__)

SAMPLE_DIRECTORY: Final = Path(__file__).parent / "sample"
"""Invented content of the sample city."""

_Part = TypeVar("_Part")


def load_content(directory: Path = SAMPLE_DIRECTORY) -> CityContent:
    """The content of `city.json`, `notice_board.json` and `life_situations.json`.

    Never raises for a missing or hostile file: that part is empty, its sentence in `problems`.
    """
    problems: list[str] = []
    city = _part(directory / "city.json", read_document, Node({}, "city.json"), problems)
    no_notices: tuple[Notice, ...] = ()
    notices = _part(directory / "notice_board.json", _notices, no_notices, problems)
    no_situations: tuple[LifeSituation, ...] = ()
    situations = _part(directory / "life_situations.json", _situations, no_situations, problems)
    about = _checked(lambda: (city.text("city", required=False), city.day("as_of")), problems)
    sample = _checked(lambda: city.flag("sample"), problems)
    for problem in problems:
        logger.warning("Content refused: %s", problem)
    name, as_of = about or ("", None)
    return CityContent(name, as_of, bool(sample), notices, situations, tuple(problems))


def _notices(data: bytes, name: str) -> tuple[Notice, ...]:
    return parse_notice_board(data, name).notices


def _situations(data: bytes, name: str) -> tuple[LifeSituation, ...]:
    return parse_life_situations(data, name)


def _part(
    path: Path, parse: Callable[[bytes, str], _Part], nothing: _Part, problems: list[str]
) -> _Part:
    part = _checked(lambda: parse(_read(path), path.name), problems)
    return nothing if part is None else part


def _checked(read: Callable[[], _Part], problems: list[str]) -> _Part | None:
    try:
        return read()
    except ContentRefused as refused:
        problems.append(str(refused))
        return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise ContentRefused(f"{path.name}: cannot be read ({error.strerror}).") from error
