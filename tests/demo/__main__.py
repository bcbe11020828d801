"""`python -m tests.demo [--once]`: the city comes up, the tour is walked, Ctrl-C ends it."""

import argparse
import signal
import sys
import time
from contextlib import suppress
from subprocess import CalledProcessError

from tests.demo.needs import missing
from tests.demo.place import BUILD, Place
from tests.demo.running import Demo
from tests.demo.supervisor import CannotStartError
from tests.demo.tour import failed, walk
from tests.fakes.virtual_card.all_samples import SAMPLE_CARDS
from tests.fakes.virtual_card.lay_down import listed

FAILED = 1
INTERRUPTED = 130


def main() -> int:
    """Exit code 0 when every step of the tour passed; the failed ones are named otherwise."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the tour")
    parser.add_argument("--headless", action="store_true", help="own X servers, also with DISPLAY")
    parser.add_argument("--folder", default="run", help="its files go to build/demo/FOLDER")
    arguments = parser.parse_args()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    if reason := missing(BUILD):
        print(f"demo: {reason}", file=sys.stderr)
        return FAILED
    begun = time.monotonic()
    try:
        with Demo(arguments.folder, headless=arguments.headless) as demo:
            print(f"  Up after {time.monotonic() - begun:.1f} s\n")
            wrong = failed(walk(demo))
            if not arguments.once:
                _stay(demo.place)
    except KeyboardInterrupt:
        print("\n  Stopped.")
        return INTERRUPTED
    except (OSError, RuntimeError, CannotStartError, CalledProcessError) as error:
        print(
            f"demo: {error}\ndemo: the programs' logs are in {BUILD / arguments.folder / 'logs'}",
            file=sys.stderr,
        )
        return FAILED
    for sentence in wrong:
        print(f"demo: step failed: {sentence}", file=sys.stderr)
    return FAILED if wrong else 0


def _stay(place: Place) -> None:
    """Puts and takes cards at the person's word until Ctrl-C."""
    print("\n  The city stays up until Ctrl-C.")
    print("  Type  jana  or  karel  to put that sample card on the reader,  take  to take it.")
    print("  CAN 123456, PIN 2580 (Jana Vzorová); CAN 654321, PIN 1470 (Karel Vzor).")
    print("  list  names all sample cards.")
    with suppress(KeyboardInterrupt):
        for line in sys.stdin:
            _obey(place, line.strip())
        signal.pause()


def _obey(place: Place, word: str) -> None:
    match word:
        case "list":
            print(listed(), end="")
        case name if name in SAMPLE_CARDS:
            place.card.write_text(word, encoding="ascii")
        case "take":
            place.card.unlink(missing_ok=True)
        case "":
            pass
        case _:
            print(f"  “{word}” is neither  list  nor  take  nor a card’s name")


if __name__ == "__main__":
    sys.exit(main())
