"""Writes csca.pem of a sample state, and its seed, into a directory."""

import argparse
import sys
from pathlib import Path

from tests.fakes.document_signer.state import SampleState


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a sample state that issues sample cards.")
    parser.add_argument("directory", type=Path)
    SampleState().save(parser.parse_args().directory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
