"""``kiosk-app card virtual``: lays a sample card on a virtual reader; has no card of its own.

The cards are the test suite's (tests/fakes/virtual_card), which only the source tree holds.
"""

import argparse
import importlib
import sys
from pathlib import Path
from types import ModuleType

VPCD_PORT = 35_963
_SOURCE_TREE = Path(__file__).resolve().parents[2]
_LAY_DOWN = "tests.fakes.virtual_card.lay_down"
_NOT_HERE = "The virtual cards are part of the source tree only; this installation has none."


def add_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``virtual`` to the actions of ``card``."""
    parser = actions.add_parser(
        "virtual",
        help="lay a sample card on a virtual reader until Ctrl-C (source tree only)",
        description="Needs a virtual reader: Debian's vsmartcard-vpcd with a running pcscd.",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="which card; see --list")
    parser.add_argument("--list", action="store_true", help="say which cards there are")
    parser.add_argument(
        "--port", type=int, default=VPCD_PORT, help=f"of the vpcd driver, {VPCD_PORT} by default"
    )
    parser.add_argument(
        "--reader", type=Path, metavar="DIR", help="instead: of a tests.fakes.card_reader"
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help="who issues it: made by tests.fakes.document_signer; its csca.pem is what a gateway "
        "must trust",
    )
    parser.set_defaults(run=run_virtual)


def run_virtual(arguments: argparse.Namespace) -> int:
    """List the cards or lay one down; 2 and one sentence on stderr when it cannot be done here."""
    cards = _virtual_cards(_SOURCE_TREE)
    if cards is None:
        return _refuse(_NOT_HERE)
    if arguments.list:
        sys.stdout.write(cards.listed())
        return 0
    if arguments.name is None:
        return _refuse("Say which card; --list names them.")
    if arguments.name not in cards.SAMPLE_CARDS:
        return _refuse(f"There is no card {arguments.name!r}; --list names them.")
    return int(cards.lay_down(arguments.name, arguments.port, arguments.reader, arguments.state))


def _virtual_cards(source_tree: Path) -> ModuleType | None:
    """Load the test suite's cards, if this program runs out of its source tree."""
    if not source_tree.joinpath(*_LAY_DOWN.split(".")).with_suffix(".py").is_file():
        return None
    if str(source_tree) not in sys.path:
        sys.path.append(str(source_tree))
    return importlib.import_module(_LAY_DOWN)


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"kiosk-app card virtual: {sentence}\n")
    return 2
