"""Signs in for the deciding thread, in a worker's: orders in, events out; it knows no card."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk_app.account.causes import AccountProblem
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.config import GatewayAddress
from kiosk_app.session.effects import SignIn
from kiosk_app.session.events import (
    AccountArrived,
    ChipRead,
    DeviceFound,
    DeviceLost,
    Event,
    SignInFailed,
)
from kiosk_app.session.model import Device
from kiosk_app.window_worker import Worker

if TYPE_CHECKING:
    from kiosk_app.window_account import AccountWay

logger = logging.getLogger(__name__)


class SignInDesk:
    """The way from a card on the reader to an account; answers go to `post` as events."""

    def __init__(
        self, gateway: GatewayAddress | None, post: Callable[[Event], None], worker: Worker
    ) -> None:
        self._gateway = gateway
        self._post = post
        self._worker = worker
        self._known_way: AccountWay | None = None

    def warm_up(self) -> None:
        """Load what signing in needs, so that the first card need not wait for it."""
        self._worker.submit(self._warm_up)

    def open_gateway(self) -> None:
        """Connect ahead and say whether the city hall answers."""
        self._worker.submit_when_idle(self._ping)

    def sign_in(self, order: SignIn) -> None:
        """Do the whole sign-in; the end is AccountArrived or SignInFailed."""
        self._worker.submit(lambda: self._sign_in(order))

    def revoke(self, then: Callable[[], None]) -> None:
        """Give the token back, if there is one, and call `then` in the worker's thread."""
        self._worker.submit(self._end)
        self._worker.submit(then)

    def _warm_up(self) -> None:
        self._way()

    def _ping(self) -> None:
        try:
            self._way().ping()
        except AccountProblem:
            self._post(DeviceLost(Device.GATEWAY))
        else:
            self._post(DeviceFound(Device.GATEWAY))

    def _sign_in(self, order: SignIn) -> None:
        try:
            account = self._way().account(order, lambda: self._post(ChipRead(order.attempt)))
        except (CardProblem, AccountProblem) as problem:
            logger.info("Sign-in ended with: %s", problem.cause.value)
            self._post(SignInFailed(order.attempt, problem.cause))
        except Exception as error:  # noqa: BLE001 - whatever a hostile card makes fail is a bad card
            logger.error("Sign-in failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may quote the card
            self._post(SignInFailed(order.attempt, CardCause.DAMAGED))
        else:
            self._post(AccountArrived(order.attempt, account))

    def _end(self) -> None:
        if self._known_way is not None:
            self._known_way.end()

    def _way(self) -> "AccountWay":
        if self._known_way is None:
            from kiosk_app.window_account import AccountWay  # noqa: PLC0415 - see its docstring

            self._known_way = AccountWay(self._gateway)
        return self._known_way
