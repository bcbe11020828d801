"""From a card or a phone to an account, step by step; logs and keeps nothing but the token.

It brings the libraries for cards and HTTPS with it, so it is imported by the worker that needs it,
after the first picture is painted.
"""

import logging
from collections.abc import Callable

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.client import AccountClient
from kiosk_app.account.device_login import DeviceLogin
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import SELF_ID, Account, Assurance
from kiosk_app.config import GatewayAddress
from kiosk_app.session.effects import SignIn
from kiosk_app.window_chip import read_on
from kiosk_app.window_phases import asking_the_city_hall

logger = logging.getLogger(__name__)

Found = tuple[Account, Assurance]
"""An account, and how surely its person was recognised."""


class AccountWay:
    """One connection to the gateway and at most one token, for one thread.

    Every method but `end` raises AccountProblem with a cause a person can see or fix.
    """

    def __init__(self, gateway: GatewayAddress | None) -> None:
        self._gateway = gateway
        self._client: AccountClient | None = None
        self._token: AccountToken | None = None
        self._phone: DeviceLogin | None = None

    def ping(self) -> bool:
        """Connect ahead; the answer is whether one may sign in by phone."""
        with asking_the_city_hall():
            return self._connected().ping()

    def by_card(self, order: SignIn, on_chip_read: Callable[[], None]) -> Found:
        """Read the chip, prove it, fetch the account.

        Raises:
            CardProblem: with a cause a person can see or fix.
        """
        with asking_the_city_hall():
            client = self._connected()
        with read_on(order.reader, order.password) as card:
            on_chip_read()
            with asking_the_city_hall():
                challenge = client.login(card.evidence)
            answers = card.prove(client, challenge)
        with asking_the_city_hall():
            return self._opened(client.answer(challenge.login_id, answers))

    def begin_phone(self) -> DeviceLogin:
        """Ask for a code that a phone can confirm; one that still waits is given up."""
        with asking_the_city_hall():
            self._phone = self._connected().begin_device_login()
            return self._phone

    def poll_phone(self) -> Found | None:
        """The account, once the phone has confirmed; None while it has not."""
        with asking_the_city_hall():
            login = self._phone
            if login is None:
                sentence = "No phone is waited for."
                raise AccountProblem(AccountCause.DEVICE_LOGIN_EXPIRED, sentence)
            token = self._connected().poll_device_login(login)
            if token is None:
                return None
            self._phone = None
            return self._opened(token)

    def prove_pin(self, pin: str, principal_id: str) -> Found:
        """Add the account PIN to the session and fetch the account anew."""
        with asking_the_city_hall():
            return self._opened(self._connected().pin(self._known(), pin), principal_id)

    def fetch(self, principal_id: str) -> Found:
        """The account of one principal."""
        with asking_the_city_hall():
            return self._opened(self._known(), principal_id)

    def end(self) -> None:
        """Give back the token, and the code of a phone; what is not given back expires."""
        token, self._token = self._token, None
        login, self._phone = self._phone, None
        if token is not None:
            _give_back("token", lambda: self._connected().end_session(token))
        if login is not None:
            _give_back("code", lambda: self._connected().end_device_login(login))

    def _opened(self, token: AccountToken, principal_id: str = SELF_ID) -> Found:
        self._token = token
        return self._connected().account(token, principal_id), token.assurance

    def _known(self) -> AccountToken:
        if self._token is None:
            raise AccountProblem(AccountCause.SESSION_ENDED, "There is no session any more.")
        return self._token

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


def _give_back(what: str, call: Callable[[], None]) -> None:
    try:
        with asking_the_city_hall():
            call()
    except AccountProblem as problem:
        logger.info("The %s was not given back (%s); it expires.", what, problem.cause.value)
