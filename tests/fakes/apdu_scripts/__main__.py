"""``python -m tests.fakes.apdu_scripts record [NAME…]``: records scripts anew."""

import argparse
import sys

from tests.fakes.apdu_scripts.recording import KINDS, record
from tests.fakes.apdu_scripts.script import path_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="apdu_scripts", description=__doc__)
    parser.add_argument("action", choices=["record"])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(KINDS))
    names = parser.parse_args().names or list(KINDS)
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    for name in names:
        path_of(name).write_text(record(name).text(), encoding="utf-8")
        print(path_of(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
