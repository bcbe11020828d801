"""What every receipt printer does, whatever its address: on a file and on the virtual printer."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk_app.receipt.elements import ReceiptNumber
from kiosk_app.receipt.printer import ReceiptPrinter
from kiosk_app.receipt.sample import SAMPLES
from tests.fakes.receipt_printer import VirtualPrinter


@pytest.fixture(params=["tcp", "file"])
def uri(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"file:{tmp_path / 'job.bin'}"
        return
    with VirtualPrinter(tmp_path) as virtual:
        yield virtual.uri


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@pytest.mark.parametrize("profile", ["TM-T20II", "TM-T88V", "TM-T88IV", "ZJ-5870", "default"])
def test_it_is_ready_and_prints_each_kind(uri: str, kind: str, profile: str) -> None:
    printer = ReceiptPrinter(uri, profile)
    assert printer.status().ready
    assert printer.print(SAMPLES[kind](ReceiptNumber("VZOR/1"))).ready


def test_it_says_nothing_to_the_log_while_all_is_well(
    uri: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        printer = ReceiptPrinter(uri, "TM-T20II")
        printer.status()
        printer.print(SAMPLES["payment"](ReceiptNumber("VZOR/1")))
        del printer  # with the library's objects, which speak when they go
    assert caplog.messages == []
