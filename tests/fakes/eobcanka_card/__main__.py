"""Writes the certificates of the sample authority that issues a sample state's contact cards."""

import argparse
import sys
from pathlib import Path

from tests.fakes.document_signer import SampleState
from tests.fakes.eobcanka_card.samples import contact_state


def main() -> int:
    parser = argparse.ArgumentParser(prog="eobcanka_card", description=__doc__)
    parser.add_argument("state", type=Path, help="made by tests.fakes.document_signer")
    parser.add_argument("out", type=Path, help="where root.pem and issuing.pem are written")
    arguments = parser.parse_args()
    contact_state(SampleState.load(arguments.state)).save(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
