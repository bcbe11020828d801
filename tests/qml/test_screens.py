"""Every screen in every language and shape: nothing cut off, nothing outside, no warning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QFontMetricsF, QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pyzbar import pyzbar

from kiosk_app.screens.props import derive
from kiosk_app.screens.qr_image import qr_image
from kiosk_app.screens.surface import Surface
from kiosk_app.screens.view_model import ViewModel
from kiosk_app.session.events.touches import Digit, Touch
from kiosk_app.session.model import Language
from kiosk_app.session.screen.in_account import Section
from tests.qml.scenes import SESSIONS, scene

SIZES = [(1080, 1920), (1920, 1080), (720, 1280)]
SCREENSHOTS = Path("build/screens")
SMALLEST_KEY = 41  # pixels: 15 mm on a 32-inch portrait screen of 1080 by 1920


class Shown:
    """A surface with its view model, and what was touched."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.touched: list[Touch] = []
        self.view_model = ViewModel(derive(scene("attract")), self.touched.append)
        self.surface = Surface(self.view_model, QRect(0, 0, *size))
        self.surface.show()

    def show(self, name: str, language: Language) -> None:
        self.view_model.show(derive(scene(name, language)))
        QGuiApplication.processEvents()

    def items(self) -> Iterator[QQuickItem]:
        """All visible items, through parents that are visible too."""
        ahead = [self.surface.contentItem()]
        while ahead:
            item = ahead.pop()
            if item.isVisible():
                yield item
                ahead.extend(item.childItems())


@pytest.fixture(params=SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
def shown(request: pytest.FixtureRequest, qapp: object) -> Iterator[Shown]:
    del qapp  # it has to be there before a window is
    shown = Shown(request.param)
    yield shown
    shown.surface.setSource(QUrl())
    shown.surface.deleteLater()


@pytest.mark.parametrize("language", list(Language))
def test_no_text_is_cut_off_or_outside(shown: Shown, language: Language) -> None:
    faults = []
    width = shown.surface.width()
    for name in SESSIONS:
        shown.show(name, language)
        shown.surface.grabWindow()  # lays everything out
        for item in shown.items():
            if item.property("label") and item.implicitWidth() > item.width() + 1:
                faults.append((name, item.property("label")))
            if not item.inherits("QQuickText") or not item.property("text"):
                continue
            left = item.mapToScene(QPointF(0, 0)).x()
            right = left + item.property("contentWidth")
            wide = item.property("contentWidth") > item.width() + 1
            if item.property("truncated") or wide or left < -1 or right > width + 1:
                faults.append((name, item.property("text")))
    assert faults == []


def test_no_code_pokes_out_of_its_rounded_card(shown: Shown) -> None:
    for name in ("payment", "phone"):
        shown.show(name, Language.CS)
        shown.surface.grabWindow()
        code = next(item for item in shown.items() if item.objectName() == "qr")
        card = code.parentItem()
        cut_off = card.property("radius") * (1 - 0.5**0.5)
        assert (card.width() - code.width()) / 2 > cut_off, name
        assert code.width() > 0.9 * card.width(), name


def test_a_tab_s_name_keeps_clear_of_its_edges(shown: Shown) -> None:
    for language in Language:
        shown.show("account-documents", language)
        shown.surface.grabWindow()
        for tab in (item for item in shown.items() if item.objectName().startswith("tab.")):
            words = [w for w in tab.childItems() if w.inherits("QQuickText")]
            assert all(w.property("contentWidth") < 0.9 * tab.width() for w in words)


@pytest.mark.parametrize("language", list(Language))
def test_no_word_or_number_is_broken_in_two(shown: Shown, language: Language) -> None:
    faults = []
    for name in SESSIONS:
        shown.show(name, language)
        shown.surface.grabWindow()
        for item in shown.items():
            if item.inherits("QQuickText") and item.property("text"):
                metrics = QFontMetricsF(item.property("font"))
                words = re.split("[ \n]", str(item.property("text")))  # no hard spaces
                widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
                if item.property("lineCount") > 1 and widest > item.width() + 1:
                    faults.append((name, item.property("text")))
    assert faults == []


@pytest.mark.parametrize("language", list(Language))
def test_no_text_lies_on_a_key_of_another(shown: Shown, language: Language) -> None:
    faults = []
    for name in SESSIONS:
        if name.startswith(("alert-", "countdown", "attract")):
            continue  # these cover what is beneath, or are one key as a whole
        shown.show(name, language)
        shown.surface.grabWindow()
        placed = _placed(shown.surface.contentItem(), _area(shown.surface.contentItem()), ())
        keys = [each for each in placed if each.name]
        faults += [
            (name, text.words, key.name)
            for text in placed
            for key in keys
            if text.words and key.name not in text.within and key.area.intersects(text.area)
        ]
    assert faults == []


@pytest.mark.parametrize("language", list(Language))
def test_every_screen_is_painted(shown: Shown, language: Language) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = f"{shown.surface.width()}x{shown.surface.height()}"
    for name in SESSIONS:
        shown.show(name, language)
        image = shown.surface.grabWindow()
        assert _colours(image) > 8, name
        assert image.save(str(SCREENSHOTS / f"{name}-{language}-{size}.png"))


@pytest.mark.parametrize("language", list(Language))
def test_an_alert_fills_its_room_and_never_runs_over_the_key(
    shown: Shown, language: Language
) -> None:
    for name in ("alert-extreme", "alert-severe", "alert-moderate", "alert-long"):
        shown.show(name, language)
        shown.surface.grabWindow()
        named = {item.objectName(): item.height() for item in shown.items()}
        assert 0.6 < named["alert.words"] / named["alert.room"] <= 1, name


def test_the_tabs_of_an_account_end_above_the_key_to_print(shown: Shown) -> None:
    for name in ("alert-aside", "account-incomplete", "account-todos"):
        shown.show(name, Language.CS)
        shown.surface.grabWindow()
        areas = {item.objectName(): _area(item) for item in shown.items() if item.objectName()}
        tabs = [area for tab, area in areas.items() if tab.startswith("tab.")]
        assert len(tabs) == len(Section), name
        assert not any(tab.intersects(areas["print"]) for tab in tabs), name


@pytest.mark.parametrize(
    "alike",
    [
        ("can", "can-wrong", "can-wrong-tries", "can-complete"),
        ("pin", "pin-wrong", "pin-wait"),
        ("passport", "passport-wrong"),
        ("passport-date", "passport-no-date"),
    ],
)
@pytest.mark.parametrize("language", list(Language))
def test_no_key_moves_under_the_finger(
    shown: Shown, alike: tuple[str, ...], language: Language
) -> None:
    places = set()
    for name in alike:
        shown.show(name, language)
        shown.surface.grabWindow()
        keys = [item for item in shown.items() if item.objectName().startswith("key.")]
        places.add(tuple(sorted((item.objectName(), *_pixels(item)) for item in keys)))
    assert len(places) == 1


def test_every_key_is_large_enough_for_a_finger(shown: Shown) -> None:
    scale = min(shown.surface.width(), shown.surface.height()) / 1080
    for name in SESSIONS:
        shown.show(name, Language.CS)
        small = [
            item.objectName()
            for item in shown.items()
            if item.objectName() and min(item.width(), item.height()) < SMALLEST_KEY * scale
        ]
        assert small == [], name


def test_a_touched_key_says_what_it_means(shown: Shown) -> None:
    shown.show("can", Language.CS)
    key = next(item for item in shown.items() if item.objectName() == "key.7")
    centre = key.mapToScene(QPointF(key.width() / 2, key.height() / 2)).toPoint()
    QTest.mouseClick(shown.surface, Qt.MouseButton.LeftButton, pos=centre)
    assert shown.touched == [Digit("7")]


def test_a_closing_window_manager_is_refused(shown: Shown) -> None:
    request = QCloseEvent()
    QGuiApplication.sendEvent(shown.surface, request)
    assert request.type() is QEvent.Type.Close
    assert not request.isAccepted()
    assert shown.surface.isVisible()


@pytest.mark.parametrize("side", [240, 401, 620])
def test_the_code_on_the_screen_is_read_back(side: int) -> None:
    text = "SPD*1.0*ACC:CZ6508000000192000145399*AM:1234.50*CC:CZK*X-VS:9990098121*MSG:VZOR"
    image = qr_image(text, side).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(image.constBits())
    picture = Image.frombytes("L", (side, side), rows, "raw", "L", image.bytesPerLine())
    assert [found.data.decode() for found in pyzbar.decode(picture)] == [text]


@dataclass(frozen=True)
class Placed:
    """A text or a key that is wholly seen; no wrapper of an item outlives its page."""

    words: str
    name: str
    area: QRectF
    within: tuple[str, ...]


def _placed(item: QQuickItem, seen: QRectF, within: tuple[str, ...]) -> list[Placed]:
    if not item.isVisible():
        return []
    area, name = _area(item), item.objectName()
    words = item.property("text") if item.inherits("QQuickText") else ""
    found = []
    if (words or name) and area.width() > 0 and seen.contains(area):
        found.append(Placed(words, name, area.adjusted(2, 2, -2, -2), within))
    inside = seen.intersected(area) if item.clip() else seen
    for child in item.childItems():
        found += _placed(child, inside, (*within, name) if name else within)
    return found


def _area(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _pixels(item: QQuickItem) -> tuple[int, int, int, int]:
    area = _area(item).toRect()
    return area.x(), area.y(), area.width(), area.height()


def _colours(image: QImage) -> int:
    small = image.scaled(60, 60)
    return len({small.pixel(x, y) for x in range(60) for y in range(60)})
