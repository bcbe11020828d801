"""What the gateway does for kiosks: login, answer, account, end. It speaks no HTTP and no SQL."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.account.evidence import Evidence, PaceData
from kiosk_app.account.login import AccountToken, LoginChallenge
from kiosk_app.account.model import Account
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.admission import Admission
from kiosk_app.gateway.assembling import assemble
from kiosk_app.gateway.audit import Audit, AuditAction, AuditEvent
from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.gathering import Gathering
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.persons import Person, Persons
from kiosk_app.gateway.proving import Proof, Prover, Refusal
from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.sessions import Session, Sessions
from kiosk_app.gateway.short_lived import Full, ShortLived

_LOGIN_ID_BYTES = 32


@dataclass(frozen=True)
class Login:
    """A login that waits for the chip's answer: for which kiosk, and what is to be proven."""

    peer: Peer
    proof: Proof
    pseudonym: str


@dataclass(frozen=True)
class Limits:
    """How many logins a minute one kiosk and one document may begin."""

    kiosk: RateLimit
    document: RateLimit


@dataclass(frozen=True)
class Desk:
    """The ports and stores of one gateway. Every method may raise `Refusal`.

    Who may speak to it at all, `admission` says; that is asked before a request is read.

    Nothing is shown that the audit could not record: an `OSError` of the record goes through.
    """

    admission: Admission
    prover: Prover
    persons: Persons
    gathering: Gathering
    audit: Audit
    logins: ShortLived[Login]
    sessions: Sessions
    limits: Limits
    clock: Callable[[], datetime]

    async def begin_login(self, peer: Peer, evidence: Evidence) -> LoginChallenge:
        """Check what a chip says and ask it to prove that it is the original."""
        now = self.clock()
        if not self.limits.kiosk.allow(peer.thumbprint, now):
            raise self._refused(peer, ProblemType.TOO_MANY_ATTEMPTS)
        try:
            proof = await asyncio.to_thread(self.prover.begin, evidence, now)
        except Refusal as refusal:
            raise self._refused(peer, refusal.problem) from refusal
        pseudonym = self.audit.pseudonym(proof.issuing_state, proof.document_number)
        if not self.limits.document.allow(pseudonym, now):
            raise self._refused(peer, ProblemType.TOO_MANY_ATTEMPTS, pseudonym)
        login_id = secrets.token_urlsafe(_LOGIN_ID_BYTES)
        try:
            self.logins.put(login_id, Login(peer, proof, pseudonym), now)
        except Full as full:
            raise self._refused(peer, ProblemType.UNAVAILABLE, pseudonym) from full
        self._record(peer, AuditAction.LOGIN_BEGUN, pseudonym)
        return LoginChallenge(login_id, proof.plain, proof.protected, proof.pace)

    async def pace_step(self, peer: Peer, login_id: str, data: PaceData) -> tuple[bytes, ...]:
        """Carry on the PACE of a login; one that fails is over."""
        login = self._login(peer, login_id)
        try:
            return await asyncio.to_thread(self.prover.pace_step, login.proof, data)
        except Refusal as refusal:
            self.logins.pop(login_id)
            raise self._refused(peer, refusal.problem, login.pseudonym) from refusal

    async def answer(self, peer: Peer, login_id: str, responses: Sequence[bytes]) -> AccountToken:
        """Judge the chip's answer, once, and open a session."""
        login = self._login(peer, login_id)
        self.logins.pop(login_id)
        try:
            await asyncio.to_thread(self.prover.finish, login.proof, responses)
            person = await asyncio.to_thread(self._find_person, login.proof)
            session = Session(person, peer, login.pseudonym)
            secret, until = self.sessions.open(session, self.clock())
        except Refusal as refusal:
            raise self._refused(peer, refusal.problem, login.pseudonym) from refusal
        except Full as full:
            raise self._refused(peer, ProblemType.UNAVAILABLE, login.pseudonym) from full
        self._record(peer, AuditAction.SESSION_OPENED, login.pseudonym)
        return AccountToken(secret, until, login.proof.assurance)

    def _login(self, peer: Peer, login_id: str) -> Login:
        login = self.logins.get(login_id, self.clock())
        if login is None or login.peer != peer:
            raise self._refused(peer, ProblemType.LOGIN_UNKNOWN)
        return login

    def _find_person(self, proof: Proof) -> Person:
        try:
            person = self.persons.find(proof.issuing_state, proof.document_number)
        except DatabaseProblem as problem:
            raise Refusal(ProblemType.UNAVAILABLE) from problem
        if person is None:
            raise Refusal(ProblemType.CARD_UNKNOWN)
        return person

    async def account(self, peer: Peer, token: str) -> Account:
        """The account of that session's person, as the agendas answer now."""
        session = self._session(peer, token)
        now = self.clock()
        gathered = await self.gathering.gather(session.person.key, now.date())
        # The card may have been taken while the agendas were asked.
        self._session(peer, token)
        self._record(peer, AuditAction.ACCOUNT_SHOWN, session.pseudonym)
        return assemble(session.person.summary, now, gathered)

    def end_session(self, peer: Peer, token: str) -> None:
        """End that session at once."""
        session = self._session(peer, token)
        self.sessions.close(token)
        self._record(peer, AuditAction.SESSION_CLOSED, session.pseudonym)

    def _session(self, peer: Peer, token: str) -> Session:
        session = self.sessions.find(token, peer, self.clock())
        if session is None:
            self._record(peer, AuditAction.TOKEN_REFUSED)
            raise Refusal(ProblemType.SESSION_ENDED)
        return session

    def _refused(self, peer: Peer, problem: ProblemType, pseudonym: str | None = None) -> Refusal:
        self._record(peer, AuditAction.LOGIN_REFUSED, pseudonym, problem.short_name)
        return Refusal(problem)

    def _record(
        self, peer: Peer, action: AuditAction, pseudonym: str | None = None, why: str | None = None
    ) -> None:
        self.audit.write(AuditEvent(self.clock(), peer.kiosk, action, pseudonym, why))
