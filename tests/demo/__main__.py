"""`python -m tests.demo [--once]`: the city comes up, the tour is walked, Ctrl-C ends it."""

import argparse
import signal
import sys
import time
from contextlib import suppress

from tests.demo.place import Place
from tests.demo.running import Demo
from tests.demo.tour import failed, walk

FAILED = 1


def main() -> int:
    """Exit code 0 when every step of the tour passed; the failed ones are named otherwise."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the tour")
    parser.add_argument("--headless", action="store_true", help="own X servers, also with DISPLAY")
    parser.add_argument("--folder", default="run", help="its files go to build/demo/FOLDER")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    begun = time.monotonic()
    try:
        with Demo(arguments.folder, headless=arguments.headless) as demo:
            print(f"  Up after {time.monotonic() - begun:.1f} s\n")
            wrong = failed(walk(demo))
            if not arguments.once:
                _stay(demo.place)
    except KeyboardInterrupt:
        print("\n  Stopped.")
        return 130
    for sentence in wrong:
        print(f"demo: step failed: {sentence}", file=sys.stderr)
    return FAILED if wrong else 0


def _stay(place: Place) -> None:
    """Puts and takes cards at the person's word until Ctrl-C."""
    print("\n  The city stays up until Ctrl-C.")
    print("  Type  jana  or  karel  to put that sample card on the reader,  take  to take it.")
    print("  CAN: 123456 (Jana Vzorová), 654321 (Karel Vzor)")
    for line in sys.stdin:
        match line.strip():
            case "jana" | "karel" as person:
                place.card.write_text(person, encoding="ascii")
            case "take":
                place.card.unlink(missing_ok=True)
            case "":
                pass
            case other:
                print(f"  “{other}” is none of: jana, karel, take")
    with suppress(KeyboardInterrupt):
        signal.pause()


if __name__ == "__main__":
    sys.exit(main())
