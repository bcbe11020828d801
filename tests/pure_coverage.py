"""Checks that every pure module was covered to 100 % of lines and branches; it runs no test.

It reads what `pytest --cov` left; the rest of the code is reported in one figure and not chased.
"""

import sys
from io import StringIO

from coverage import Coverage
from coverage.exceptions import NoDataError

from tests.pure_modules import ROOT, pure_files

WHOLE = 100.0


def main() -> int:
    """Exit code 1 and the lines that no test reached when a pure module is below 100 %."""
    measured = Coverage(config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    report = StringIO()
    try:
        everything = measured.report(file=StringIO())
        names = [str(path) for path in pure_files()]
        share = measured.report(include=names, show_missing=True, skip_covered=True, file=report)
    except NoDataError:
        sys.stderr.write("coverage: nothing was measured; run pytest with --cov first\n")
        return 1
    if share < WHOLE:
        sys.stderr.write(f"{report.getvalue()}\ncoverage: pure modules must be at 100 %\n")
        return 1
    sys.stdout.write(f"coverage: {len(names)} pure modules at 100 %, all code {everything:.0f} %\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
