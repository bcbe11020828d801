"""A virtual receipt printer on TCP: it knows ESC/POS and nothing of the kiosk."""

from tests.fakes.receipt_printer.server import Fault, VirtualPrinter

__all__ = ["Fault", "VirtualPrinter"]
