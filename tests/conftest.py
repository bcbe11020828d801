"""Settings for all tests, and the one server that many of them share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from kiosk_app.lasting_none import keep_none
from tests.integration.postgres_server import PostgresServer, postgres_server

# A loaded machine makes the default of 200 ms for one example a gate on absolute time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Some tests use Qt in this process; under Python 3.11 it would use up None (docs/adr/0006).
keep_none()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL, started when the first test of this process asks for it."""
    with postgres_server() as server:
        yield server
