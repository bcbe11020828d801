"""Reads the chip and asks the city hall, in a worker's thread; logs and keeps nothing of either."""

import logging
from collections.abc import Callable

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.login import AccountToken, Evidence
from kiosk_app.account.model import Account
from kiosk_app.cards import pcsc
from kiosk_app.cards.causes import CardCause, CardProblem
from kiosk_app.cards.chip import read_chip
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

logger = logging.getLogger(__name__)


class SignInDesk:
    """The way from a card on the reader to an account; answers go to `post` as events."""

    def __init__(
        self, gateway: GatewayAddress | None, post: Callable[[Event], None], worker: Worker
    ) -> None:
        self._gateway = gateway
        self._post = post
        self._worker = worker
        self._client: AccountClient | None = None
        self._token: AccountToken | None = None

    def open_gateway(self) -> None:
        """Connect ahead and say whether the city hall answers."""
        self._worker.submit(self._ping)

    def sign_in(self, order: SignIn) -> None:
        """Do the whole sign-in; the end is AccountArrived or SignInFailed."""
        self._worker.submit(lambda: self._sign_in(order))

    def revoke(self, then: Callable[[], None]) -> None:
        """Give the token back, if there is one, and call `then` in the worker's thread."""
        self._worker.submit(lambda: self._revoke(then))

    def _ping(self) -> None:
        try:
            self._connected().ping()
        except AccountProblem:
            self._post(DeviceLost(Device.GATEWAY))
        else:
            self._post(DeviceFound(Device.GATEWAY))

    def _sign_in(self, order: SignIn) -> None:
        try:
            account = self._account(order)
        except (CardProblem, AccountProblem) as problem:
            logger.info("Sign-in ended with: %s", problem.cause.value)
            self._post(SignInFailed(order.attempt, problem.cause))
        except Exception as error:  # noqa: BLE001 - whatever a hostile card makes fail is a bad card
            logger.error("Sign-in failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback may quote the card
            self._post(SignInFailed(order.attempt, CardCause.DAMAGED))
        else:
            self._post(AccountArrived(order.attempt, account))

    def _account(self, order: SignIn) -> Account:
        client = self._connected()
        with pcsc.open_card(order.reader) as card:
            chip = read_chip(card.transmit, order.can)
            self._post(ChipRead(order.attempt))
            challenge = client.login(Evidence(chip.dg1, chip.dg14, chip.sod))
            answers = chip.relay(challenge.plain, challenge.protected)
        self._token = client.answer(challenge.login_id, answers)
        return client.account(self._token)

    def _revoke(self, then: Callable[[], None]) -> None:
        token, self._token = self._token, None
        try:
            if token is not None:
                self._connected().end_session(token)
        except AccountProblem as problem:
            logger.info("The token was not given back (%s); it expires.", problem.cause.value)
        then()

    def _connected(self) -> AccountClient:
        if self._gateway is None:
            raise AccountProblem(AccountCause.UNREACHABLE, "No gateway is configured.")
        if self._client is None:
            paths = (self._gateway.ca, self._gateway.certificate, self._gateway.key)
            missing = next((path for path in paths if not path.is_file()), None)
            if missing is not None:
                raise AccountProblem(AccountCause.UNREACHABLE, f"{missing.name} is not there.")
            self._client = AccountClient(self._gateway.url, *paths)
        return self._client
