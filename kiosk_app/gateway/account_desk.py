"""Showing accounts to open sessions, as far as each one's assurance opens them."""

from dataclasses import dataclass

from kiosk_app.account.model import SELF_ID, Account
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

    async def show(self, peer: Peer, token: str, principal_id: str = SELF_ID) -> Account:
        """The account of that session's person, or of whom they act for, as the agendas answer.

        Raises:
            Refusal: no session; NOT_ENTITLED where no mandate opens it today.
        """
        session = await self.desk.find(peer, token)
        now, scopes = self.desk.clock(), frozenset(session.scopes)
        principal = self._pseudonym(principal_id)
        try:
            account = await self.viewing.account(session.person, principal_id, scopes, now)
        except Refusal as refusal:
            action = AuditAction.ACCOUNT_REFUSED
            raise await self.desk.refused(
                peer, refusal.problem, session.pseudonym, action, principal
            ) from refusal
        # The card may have been taken while the agendas were asked.
        await self.desk.find(peer, token)
        await self.desk.record(peer, AuditAction.ACCOUNT_SHOWN, session, principal)
        return account

    def _pseudonym(self, principal_id: str) -> str | None:
        if principal_id == SELF_ID:
            return None
        return self.desk.audit.pseudonym("principal", principal_id)
