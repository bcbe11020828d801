"""Adding the account PIN to a session of a proven chip; the counter sets PINs, not a kiosk.

No PIN set, a wrong one and a locked one take the same work and are told apart by what the person
must know only: how many tries are left, and that only the counter helps.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Final

from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.audit import AuditAction
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.pin_hash import PinHashes
from kiosk_app.gateway.pin_store import Locked, PinStore, TooEarly, Try
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.sessions import Session
from kiosk_app.gateway.store import StoreProblem

logger = logging.getLogger(__name__)

_RAISES_TO: Final = {Assurance.CHIP: Assurance.CHIP_PIN}


@dataclass(frozen=True)
class SecondFactor:
    """PINs of sessions. `limit` is how many one person may type a minute at all kiosks."""

    desk: SessionDesk
    store: PinStore
    hashes: PinHashes
    limit: RateLimit

    async def add(self, peer: Peer, token: str, pin: str) -> AccountToken:
        """A new token of higher assurance for a right PIN; the old one is worth nothing then.

        Raises:
            Refusal: PIN_WRONG, PIN_LOCKED, TOO_MANY_ATTEMPTS, or NOT_ENTITLED where the session is
                none that a PIN raises.
        """
        session = await self.desk.find(peer, token)
        raised = _RAISES_TO.get(session.assurance)
        if raised is None:
            raise await self._refused(session, Refusal(ProblemType.NOT_ENTITLED))
        await self._check(session, pin)
        # The card may have been taken meanwhile: then the old token is worth nothing already.
        await self.desk.find(peer, token)
        self.desk.sessions.close(token)
        return await self.desk.open(peer, session.person, session.pseudonym, raised)

    async def _check(self, session: Session, pin: str) -> None:
        person = session.person.key
        if not self.limit.allow(person, self.desk.clock()):
            raise await self._refused(session, Refusal(ProblemType.TOO_MANY_ATTEMPTS))
        try:
            taken = await asyncio.to_thread(self.store.take_try, person, self.desk.clock())
            if isinstance(taken, TooEarly):
                early = Refusal(ProblemType.TOO_MANY_ATTEMPTS, retry_after=taken.retry_after)
                raise await self._refused(session, early)
            made = taken.hash if isinstance(taken, Try) else None
            if await self.hashes.fits(made, pin) and made is not None:
                await asyncio.to_thread(self.store.was_right, person, made)
                return
        except StoreProblem as problem:
            logger.error("The PIN could not be checked: %s.", problem)  # noqa: TRY400 - a sentence
            raise Refusal(ProblemType.UNAVAILABLE) from problem
        raise await self._refused(session, _refusal(taken))

    async def _refused(self, session: Session, refusal: Refusal) -> Refusal:
        peer, name = session.peer, session.pseudonym
        await self.desk.refused(peer, refusal.problem, name, AuditAction.PIN_REFUSED)
        return refusal


def _refusal(taken: Try | Locked) -> Refusal:
    if isinstance(taken, Locked) or taken.left == 0:
        return Refusal(ProblemType.PIN_LOCKED, tries_left=0)
    problem = ProblemType.PIN_WRONG
    return Refusal(problem, tries_left=taken.left, retry_after=taken.retry_after)
