"""One running city for all tests of the whole suite, apart from the one `make demo` shows."""

from collections.abc import Iterator

import pytest

from tests.demo.running import Demo


@pytest.fixture(scope="session")
def city() -> Iterator[Demo]:
    with Demo("e2e", headless=True) as demo:
        yield demo
