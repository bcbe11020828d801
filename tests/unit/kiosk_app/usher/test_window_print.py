"""The window's way to paper, when the configuration names no printer that could print."""

import logging
import queue

import pytest

from kiosk_app.config import CityNames, PrinterAddress
from kiosk_app.session.events import Event  # noqa: TC001 - an annotation of a local
from kiosk_app.session.events.surroundings import DeviceLost
from kiosk_app.session.model import Device
from kiosk_app.window_print import PrintDesk
from kiosk_app.window_worker import Worker


@pytest.mark.parametrize("uri", ["lpt1:", "tcp://127.0.0.1:9"])
@pytest.mark.parametrize("profile", ["no-such-model", "TM-T88III"])
def test_an_impossible_printer_is_said_once_and_counts_as_missing(
    uri: str, profile: str, caplog: pytest.LogCaptureFixture
) -> None:
    posted: queue.SimpleQueue[Event] = queue.SimpleQueue()
    desk = PrintDesk(
        "infobox-001", CityNames(), PrinterAddress(uri, profile), posted.put, Worker("test")
    )
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            desk.ask()
            assert posted.get(timeout=10) == DeviceLost(Device.PRINTER)
    assert len(caplog.records) == 1
