"""Sends the letters that wait, a thread for each channel; what it cannot send, it says by kind."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from sqlalchemy import text

from kiosk_app.account.model import Channel
from kiosk_app.gateway.store import Store, StoreProblem
from kiosk_app.gateway.submissions.delivery.carrying import Carrier, NotCarried
from kiosk_app.gateway.submissions.limits import LONGEST_WINDOW
from kiosk_app.gateway.submissions.outbox import (
    MOST_TRIES,
    Leased,
    bury,
    lease,
    postpone,
    remove,
)
from kiosk_app.gateway.submissions.tables import to_moment

logger = logging.getLogger(__name__)

KEYS_KEPT: Final = timedelta(days=7)
"""How long the answer to an `Idempotency-Key` is known."""
_DEAD_KEPT: Final = timedelta(days=7)
_LOOK_EVERY: Final = 1.0
"""Seconds until waiting letters are looked at without being called."""
_TIDY_EVERY: Final = timedelta(minutes=10)
_PATIENCE: Final = 5.0


@dataclass(frozen=True)
class Round:
    """One channel's letters, its carrier, and the store; `clock` is aware."""

    store: Store
    channel: Channel
    carrier: Carrier
    clock: Callable[[], datetime]

    def send_one(self) -> bool:
        """Send the letter that has waited longest; False if none is due.

        Raises:
            StoreProblem: the store does not answer.
        """
        now = self.clock()
        with self.store.begin() as connection:
            leased = lease(connection, self.channel, now)
        if leased is None:
            return False
        if leased.letter.expires <= now or leased.tries > MOST_TRIES:
            self._settle(leased, "it is out of time", for_good=True)
            return True
        try:
            self.carrier.carry(leased.letter)
        except NotCarried as problem:
            self._settle(leased, problem.kind, for_good=problem.for_good)
            return True
        with self.store.begin() as connection:
            remove(connection, leased.letter.id)
        return True

    def _settle(self, leased: Leased, why: str, *, for_good: bool) -> None:
        letter, now = leased.letter, self.clock()
        given_up = for_good or leased.tries >= MOST_TRIES or letter.expires <= now
        with self.store.begin() as connection:
            if letter.expires <= now:
                remove(connection, letter.id)
            elif given_up:
                bury(connection, letter.id)
            else:
                postpone(connection, leased, now)
        if given_up:
            logger.error(
                "ALARM: a letter (%s, %s) is given up after %d tries: %s.",
                letter.kind,
                letter.channel,
                leased.tries,
                why,
            )
        else:
            logger.warning("A letter (%s, %s) waits: %s.", letter.kind, letter.channel, why)


def tidy(store: Store, now: datetime) -> None:
    """Forget what is out of time: keys, used limits, codes, letters that were given up."""
    with store.begin() as connection:
        for statement, kept in _OUT_OF_TIME:
            connection.execute(text(statement), {"before": to_moment(now - kept)})


_OUT_OF_TIME: Final = (
    ("DELETE FROM submission_key WHERE made < :before", KEYS_KEPT),
    ("DELETE FROM rate_mark WHERE at < :before", LONGEST_WINDOW),
    ("DELETE FROM rate_hold WHERE touched < :before", 2 * LONGEST_WINDOW),
    ("DELETE FROM address_code WHERE expires < :before", timedelta()),
    ("DELETE FROM outbox WHERE dead = 1 AND made < :before", _DEAD_KEPT),
)


class Dispatcher:
    """The threads of all rounds, from `start` to `stop`; `wake` lets them look at once."""

    def __init__(self, rounds: tuple[Round, ...], patience: float = _PATIENCE) -> None:
        """Prepare; `patience` in seconds is how long `stop` waits."""
        self._runners = [_Runner(each) for each in rounds]
        self._patience = patience

    def start(self) -> None:
        """Begin to send."""
        for runner in self._runners:
            runner.start()

    def wake(self) -> None:
        """Look at once: something was put into the outbox."""
        for runner in self._runners:
            runner.woken.set()

    def stop(self) -> None:
        """Send nothing new; a letter on its way is waited for, but not for long.

        One that takes longer is left behind: its lease runs out, and it is sent again.
        """
        for runner in self._runners:
            runner.stopping.set()
            runner.woken.set()
        until = monotonic() + self._patience
        for runner in self._runners:
            runner.join(max(0.0, until - monotonic()))


class _Runner(threading.Thread):
    def __init__(self, mine: Round) -> None:
        super().__init__(name=f"letters-{mine.channel}", daemon=True)
        self._round = mine
        self._tidied: datetime | None = None
        self.woken = threading.Event()
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.woken.clear()
            try:
                self._work()
            except StoreProblem as problem:
                logger.warning("Letters wait: %s.", problem)
            except Exception as error:  # noqa: BLE001 - the thread's outermost loop: it goes on
                # Without the sentence, which may quote the letter; its lease runs out by itself.
                logger.error("A letter cannot be sent: %s.", type(error).__name__)  # noqa: TRY400 - the same
            self.woken.wait(_LOOK_EVERY)

    def _work(self) -> None:
        self._tidy()
        while not self.stopping.is_set() and self._round.send_one():
            pass

    def _tidy(self) -> None:
        now = self._round.clock()
        if self._tidied is None or now - self._tidied >= _TIDY_EVERY:
            tidy(self._round.store, now)
            self._tidied = now
