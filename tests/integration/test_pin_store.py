"""Tries of the PIN are counted alike on SQLite and PostgreSQL, fifty at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk_app.gateway.pin_store import PIN_PART, Locked, PinStore, TooEarly, Try
from kiosk_app.gateway.store import Store
from tests.integration.postgres_server import PostgresServer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    server = request.getfixturevalue("postgres")
    assert isinstance(server, PostgresServer)
    return server.database()


def test_of_fifty_tries_at_once_one_is_heard_until_the_pin_is_locked(url: str) -> None:
    store = Store(url)
    store.prepare(PIN_PART)
    pins = PinStore(store, b"key", 5)
    pins.put("VZOR-1", "hash")
    heard: list[Try] = []
    for round_ in range(6):
        now = NOW + round_ * timedelta(minutes=1)
        with ThreadPoolExecutor(50) as guessing:
            said = list(guessing.map(lambda _: pins.take_try("VZOR-1", now), range(50)))  # noqa: B023 - mapped within the round
        heard += [one for one in said if isinstance(one, Try)]
        others = Locked if round_ >= 4 else TooEarly
        assert sum(isinstance(one, others) for one in said) >= 49
    assert [one.left for one in heard] == [4, 3, 2, 1, 0]
    assert pins.state("VZOR-1").is_locked
    pins.unlock("VZOR-1")
    assert isinstance(pins.take_try("VZOR-1", NOW), Try)
    pins.was_right("VZOR-1", "another hash")
    assert pins.state("VZOR-1").wrong == 1
    pins.was_right("VZOR-1", "hash")
    assert pins.state("VZOR-1").wrong == 0
    store.close()
