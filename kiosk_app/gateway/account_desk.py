"""Showing accounts to open sessions, as far as each one's assurance opens them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kiosk_app.account.model import SELF_ID, Account
from kiosk_app.gateway.assembling import NOTHING_ADDED, Additions
from kiosk_app.gateway.audit import AuditAction
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.viewing import Viewing


@dataclass(frozen=True)
class AccountDesk:
    """The accounts behind the sessions."""

    desk: SessionDesk
    viewing: Viewing
    additions: Callable[[str], Additions]
    """What was handed in here by the person of that key; it blocks, and may raise `Refusal`."""

    async def show(self, peer: Peer, token: str, principal_id: str = SELF_ID) -> Account:
        """The account of that session's person, or of whom they act for, as the agendas answer.

        Raises:
            Refusal: no session; NOT_ENTITLED where no mandate opens it today.
        """
        session = await self.desk.find(peer, token)
        now, scopes = self.desk.clock(), frozenset(session.scopes)
        principal = self._pseudonym(principal_id)
        try:
            added = await self._added(session.person.key, principal_id)
            account = await self.viewing.account(session.person, principal_id, scopes, now, added)
        except Refusal as refusal:
            action = AuditAction.ACCOUNT_REFUSED
            raise await self.desk.refused(
                peer, refusal.problem, session.pseudonym, action, principal
            ) from refusal
        # The card may have been taken while the agendas were asked.
        await self.desk.find(peer, token)
        await self.desk.record(peer, AuditAction.ACCOUNT_SHOWN, session, principal)
        return account

    async def _added(self, person: str, principal_id: str) -> Additions | None:
        if principal_id != SELF_ID:
            return NOTHING_ADDED
        try:
            return await asyncio.to_thread(self.additions, person)
        except Refusal:
            return None

    def _pseudonym(self, principal_id: str) -> str | None:
        if principal_id == SELF_ID:
            return None
        return self.desk.audit.pseudonym("principal", principal_id)
