"""A receipt through python-escpos and TCP onto the virtual printer, read back independently."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pyzbar import pyzbar

from kiosk_app.receipt.command_line import main
from kiosk_app.receipt.elements import Paragraph, QrCode, Receipt, ReceiptNumber, Size, Style
from kiosk_app.receipt.printer import ProfileRefused, ReceiptPrinter, load_profile
from kiosk_app.receipt.sample import SAMPLES
from kiosk_app.receipt.status import PrinterWarning
from tests.fakes.receipt_printer import Fault, VirtualPrinter

NUMBER = ReceiptNumber("infobox-001/000042")
PANGRAM = "Příliš žluťoučký kůň úpěl ďábelské ódy"
POLISH_GERMAN = "Zażółć gęślą jaźń, Größe"


@pytest.fixture
def virtual(tmp_path: Path) -> Iterator[VirtualPrinter]:
    with VirtualPrinter(tmp_path) as printer:
        yield printer


def text_of(picture: Path) -> str:
    return picture.with_suffix(".txt").read_text()


@pytest.mark.parametrize("profile", ["TM-T20II", "TM-T88IV", "TM-T88V", "default"])
@pytest.mark.parametrize("size", list(Size))
def test_czech_letters_come_back_from_the_paper(
    virtual: VirtualPrinter, profile: str, size: Size
) -> None:
    receipt = Receipt(NUMBER, (Paragraph(PANGRAM, Style(size)), Paragraph(POLISH_GERMAN)))
    ReceiptPrinter(virtual.uri, profile).print(receipt)
    text = " ".join(text_of(virtual.receipts[0]).split())
    assert PANGRAM in text
    assert POLISH_GERMAN in text
    assert "?" not in text


def test_letters_no_page_has_are_a_picture_and_never_a_question_mark(
    virtual: VirtualPrinter,
) -> None:
    receipt = Receipt(NUMBER, (Paragraph("Ласкаво просимо"), Paragraph(PANGRAM)))
    ReceiptPrinter(virtual.uri, "TM-T20II").print(receipt)
    text = text_of(virtual.receipts[0])
    assert "[picture" in text
    assert "?" not in text
    assert PANGRAM in text


@pytest.mark.parametrize("profile", ["TM-T20II", "TM-T88V"])
def test_qr_on_the_paper_is_the_payment(virtual: VirtualPrinter, profile: str) -> None:
    receipt = SAMPLES["payment"](NUMBER)
    ReceiptPrinter(virtual.uri, profile).print(receipt)
    expected = [item.content for item in receipt.elements if isinstance(item, QrCode)]
    with Image.open(virtual.receipts[0]) as picture:
        found = [code.data.decode() for code in pyzbar.decode(picture)]
    assert found == expected


def test_qr_is_at_least_four_centimetres_wide(virtual: VirtualPrinter) -> None:
    ReceiptPrinter(virtual.uri, "TM-T20II").print(SAMPLES["payment"](NUMBER))
    with Image.open(virtual.receipts[0]) as picture:
        (code,) = pyzbar.decode(picture)
    assert code.rect.width >= 40 * 203 / 25.4


def test_each_receipt_is_one_strip_with_its_number(virtual: VirtualPrinter) -> None:
    printer = ReceiptPrinter(virtual.uri, "TM-T20II")
    for index in range(3):
        printer.print(SAMPLES["overview"](ReceiptNumber(f"infobox-001/{index}")))
    assert [path.name for path in virtual.receipts] == [f"receipt-00{n}.png" for n in (1, 2, 3)]
    assert ["infobox-001/1" in text_of(path) for path in virtual.receipts] == [False, True, False]


def test_paper_near_its_end_is_a_warning_and_no_hindrance(virtual: VirtualPrinter) -> None:
    virtual.set_faults(Fault.PAPER_NEAR_END)
    status = ReceiptPrinter(virtual.uri, "TM-T20II").print(SAMPLES["payment"](NUMBER))
    assert status.warnings == (PrinterWarning.PAPER_NEAR_END,)
    assert len(virtual.receipts) == 1


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ("TM-T88III", "no Czech code page"),
        ("NT-80-V-UL", "under 20 columns"),
        ("TM-U220", "no Czech code page"),
        ("OCD-300", "no raster"),
        ("no-such-printer", "unknown"),
    ],
)
def test_profile_that_cannot_print_czech_receipts_is_refused(profile: str, reason: str) -> None:
    with pytest.raises(ProfileRefused, match=reason):
        load_profile(profile)


def test_the_library_leaves_the_root_logger_alone() -> None:
    code = (
        "import logging; from kiosk_app.receipt.printer import load_profile;"
        "load_profile('TM-T20II'); assert not logging.root.handlers"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert logging.getLogger("kiosk_app.receipt.printer").level == logging.NOTSET


def test_command_is_zero_when_the_receipt_is_on_paper(virtual: VirtualPrinter) -> None:
    assert main(["receipt", "--sample", "payment", "--printer", virtual.uri]) == 0
    assert "Poplatek za komunální odpad" in text_of(virtual.receipts[0])


@pytest.mark.parametrize(
    ("fault", "word"), [(Fault.PAPER_OUT, "paper-out"), (Fault.COVER_OPEN, "cover-open")]
)
def test_command_says_why_not_in_one_sentence(
    virtual: VirtualPrinter, capsys: pytest.CaptureFixture[str], fault: Fault, word: str
) -> None:
    virtual.set_faults(fault)
    assert main(["receipt", "--sample", "payment", "--printer", virtual.uri]) == 1
    sentence = capsys.readouterr().err
    assert word in sentence
    assert sentence.count("\n") == 1
    assert virtual.receipts == []


def test_virtual_printer_as_a_program_obeys_its_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fakes.receipt_printer", "--out", str(tmp_path)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as program:
        assert program.stdout
        assert program.stdin
        uri = f"tcp://127.0.0.1:{program.stdout.readline().split()[1]}"
        try:
            assert main(["receipt", "--sample", "payment", "--printer", uri]) == 0
        finally:
            program.terminate()
    assert program.returncode == 0
    assert (tmp_path / "receipt-001.png").exists()
