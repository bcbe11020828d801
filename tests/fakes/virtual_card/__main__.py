"""Lays a sample card on a virtual reader and takes it away, by stdin or by a file."""

import argparse
import sys
import time
from pathlib import Path

from tests.fakes.document_signer import SampleState
from tests.fakes.virtual_card.all_samples import SAMPLE_CARDS, make
from tests.fakes.virtual_card.slot import Card, Slot

_LOOK_SECONDS = 0.005


def main() -> int:
    parser = argparse.ArgumentParser(prog="virtual_card", description=__doc__)
    parser.add_argument(
        "--reader", type=Path, required=True, help="--dir of tests.fakes.card_reader"
    )
    parser.add_argument(
        "--pki", type=Path, required=True, help="made by tests.fakes.document_signer"
    )
    parser.add_argument("--person", default="jana", choices=sorted(SAMPLE_CARDS), help="which card")
    parser.add_argument(
        "--presence",
        type=Path,
        help="instead of stdin: a card lies on the reader while this file exists; "
        "a name in it says which card",
    )
    arguments = parser.parse_args()
    slot = Slot(arguments.reader)
    if arguments.presence is None:
        _obey_stdin(slot, arguments.pki, arguments.person)
    else:
        _obey_file(slot, arguments.pki, arguments.person, arguments.presence)
    slot.close()
    return 0


def _card(pki: Path, name: str) -> Card:
    return make(name, SampleState.load(pki))


def _obey_stdin(slot: Slot, pki: Path, person: str) -> None:
    """Obey lines of "put", "put NAME", "take" and "quit"."""
    for line in sys.stdin:
        match line.split():
            case ["put"]:
                slot.put(_card(pki, person))
            case ["put", name] if name in SAMPLE_CARDS:
                slot.put(_card(pki, name))
            case ["take"]:
                slot.take()
            case ["quit"]:
                return
            case _:
                sys.stderr.write("virtual_card: put [NAME], take or quit\n")


def _obey_file(slot: Slot, pki: Path, person: str, presence: Path) -> None:
    """Follow a file until the process is ended; survives being killed and started anew."""
    lying = seen = None
    while True:
        wanted = _wanted(presence, person)
        if wanted != lying and wanted == seen:  # seen twice: not in the middle of being written
            if lying is not None:
                slot.take()
            if wanted is not None:
                slot.put(_card(pki, wanted))
            lying = wanted
        seen = wanted
        time.sleep(_LOOK_SECONDS)


def _wanted(presence: Path, person: str) -> str | None:
    """Say which card is wanted; a name that there is not wants none."""
    try:
        name = presence.read_text(encoding="ascii").strip() or person
    except (OSError, ValueError):
        return None
    return name if name in SAMPLE_CARDS else None


if __name__ == "__main__":
    sys.exit(main())
