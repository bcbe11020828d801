"""A small city that takes submissions, on either database, for the tests of what is handed in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import text

from kiosk_app.account.model import LocalizedText, Submission
from kiosk_app.account.submissions import decode_submission
from kiosk_app.gateway.delivery_settings import DeliverySettings
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.store import Store
from kiosk_app.gateway.submission_settings import (
    Box,
    Category,
    Department,
    SubmissionSettings,
)
from kiosk_app.gateway.submissions.appointments import Timetable
from kiosk_app.gateway.submissions.desk import Author, Limits, SubmissionDesk
from kiosk_app.gateway.submissions.free_times import Hours, Service
from kiosk_app.gateway.submissions.limits import Limit
from kiosk_app.gateway.submissions.secret_key import SecretKey
from kiosk_app.gateway.submissions.tables import SUBMISSIONS

T = TypeVar("T")

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
JANA, KAREL = Author("infobox-001", "p-1"), Author("infobox-001", "p-2")
PRAGUE = ZoneInfo("Europe/Prague")


def words(cs: str) -> LocalizedText:
    return LocalizedText(cs, cs)


SETTINGS = SubmissionSettings(
    departments={
        "transport": Department(words("Doprava VZOR"), "doprava@mesto.example"),
        "silent": Department(words("Matrika VZOR"), None),
    },
    topics={"appointments": words("Termíny"), "news": words("Novinky")},
    categories={"lamp": Category(words("Nesvítí lampa"), "transport")},
    box=Box(50.69, 14.94, 50.83, 15.18),
    delivery=DeliverySettings(folder=Path("nowhere")),
)
PASSPORTS = Service(
    id="passports",
    title=words("Cestovní doklady"),
    department=words("Odbor správní"),
    place=words("Radnice, přepážka 4"),
    hours=((Hours(8 * 60, 17 * 60),),) * 7,
    slot=timedelta(minutes=20),
    capacity=3,
    days_ahead=10,
)
_MANY = (Limit(1000, timedelta(hours=1)),)
GENEROUS = Limits(_MANY, _MANY, _MANY, _MANY, _MANY, _MANY, _MANY)


@dataclass
class Town:
    """The desk of a city whose clock the test moves."""

    url: str
    limits: Limits = field(default_factory=Limits)
    now: datetime = START
    posted: int = 0
    desk: SubmissionDesk = field(init=False)

    def __post_init__(self) -> None:
        self._open()

    def reopen(self) -> None:
        """Start the gateway anew."""
        self.close()
        self._open()

    def _open(self) -> None:
        store = Store(self.url)
        store.prepare(SUBMISSIONS)
        self.desk = SubmissionDesk(
            store=store,
            key=SecretKey(b"k" * 32),
            settings=SETTINGS,
            timetable=Timetable({PASSPORTS.id: PASSPORTS}, PRAGUE),
            clock=lambda: self.now,
            posted=self._note,
            limits=self.limits,
        )

    def _note(self) -> None:
        self.posted += 1

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with self.desk.store.reading() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def close(self) -> None:
        self.desk.store.close()


def outcome(ask: Callable[[], bytes]) -> Submission | str:
    """What was registered, or the name of the refusal."""
    try:
        return decode_submission(ask())
    except Refusal as refusal:
        return refusal.problem.short_name


def at_once(count: int, ask: Callable[[int], T]) -> list[T]:
    """What so many threads got that asked at the same time."""
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(ask, range(count)))
