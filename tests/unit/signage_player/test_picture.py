"""How a still is fitted into a zone of another shape."""

import io

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from signage_player.outputs.image_output import decode


def _three_thirds() -> bytes:
    picture = Image.new("RGB", (300, 100), (255, 0, 0))
    picture.paste((0, 255, 0), (100, 0, 200, 100))
    picture.paste((0, 0, 255), (200, 0, 300, 100))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def test_cover_shows_the_middle_and_fills_the_zone() -> None:
    image = decode(_three_thirds(), "image/png", QSize(200, 200), cover=True)
    assert image.size() == QSize(200, 200)
    for x, y in ((4, 4), (195, 4), (100, 100), (4, 195), (195, 195)):
        assert QColor(image.pixel(x, y)) == QColor(0, 255, 0)


def test_contain_shows_all_of_it() -> None:
    image = decode(_three_thirds(), "image/png", QSize(150, 200), cover=False)
    assert image.size() == QSize(150, 50)
    assert QColor(image.pixel(2, 25)) == QColor(255, 0, 0)
    assert QColor(image.pixel(147, 25)) == QColor(0, 0, 255)
