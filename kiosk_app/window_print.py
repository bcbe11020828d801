"""Prints receipts in a worker's thread; lays nothing out and knows no printer's language."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk_app.config import CityNames, PrinterAddress
from kiosk_app.receipt.address import AddressRefused
from kiosk_app.receipt.conversation import PrinterProblem
from kiosk_app.receipt.elements import Receipt, ReceiptNumber
from kiosk_app.receipt.layout import Letterhead, overview_receipt, payment_receipt
from kiosk_app.receipt.qr_platba import PaymentRefused
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.session.effects import PrintOverview, PrintPayment
from kiosk_app.session.events import Event
from kiosk_app.session.events.answers import PrintFailed, ReceiptPrinted
from kiosk_app.session.events.surroundings import DeviceFound, DeviceLost
from kiosk_app.session.model import Device
from kiosk_app.window_worker import Worker

if TYPE_CHECKING:
    from kiosk_app.receipt.printer import ReceiptPrinter

logger = logging.getLogger(__name__)


class PrintDesk:
    """The way from an account to paper; answers go to `post` as events."""

    def __init__(
        self,
        kiosk: str,
        city: CityNames,
        address: PrinterAddress | None,
        post: Callable[[Event], None],
        worker: Worker,
    ) -> None:
        self._kiosk = kiosk
        self._zone = ZoneInfo(city.timezone)
        self._letterhead = Letterhead(city.above, city.name, city.address, city.sample)
        self._address = address
        self._post = post
        self._worker = worker
        self._printer: ReceiptPrinter | None = None
        self._refused = False

    def ask(self) -> None:
        """Find out whether the printer could print."""
        self._worker.submit_when_idle(self._ask)

    def print(self, order: PrintPayment | PrintOverview) -> None:
        """Print; the end is ReceiptPrinted or PrintFailed."""
        self._worker.submit(lambda: self._print(order))

    def _ask(self) -> None:
        try:
            ready = self._opened().status().ready
        except PrinterProblem:
            ready = False
        self._post((DeviceFound if ready else DeviceLost)(Device.PRINTER))

    def _print(self, order: PrintPayment | PrintOverview) -> None:
        try:
            self._opened().print(self._receipt(order))
        except PrinterProblem as problem:
            self._post(PrintFailed(order.attempt, problem.cause))
        except (PaymentRefused, ValueError) as error:
            logger.error("A receipt could not be laid out: %s", type(error).__name__)  # noqa: TRY400 - it may quote the account
            self._post(PrintFailed(order.attempt, PrinterCause.HARDWARE))
        else:
            self._post(ReceiptPrinted(order.attempt))

    def _receipt(self, order: PrintPayment | PrintOverview) -> Receipt:
        now = datetime.now(self._zone)
        number = ReceiptNumber(f"{self._kiosk}/{now:%y%m%d-%H%M%S}")
        if isinstance(order, PrintOverview):
            return overview_receipt(order.account, now, number, self._letterhead)
        return payment_receipt(order.receivable, order.person, now, number, self._letterhead)

    def _opened(self) -> "ReceiptPrinter":
        if self._address is None or self._refused:
            raise PrinterProblem(PrinterCause.UNREACHABLE)
        if self._printer is None:
            # With its libraries, which the first picture of the window does not wait for.
            from kiosk_app.receipt.printer import (  # noqa: PLC0415 - see above
                ProfileRefused,
                ReceiptPrinter,
            )

            try:
                self._printer = ReceiptPrinter(self._address.uri, self._address.profile)
            except (AddressRefused, ProfileRefused) as error:
                self._refused = True  # said once: the configuration does not mend itself
                logger.error("Printer: %s", error)  # noqa: TRY400 - the sentence says it all
                raise PrinterProblem(PrinterCause.UNREACHABLE) from error
        return self._printer
