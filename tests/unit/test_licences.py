"""The licence gate refuses what may not be combined with EUPL-1.2."""

import pytest

from tests.licences import accepted, shipped


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "BSD-3-Clause",
        "Apache-2.0",
        "MPL-2.0",
        "LGPL-3.0-only OR GPL-2.0-only",
        "EUPL-1.2",
        "MIT AND PSF-2.0",
        "BSD License",
    ],
)
def test_what_may_be_shipped_is_accepted(licence: str) -> None:
    assert accepted(licence)


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "AGPL-3.0", "UNKNOWN", "Proprietary", "Limited", "MIT AND GPL-3.0-only", ""],
)
def test_what_may_not_be_shipped_is_refused(licence: str) -> None:
    assert not accepted(licence)


def test_shipped_are_the_products_libraries_and_theirs_but_no_tools() -> None:
    names = shipped()
    assert {"pyside6-essentials", "shiboken6", "starlette", "urllib3"} <= names
    assert not names & {"pytest", "ruff", "mypy", "pip-licenses"}
