"""Checks that each installed library may be shipped under EUPL-1.2; reads metadata only."""

import re
import subprocess
import sys
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
    """True when of the alternatives offered one is allowed, and each licence that binds as well."""
    binding = re.split(r"\bAND\b", licence)
    return all(
        any(re.search(rf"\b(?:{pattern})\b", part, re.IGNORECASE) for pattern in ALLOWED)
        for part in binding
    )


def shipped(name: str = "otevrene-mesto") -> set[str]:
    """The distributions that the product needs at run time, and what these need in turn."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        for text in metadata.requires(ahead.pop()) or ():
            needed = Requirement(text)
            marker = needed.marker
            wanted = marker is None or marker.evaluate({"extra": ""})
            if wanted and canonicalize_name(needed.name) not in found:
                found.add(canonicalize_name(needed.name))
                ahead.append(needed.name)
    return found


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
    """Exit code 1 and one line a package when a licence is not allowed; or `--shipped` names."""
    if sys.argv[1:] == ["--shipped"]:
        sys.stdout.write("\n".join(sorted(shipped())) + "\n")
        return 0
    refused = [row for row in installed() if row[0] not in TOOLS_ONLY and not accepted(row[1])]
    for name, licence in refused:
        sys.stderr.write(f"licences: {name} is under “{licence}”, which is not on the list\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
