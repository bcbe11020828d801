"""One running city for all tests of the whole suite, apart from the one `make demo` shows."""

import os
from collections.abc import Iterator

import pytest

from tests.demo.running import Demo


@pytest.fixture(scope="session")
def city() -> Iterator[Demo]:
    os.environ.pop("QT_QPA_PLATFORM", None)  # set by the QML tests when all run at once
    with Demo("e2e", headless=True) as demo:
        yield demo
