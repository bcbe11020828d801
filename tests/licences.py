"""Checks that each installed library may be shipped under EUPL-1.2; reads metadata only."""

import re
import subprocess
import sys

# Licences that the EUPL-1.2's appendix or their own terms let us combine; one reason a line.
ALLOWED = (
    r"MIT|MIT-0|MIT-CMU|HPND|ISC|BSD|0BSD|Zlib|Unlicense|CC0|PSF|Python Software Foundation",
    r"Apache",  # permissive with a patent grant
    r"MPL|Mozilla Public",  # file-level copyleft, in the EUPL appendix
    r"LGPL|Lesser General Public",  # used as libraries: pyscard, PySide6
    r"EUPL",  # ourselves
)
# Tools that are run beside the product and never shipped with it.
TOOLS_ONLY = {"shiboken6_generator"}


def accepted(licence: str) -> bool:
    """True when at least one of the alternatives offered is allowed."""
    return any(re.search(pattern, licence, re.IGNORECASE) for pattern in ALLOWED)


def installed() -> list[tuple[str, str]]:
    """(name, licence) of each package in this environment, ours and the tools left out."""
    run = subprocess.run(
        [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.strip('"').split('","') for line in run.stdout.splitlines()[1:])
    return [(row[0], row[2]) for row in rows]


def main() -> int:
    """Exit code 1 and one line a package when a licence is not allowed."""
    refused = [row for row in installed() if row[0] not in TOOLS_ONLY and not accepted(row[1])]
    for name, licence in refused:
        sys.stderr.write(f"licences: {name} is under “{licence}”, which is not on the list\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
