"""Signing in by telephone (RFC 8628): the gateway asks the city's OpenID provider, a kiosk asks it.

The device code, the provider's tokens and the person's subject stay here. A kiosk that asks too
often is answered from what is known; the provider is never asked faster than it allows.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, Protocol, TypeVar, assert_never

from kiosk_app.account.device_login import DeviceLogin
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.openid.answers import (
    Denied,
    DeviceAuthorization,
    Expired,
    Pending,
    ProviderProblem,
    Recognised,
)
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.persons import Person, Persons
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.short_lived import Full, ShortLived

logger = logging.getLogger(__name__)

LONGEST: Final = timedelta(minutes=10)
"""A login waits no longer, whatever the provider says."""
_ID_BYTES: Final = 32
_SLOWER: Final = timedelta(seconds=5)
_SLOWEST: Final = timedelta(minutes=1)
_ASKING: Final = 8
"""How many kiosks' questions the provider is asked at once; the others wait."""

T = TypeVar("T")


def _asking_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_ASKING, thread_name_prefix="openid")


class Provider(Protocol):
    """The city's OpenID provider; both questions block, and may raise `ProviderProblem`."""

    def begin(self) -> DeviceAuthorization:
        """Begin a device login."""

    def poll(self, device_code: str) -> Recognised | Pending | Denied | Expired:
        """Ask once whether somebody confirmed."""


@dataclass
class Waiting:
    """A login nobody has confirmed yet; the times say when the provider may be asked again."""

    peer: Peer
    device_code: str = field(repr=False)
    expires_at: datetime
    interval: timedelta
    ask_from: datetime
    is_asked: bool = False

    def slower(self) -> None:
        """Make the pauses longer (RFC 8628 section 3.5)."""
        self.interval = min(self.interval + _SLOWER, _SLOWEST)


@dataclass(frozen=True)
class DeviceLogins:
    """Logins by telephone; `provider` is None where the city has none. May raise `Refusal`.

    A provider is asked in threads of its own: one that hangs takes none from who has a card.
    """

    desk: SessionDesk
    provider: Provider | None
    persons: Persons
    waiting: ShortLived[Waiting]
    limit: RateLimit
    threads: ThreadPoolExecutor = field(default_factory=_asking_threads)

    @property
    def offered(self) -> bool:
        """Whether the city has a provider, so that a kiosk need not offer what leads nowhere."""
        return self.provider is not None

    async def begin(self, peer: Peer) -> DeviceLogin:
        """Begin a login; a kiosk has one at a time."""
        now = self._now()
        if not self.limit.allow(peer.thumbprint, now):
            raise await self.desk.refused(peer, ProblemType.TOO_MANY_ATTEMPTS)
        if self.provider is None:
            raise Refusal(ProblemType.UNAVAILABLE)
        try:
            begun = await self._ask(self.provider.begin)
        except ProviderProblem as problem:
            raise self._unavailable(problem) from problem
        interval = timedelta(seconds=begun.interval)
        until = now + min(timedelta(seconds=begun.expires_in), LONGEST)
        login_id = secrets.token_urlsafe(_ID_BYTES)
        self.forget(lambda other: other == peer)
        try:
            kept = Waiting(peer, begun.device_code, until, interval, now + interval)
            self.waiting.put(login_id, kept, now)
        except Full as full:
            raise Refusal(ProblemType.UNAVAILABLE) from full
        uri, complete = begun.verification_uri, begun.verification_uri_complete
        return DeviceLogin(login_id, begun.user_code, uri, complete, until, begun.interval)

    async def poll(self, peer: Peer, login_id: str) -> AccountToken | int:
        """The token once somebody confirmed; until then the seconds before the next question."""
        now, login = self._now(), await self._find(peer, login_id)
        if now >= login.expires_at:
            raise await self._over(peer, login_id, ProblemType.DEVICE_LOGIN_EXPIRED)
        if now < login.ask_from or login.is_asked or self.provider is None:
            return _seconds(login)
        login.ask_from, login.is_asked = now + login.interval, True
        try:
            said = await self._ask(partial(self.provider.poll, login.device_code))
        except ProviderProblem as problem:
            login.slower()
            raise self._unavailable(problem) from problem
        finally:
            login.is_asked = False
        match said:
            case Pending():
                return self._go_on_waiting(login, now, slower=said.slower)
            case Denied():
                raise await self._over(peer, login_id, ProblemType.DEVICE_LOGIN_DENIED)
            case Expired():
                raise await self._over(peer, login_id, ProblemType.DEVICE_LOGIN_EXPIRED)
            case Recognised():
                return await self._recognised(peer, login_id, said.person)
        assert_never(said)

    async def end(self, peer: Peer, login_id: str) -> None:
        """Give a login up."""
        await self._find(peer, login_id)
        self.waiting.pop(login_id)

    def forget(self, gone: Callable[[Peer], bool]) -> None:
        """Forget the logins of the kiosks for which `gone` is true."""
        self.waiting.drop(lambda login: gone(login.peer))

    def close(self) -> None:
        """Wait for no answer of the provider's."""
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _now(self) -> datetime:
        # In UTC: in the city's zone an hour of the autumn night comes twice.
        return self.desk.clock().astimezone(UTC)

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, question)

    async def _find(self, peer: Peer, login_id: str) -> Waiting:
        login = self.waiting.get(login_id, self.desk.clock())
        if login is None or login.peer != peer:
            raise await self.desk.refused(peer, ProblemType.LOGIN_UNKNOWN)
        return login

    def _go_on_waiting(self, login: Waiting, now: datetime, *, slower: bool) -> int:
        if slower:
            login.slower()
            login.ask_from = now + login.interval
        return _seconds(login)

    async def _over(self, peer: Peer, login_id: str, problem: ProblemType) -> Refusal:
        self.waiting.pop(login_id)
        return await self.desk.refused(peer, problem)

    async def _recognised(self, peer: Peer, login_id: str, subject: str) -> AccountToken:
        if self.waiting.get(login_id, self.desk.clock()) is None:
            # Given up, or the kiosk's certificate withdrawn, while the provider was asked.
            raise await self.desk.refused(peer, ProblemType.LOGIN_UNKNOWN)
        self.waiting.pop(login_id)
        pseudonym = self.desk.audit.pseudonym("openid", subject)
        try:
            person = await asyncio.to_thread(self._find_person, subject)
        except Refusal as refusal:
            raise await self.desk.refused(peer, refusal.problem, pseudonym) from refusal
        return await self.desk.open(peer, person, pseudonym, Assurance.OPENID)

    def _find_person(self, subject: str) -> Person:
        try:
            person = self.persons.find_by_openid(subject)
        except DatabaseProblem as problem:
            raise Refusal(ProblemType.UNAVAILABLE) from problem
        if person is None:
            raise Refusal(ProblemType.PERSON_UNKNOWN)
        return person

    def _unavailable(self, problem: ProviderProblem) -> Refusal:
        logger.warning("The OpenID provider does not serve: %s.", problem)
        return Refusal(ProblemType.UNAVAILABLE)


def _seconds(login: Waiting) -> int:
    return max(1, round(login.interval.total_seconds()))
