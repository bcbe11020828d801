"""Sessions as the other desks need them: opened, found, ended, and each step in the audit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import Assurance, Scope
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.admission import Admission
from kiosk_app.gateway.assurance import AssuranceTable
from kiosk_app.gateway.audit import Audit, AuditAction, AuditEvent
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.persons import Person
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.sessions import Session, Sessions
from kiosk_app.gateway.short_lived import Full


@dataclass(frozen=True)
class SessionDesk:
    """The open sessions of one gateway, and what each assurance opens.

    Nothing is shown that the audit could not record: an `OSError` of the record goes through.
    """

    admission: Admission
    audit: Audit
    sessions: Sessions
    table: AssuranceTable
    clock: Callable[[], datetime]

    async def open(
        self, peer: Peer, person: Person, pseudonym: str, assurance: Assurance
    ) -> AccountToken:
        """Open a session for somebody who was recognised.

        Raises:
            Refusal: too many sessions are open, or the kiosk's certificate was withdrawn meanwhile.
        """
        if not self.admission.admits(peer):
            raise await self.refused(peer, ProblemType.NOT_ADMITTED, pseudonym)
        scopes = self.table.scopes(assurance)
        session = Session(person, peer, pseudonym, assurance, scopes)
        try:
            secret, until = self.sessions.open(session, self.clock())
        except Full as full:
            raise await self.refused(peer, ProblemType.UNAVAILABLE, pseudonym) from full
        try:
            await self.record(peer, AuditAction.SESSION_OPENED, session)
        except OSError:
            self.sessions.close(secret)
            raise
        return AccountToken(secret, until, assurance, scopes)

    async def find(self, peer: Peer, token: str) -> Session:
        """The session of that token on that kiosk's connection.

        Raises:
            Refusal: there is none (any more), or the kiosk's certificate was withdrawn.
        """
        session = self.sessions.find(token, peer, self.clock())
        if session is None or not self.admission.admits(peer):
            await self.record(peer, AuditAction.TOKEN_REFUSED)
            raise Refusal(ProblemType.SESSION_ENDED)
        return session

    async def require(self, peer: Peer, token: str, scope: Scope) -> Session:
        """The session of that token, if its assurance opens that scope.

        Raises:
            Refusal: as `find`; NOT_ENTITLED where the scope is shut.
        """
        session = await self.find(peer, token)
        if scope not in session.scopes:
            problem = ProblemType.NOT_ENTITLED
            raise await self.refused(peer, problem, session.pseudonym)
        return session

    async def end(self, peer: Peer, token: str) -> None:
        """End that session at once; raises `Refusal` where there is none."""
        session = await self.find(peer, token)
        self.sessions.close(token)
        await self.record(peer, AuditAction.SESSION_CLOSED, session)

    async def refused(
        self,
        peer: Peer,
        problem: ProblemType,
        pseudonym: str | None = None,
        action: AuditAction = AuditAction.LOGIN_REFUSED,
        principal: str | None = None,
    ) -> Refusal:
        """Record a refusal, for the caller to raise."""
        event = AuditEvent(
            self.clock(),
            peer.kiosk,
            action,
            pseudonym,
            principal=principal,
            why=problem.short_name,
        )
        await self.audit.append(event)
        return Refusal(problem)

    async def record(
        self,
        peer: Peer,
        action: AuditAction,
        session: Session | None = None,
        principal: str | None = None,
    ) -> None:
        """Record what happened to a session, or to a token that has none."""
        pseudonym = None if session is None else session.pseudonym
        assurance = None if session is None else session.assurance
        event = AuditEvent(self.clock(), peer.kiosk, action, pseudonym, assurance, principal)
        await self.audit.append(event)
