"""The sample city's departments over one real database, without a gateway around them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, text

from kiosk_app.account.model import SELF_ID, Account, Scope
from kiosk_app.gateway.config import PACKAGED_AGENDAS
from kiosk_app.gateway.database import Database
from kiosk_app.gateway.departments import Departments, connect
from kiosk_app.gateway.persons import Person
from kiosk_app.gateway.sample_city.creation import create_sample_city

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Prague"))
ALL = frozenset(Scope)


@dataclass(frozen=True)
class City:
    """The departments, and the database they are in."""

    url: str
    departments: Departments

    @property
    def database(self) -> Database:
        """The city's database, as the gateway reads it."""
        return self.departments.databases["city"]

    def person(self, number: str) -> Person:
        """Whose account that document opens."""
        found = self.departments.persons.find("CZE", number)
        assert found is not None
        return found

    def account(
        self,
        number: str,
        principal: str = SELF_ID,
        scopes: frozenset[Scope] = ALL,
        now: datetime = NOW,
    ) -> Account:
        """The account that document opens, in that principal's name."""
        viewing, person = self.departments.viewing, self.person(number)
        return asyncio.run(viewing.account(person, principal, scopes, now))

    def write(self, sql: str, **parameters: object) -> None:
        """Change something in the database, as the department does."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            connection.execute(text(sql), parameters)
        engine.dispose()


@contextmanager
def sample_departments(url: str, folder: Path = PACKAGED_AGENDAS) -> Iterator[City]:
    """The sample city as of `NOW` in that database, until the block ends."""
    create_sample_city(url, NOW.date())
    with connected(url, folder) as city:
        yield city


@contextmanager
def connected(url: str, folder: Path = PACKAGED_AGENDAS) -> Iterator[City]:
    """The departments of a database that holds the sample city already, until the block ends."""
    departments = connect(folder, {"city": url})
    try:
        yield City(url, departments)
    finally:
        departments.close()
