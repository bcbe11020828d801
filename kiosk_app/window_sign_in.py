"""Signs in for the deciding thread, in a worker's: orders in, events out; it knows no card."""

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.cards.causes import CardProblem
from kiosk_app.config import GatewayAddress, SignInChoices
from kiosk_app.session.effects import (
    FetchAccount,
    PollPhone,
    ProvePin,
    SignIn,
    SignInByPhone,
)
from kiosk_app.session.events import Event
from kiosk_app.session.events.answers import (
    AccountArrived,
    ChipRead,
    PhoneCodeArrived,
    PhoneStillWaiting,
    SignInFailed,
)
from kiosk_app.session.events.surroundings import DeviceFound, DeviceLost, PhoneServed
from kiosk_app.session.model import PAD, Device, SignInWays
from kiosk_app.session.seconds import Seconds
from kiosk_app.window_worker import Worker

if TYPE_CHECKING:
    from kiosk_app.account.device_login import DeviceLogin
    from kiosk_app.window_account import AccountWay

logger = logging.getLogger(__name__)

Order = SignIn | SignInByPhone | PollPhone | ProvePin | FetchAccount
_LONGEST_LIFE = 1800.0  # seconds a code is shown at most, whatever its expiry says


class SignInDesk:
    """The way to an account; answers go to `post` as events.

    Args:
        way: makes the way; it is loaded when the first order or `warm_up` comes.
    """

    def __init__(
        self,
        gateway: GatewayAddress | None,
        post: Callable[[Event], None],
        worker: Worker,
        way: "Callable[[GatewayAddress | None], AccountWay] | None" = None,
    ) -> None:
        self._gateway = gateway
        self._post = post
        self._worker = worker
        self._make_way = way or _account_way
        self._known_way: AccountWay | None = None
        self._interval = Seconds(5)

    def warm_up(self) -> None:
        """Load what signing in needs, so that the first card need not wait for it."""
        self._worker.submit(self._warm_up)

    def open_gateway(self) -> None:
        """Connect ahead and say whether the city hall answers."""
        self._worker.submit_when_idle(self._ping)

    def take(self, order: Order) -> None:
        """Do what is ordered; the end is an answer with the order's attempt."""
        self._worker.submit(lambda: self._take(order))

    def revoke(self, then: Callable[[], None]) -> None:
        """Give back token and code, if there are any, and call `then` in the worker's thread."""
        self._worker.submit(self._end)
        self._worker.submit(then)

    def _warm_up(self) -> None:
        self._way()

    def _ping(self) -> None:
        try:
            phone = self._way().ping()
        except AccountProblem:
            self._post(DeviceLost(Device.GATEWAY))
        else:
            self._post(DeviceFound(Device.GATEWAY))
            self._post(PhoneServed(phone))

    def _take(self, order: Order) -> None:
        try:
            self._post(self._answer(order))
        except CardProblem as problem:
            self._failed(SignInFailed(order.attempt, problem.cause, problem.tries_left))
        except AccountProblem as problem:
            why = (problem.cause, problem.tries_left, problem.retry_after)
            self._failed(SignInFailed(order.attempt, *why))
        except Exception as error:  # noqa: BLE001 - a citizen waits for an answer, whatever it is
            logger.error("An order failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may quote the card
            self._post(SignInFailed(order.attempt, AccountCause.BROKEN_ANSWER))

    def _failed(self, failed: SignInFailed) -> None:
        logger.info("Sign-in ended with: %s", failed.cause.value)
        self._post(failed)

    def _answer(self, order: Order) -> Event:
        way, attempt = self._way(), order.attempt
        match order:
            case SignIn():
                found = way.by_card(order, lambda: self._post(ChipRead(attempt)))
            case SignInByPhone():
                return self._code(attempt, way.begin_phone())
            case PollPhone():
                confirmed = way.poll_phone()
                if confirmed is None:
                    return PhoneStillWaiting(attempt, self._interval)
                found = confirmed
            case ProvePin(_, principal_id, pin):
                found = way.prove_pin(pin, principal_id)
            case FetchAccount(_, principal_id):
                found = way.fetch(principal_id)
        return AccountArrived(attempt, *found)

    def _code(self, attempt: int, login: "DeviceLogin") -> PhoneCodeArrived:
        self._interval = Seconds(max(1, login.interval))
        left = (login.expires_at - datetime.now(UTC)).total_seconds()
        return PhoneCodeArrived(
            attempt,
            login.user_code,
            login.verification_uri_complete,
            login.verification_uri,
            Seconds(min(max(0.0, left), _LONGEST_LIFE)),
            self._interval,
        )

    def _end(self) -> None:
        if self._known_way is not None:
            self._known_way.end()

    def _way(self) -> "AccountWay":
        if self._known_way is None:
            self._known_way = self._make_way(self._gateway)
        return self._known_way


def sign_in_ways(choices: SignInChoices) -> SignInWays:
    """The configured ways, with one order of the PIN's keys for each process, so each citizen."""
    pad = list(PAD)
    if choices.shuffled_pin_pad:
        random.SystemRandom().shuffle(pad)
    return SignInWays(choices.phone, choices.passport, tuple(pad))


def _account_way(gateway: GatewayAddress | None) -> "AccountWay":
    from kiosk_app.window_account import AccountWay  # noqa: PLC0415 - see its docstring

    return AccountWay(gateway)
