"""PINs' hashes and their counted tries, in the gateway's store; it hashes and checks nothing.

A try is counted before the PIN is looked at, in one statement: of any number of guesses at the same
moment the database lets one through, and a power cut in between makes a guess count.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text

from kiosk_app.gateway.store import Store, StorePart

_TABLE: Final = (
    "CREATE TABLE pin (person TEXT PRIMARY KEY, hash TEXT, wrong INTEGER NOT NULL,"
    " not_before DOUBLE PRECISION NOT NULL)"
)
PIN_PART: Final = StorePart("pin", ((_TABLE,),))
_LONGEST_DELAY: Final = timedelta(minutes=1)

_KNOW: Final = text(
    "INSERT INTO pin (person, hash, wrong, not_before) VALUES (:person, NULL, 0, 0)"
    " ON CONFLICT (person) DO NOTHING"
)
_COUNT: Final = text(
    "UPDATE pin SET wrong = wrong + 1 WHERE person = :person AND wrong < :tries"
    " AND (not_before <= :now OR not_before > :latest) RETURNING hash, wrong"
)
_DELAY: Final = text("UPDATE pin SET not_before = :until WHERE person = :person")
_STATE: Final = text("SELECT hash, wrong, not_before FROM pin WHERE person = :person")
_GOOD: Final = text(
    "UPDATE pin SET wrong = 0, not_before = 0 WHERE person = :person AND hash = :hash"
)
_SET: Final = text(
    "INSERT INTO pin (person, hash, wrong, not_before) VALUES (:person, :hash, 0, 0)"
    " ON CONFLICT (person) DO UPDATE SET hash = :hash, wrong = 0, not_before = 0"
)
_UNLOCK: Final = text("UPDATE pin SET wrong = 0, not_before = 0 WHERE person = :person")


@dataclass(frozen=True)
class Try:
    """A try that was counted: what to compare with, how many are left, when the next is heard."""

    hash: str | None
    left: int
    retry_after: float


@dataclass(frozen=True)
class TooEarly:
    """A try that was not heard: so many seconds to go."""

    retry_after: float


@dataclass(frozen=True)
class Locked:
    """No try is heard until the counter unlocks the PIN."""


@dataclass(frozen=True)
class PinState:
    """What the counter sees."""

    is_set: bool
    wrong: int
    is_locked: bool


class PinStore:
    """The PINs of all persons by keyed hashes of their keys. Raises `StoreProblem`."""

    def __init__(self, store: Store, key: bytes, tries: int) -> None:
        self._store = store
        self._key = key
        self._tries = tries

    def take_try(self, person: str, now: datetime) -> Try | TooEarly | Locked:
        """Count one try of that person, whether they have a PIN or not."""
        name, moment = self._name(person), now.timestamp()
        # A delay that ends later was made before the clock was set back.
        latest = moment + 2 * _LONGEST_DELAY.total_seconds()
        values = {"person": name, "tries": self._tries, "now": moment, "latest": latest}
        with self._store.begin() as connection:
            connection.execute(_KNOW, {"person": name})
            row = connection.execute(_COUNT, values).first()
            if row is None:
                state = connection.execute(_STATE, {"person": name}).one()
                if state.wrong >= self._tries:
                    return Locked()
                return TooEarly(state.not_before - moment)
            delay = delay_after(row.wrong).total_seconds()
            connection.execute(_DELAY, {"person": name, "until": moment + delay})
        return Try(row.hash, self._tries - row.wrong, delay)

    def was_right(self, person: str, made: str) -> None:
        """Forget the wrong tries, if the PIN is still the one that was compared."""
        with self._store.begin() as connection:
            connection.execute(_GOOD, {"person": self._name(person), "hash": made})

    def put(self, person: str, made: str | None) -> None:
        """Set the hash, or take it away; the counting begins anew."""
        with self._store.begin() as connection:
            connection.execute(_SET, {"person": self._name(person), "hash": made})

    def unlock(self, person: str) -> None:
        """Let tries be heard again."""
        with self._store.begin() as connection:
            connection.execute(_UNLOCK, {"person": self._name(person)})

    def state(self, person: str) -> PinState:
        """Whether there is a PIN, and how often it was tried in vain."""
        with self._store.reading() as connection:
            row = connection.execute(_STATE, {"person": self._name(person)}).first()
        if row is None:
            return PinState(is_set=False, wrong=0, is_locked=False)
        return PinState(row.hash is not None, row.wrong, row.wrong >= self._tries)

    def _name(self, person: str) -> str:
        return hmac.digest(self._key, person.encode(), "sha256").hex()


def delay_after(wrong: int) -> timedelta:
    """How long nothing is heard after that many tries: 1, 2, 4, 8 … seconds, a minute at most."""
    return min(timedelta(seconds=2 ** min(wrong - 1, 10)), _LONGEST_DELAY)
