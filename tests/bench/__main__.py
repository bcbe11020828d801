"""`python -m tests.bench [NAME…]`: measures and prints; JSON goes to build/bench."""

import argparse
import sys
from collections.abc import Callable, Sequence

from tests.bench import (
    account,
    alert,
    chip_read,
    cold_start,
    due,
    gateway,
    publish,
    recovery,
    touch,
)
from tests.bench.harness import Result, table, write_json
from tests.demo.running import Demo

# Those that need the whole city running, in the order that disturbs the least.
IN_THE_CITY: dict[str, Callable[[Demo], Sequence[Result]]] = {
    "account": account.measure,
    "alert": alert.measure,
    "publish": publish.measure,
    "recovery": recovery.measure,
}
ALONE: dict[str, Callable[[], Sequence[Result]]] = {
    "chip-read": chip_read.measure,
    "cold-start": cold_start.measure,
    "due": due.measure,
    "touch": touch.measure,
    "gateway": gateway.measure,
}


def main() -> int:
    """Exit code 0 when all were measured; a goal that is missed is printed, it is no failure."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*ALONE, *IN_THE_CITY]))
    wanted = parser.parse_args().names or [*ALONE, *IN_THE_CITY]
    unknown = [name for name in wanted if name not in {*ALONE, *IN_THE_CITY}]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    for name in (name for name in ALONE if name in wanted):
        _tell(name, ALONE[name]())
    in_the_city = [name for name in IN_THE_CITY if name in wanted]
    if in_the_city:
        with Demo("bench", headless=True) as demo:
            for name in in_the_city:
                _tell(name, IN_THE_CITY[name](demo))
    return 0


def _tell(name: str, results: Sequence[Result]) -> None:
    for result in results:
        print(table(result), flush=True)
    print(f"→ {write_json(name, results)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
