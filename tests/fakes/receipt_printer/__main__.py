"""`python -m tests.fakes.receipt_printer --port P --out DIR`: the virtual printer by itself.

Each line on standard input names the faults from now on, separated by spaces; an empty line or
"ready" repairs everything.
"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from tests.fakes.receipt_printer.server import Fault, VirtualPrinter


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="receipt_printer", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dots", type=int, default=576)
    arguments = parser.parse_args()
    try:
        printer = VirtualPrinter(arguments.out, arguments.port, arguments.dots)
    except OSError as error:
        print(f"Virtual printer, port {arguments.port}: {error.strerror}.", file=sys.stderr)
        return 1
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: done.set())
    threading.Thread(target=_obey, args=(printer,), daemon=True).start()
    with printer:
        print(f"port {printer.port}", flush=True)
        done.wait()
    return 0


def _obey(printer: VirtualPrinter) -> None:
    for line in sys.stdin:
        try:
            printer.set_faults(*(Fault(word) for word in line.split() if word != "ready"))
        except ValueError as error:
            print(error, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
