"""Signing in with a card: its evidence, its chip's proof, and whose account it opens."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.account.evidence import Evidence, PaceData
from kiosk_app.account.login import AccountToken, LoginChallenge
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.audit import AuditAction, AuditEvent
from kiosk_app.gateway.database import DatabaseProblem
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.persons import Person, Persons
from kiosk_app.gateway.proving import Proof, Prover, Refusal
from kiosk_app.gateway.rate_limit import RateLimit
from kiosk_app.gateway.session_desk import SessionDesk
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
class SignIn:
    """Logins with a card. Every method may raise `Refusal`."""

    desk: SessionDesk
    prover: Prover
    persons: Persons
    logins: ShortLived[Login]
    limits: Limits

    async def begin(self, peer: Peer, evidence: Evidence) -> LoginChallenge:
        """Check what a card says and ask its chip to prove that it is the original."""
        now = self.desk.clock()
        if not self.limits.kiosk.allow(peer.thumbprint, now):
            raise await self._refused(peer, ProblemType.TOO_MANY_ATTEMPTS)
        try:
            proof = await asyncio.to_thread(self.prover.begin, evidence, now)
        except Refusal as refusal:
            raise await self._refused(peer, refusal.problem) from refusal
        pseudonym = self.desk.audit.pseudonym(proof.issuing_state, proof.document_number)
        if not self.limits.document.allow(pseudonym, now):
            raise await self._refused(peer, ProblemType.TOO_MANY_ATTEMPTS, pseudonym)
        login_id = await self._keep(Login(peer, proof, pseudonym), now)
        return LoginChallenge(login_id, proof.plain, proof.protected, proof.pace)

    async def _keep(self, login: Login, now: datetime) -> str:
        login_id = secrets.token_urlsafe(_LOGIN_ID_BYTES)
        try:
            self.logins.put(login_id, login, now)
        except Full as full:
            problem = ProblemType.UNAVAILABLE
            raise await self._refused(login.peer, problem, login.pseudonym) from full
        begun = AuditEvent(now, login.peer.kiosk, AuditAction.LOGIN_BEGUN, login.pseudonym)
        await self.desk.audit.append(begun)
        return login_id

    async def pace_step(self, peer: Peer, login_id: str, data: PaceData) -> tuple[bytes, ...]:
        """Carry on the PACE of a login; one that fails is over."""
        login = await self._login(peer, login_id)
        try:
            return await asyncio.to_thread(self.prover.pace_step, login.proof, data)
        except Refusal as refusal:
            self.logins.pop(login_id)
            raise await self._refused(peer, refusal.problem, login.pseudonym) from refusal

    async def answer(self, peer: Peer, login_id: str, responses: Sequence[bytes]) -> AccountToken:
        """Judge the chip's answer, once, and open a session."""
        login = await self._login(peer, login_id)
        self.logins.pop(login_id)
        try:
            await asyncio.to_thread(self.prover.finish, login.proof, responses)
            person = await asyncio.to_thread(self._find_person, login.proof)
        except Refusal as refusal:
            raise await self._refused(peer, refusal.problem, login.pseudonym) from refusal
        return await self.desk.open(peer, person, login.pseudonym, login.proof.assurance)

    def forget(self, gone: Callable[[Peer], bool]) -> None:
        """Forget the logins of the kiosks for which `gone` is true."""
        self.logins.drop(lambda login: gone(login.peer))

    async def _login(self, peer: Peer, login_id: str) -> Login:
        login = self.logins.get(login_id, self.desk.clock())
        if login is None or login.peer != peer:
            raise await self._refused(peer, ProblemType.LOGIN_UNKNOWN)
        return login

    def _find_person(self, proof: Proof) -> Person:
        try:
            person = self.persons.find(proof.issuing_state, proof.document_number)
        except DatabaseProblem as problem:
            raise Refusal(ProblemType.UNAVAILABLE) from problem
        if person is None:
            raise Refusal(ProblemType.CARD_UNKNOWN)
        return person

    async def _refused(
        self, peer: Peer, problem: ProblemType, pseudonym: str | None = None
    ) -> Refusal:
        return await self.desk.refused(peer, problem, pseudonym)
