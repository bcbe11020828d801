"""From a card on the reader to an account, step by step; logs and keeps nothing but the token.

It brings the libraries for cards and HTTPS with it, so it is imported by the worker that needs it,
after the first picture is painted.
"""

import logging
from collections.abc import Callable

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.evidence import DocumentEvidence
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Account
from kiosk_app.cards import pcsc
from kiosk_app.cards.chip import read_chip
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.config import GatewayAddress
from kiosk_app.session.effects import SignIn

logger = logging.getLogger(__name__)


class AccountWay:
    """One connection to the gateway and at most one token, for one thread."""

    def __init__(self, gateway: GatewayAddress | None) -> None:
        self._gateway = gateway
        self._client: AccountClient | None = None
        self._token: AccountToken | None = None

    def ping(self) -> None:
        """Connect ahead; raises AccountProblem."""
        self._connected().ping()

    def account(self, order: SignIn, on_chip_read: Callable[[], None]) -> Account:
        """Read the chip, prove it, fetch the account.

        Raises:
            CardProblem, AccountProblem: with a cause a person can see or fix.
        """
        client = self._connected()
        with pcsc.open_card(order.reader) as card:
            chip = read_chip(card.transmit, Can(order.can))
            on_chip_read()
            challenge = client.login(DocumentEvidence(chip.dg1, chip.sod, chip.dg14))
            answers = chip.relay(challenge.plain, challenge.protected)
        self._token = client.answer(challenge.login_id, answers)
        return client.account(self._token)

    def end(self) -> None:
        """Give the token back, if there is one; one that is not given back expires."""
        token, self._token = self._token, None
        if token is None:
            return
        try:
            self._connected().end_session(token)
        except AccountProblem as problem:
            logger.info("The token was not given back (%s); it expires.", problem.cause.value)

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
