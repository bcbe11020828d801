"""`kiosk-app receipt`: prints a sample slip and says whether it is on paper; lays out nothing."""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk_app.receipt.address import AddressRefused
from kiosk_app.receipt.conversation import PrinterProblem
from kiosk_app.receipt.elements import ReceiptNumber
from kiosk_app.receipt.printer import ProfileRefused, ReceiptPrinter
from kiosk_app.receipt.sample import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - no public name

DEFAULT_PROFILE = "TM-T20II"


def add_parser(subparsers: "Subparsers") -> None:
    """Add the `receipt` command; its namespace carries `run(namespace) -> int`, the exit code."""
    parser = subparsers.add_parser("receipt", help="print a sample receipt")
    parser.add_argument("--sample", choices=sorted(SAMPLES), required=True, metavar="KIND")
    parser.add_argument("--printer", required=True, help="tcp://HOST:PORT or file:PATH")
    parser.add_argument("--profile", default=DEFAULT_PROFILE, help="printer model (python-escpos)")
    parser.set_defaults(run=run)


def run(namespace: argparse.Namespace) -> int:
    """Print the sample; 0 only when it is on paper, otherwise 1 and one sentence on stderr."""
    number = ReceiptNumber(f"{datetime.now(UTC):VZOR/%Y%m%d-%H%M%S}")
    try:
        printer = ReceiptPrinter(namespace.printer, namespace.profile)
        status = printer.print(SAMPLES[namespace.sample](number))
    except (AddressRefused, ProfileRefused, PrinterProblem) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for warning in status.warnings:
        sys.stderr.write(f"Printed, with a warning: {warning.value}.\n")
    return 0


def main(arguments: "Sequence[str] | None" = None) -> int:
    """The command by itself, for a workshop without the kiosk."""
    parser = argparse.ArgumentParser(prog="kiosk-app")
    add_parser(parser.add_subparsers(required=True))
    namespace = parser.parse_args(arguments)
    return run(namespace)
