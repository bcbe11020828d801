"""Pictures for the raster mode: their size, their content, and the font they need."""

from collections.abc import Iterator

import pytest
from pyzbar import pyzbar

from kiosk_app.receipt import bitmap
from kiosk_app.receipt.bitmap import FontMissing, qr_picture, require_font, text_picture
from kiosk_app.receipt.elements import Align, Size, Style
from kiosk_app.receipt.printer import ProfileRefused, ReceiptPrinter
from kiosk_app.receipt.typeset import Paper, TextLine

PAPER = Paper(48, 64, 576)


@pytest.fixture
def without_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without the font: there is no other way to have one here."""
    monkeypatch.setattr(bitmap, "_FONT_FILES", ("no-such-font.ttf", "no-such-font.ttf"))
    bitmap._font.cache_clear()
    yield
    bitmap._font.cache_clear()


@pytest.mark.parametrize("length", [1, 120, 400])
def test_qr_is_readable_and_as_wide_as_the_paper(length: int) -> None:
    picture = qr_picture("A" * length, PAPER)
    assert picture.width == PAPER.dots
    assert pyzbar.decode(picture.convert("L"))[0].data == b"A" * length


@pytest.mark.parametrize("length", [2000, 9000])
def test_content_too_long_for_the_paper_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=r"room|Data too large"):
        qr_picture("A" * length, Paper(20, 20, 120))


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("align", list(Align))
def test_text_has_ink_and_fits(size: Size, align: Align) -> None:
    picture = text_picture(TextLine("Київ\x00", Style(size, align=align)), PAPER)
    assert picture.width <= PAPER.dots
    assert picture.convert("L").getextrema() == (0, 255)


def test_missing_font_is_named_at_start_up(without_font: None) -> None:  # noqa: ARG001 - a fixture
    with pytest.raises(FontMissing, match="fonts-dejavu-core"):
        require_font()
    with pytest.raises(ProfileRefused, match="fonts-dejavu-core"):
        ReceiptPrinter("tcp://127.0.0.1:9100", "TM-T20II")
