"""Handing out the PDF of a document to an open session; each time in the audit."""

import asyncio
from dataclasses import dataclass

from kiosk_app.account.model import SELF_ID, Scope
from kiosk_app.gateway.audit import AuditAction
from kiosk_app.gateway.document_files import DocumentFiles
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.viewing import Viewing


@dataclass(frozen=True)
class DocumentDesk:
    """The documents behind the sessions."""

    desk: SessionDesk
    viewing: Viewing
    files: DocumentFiles

    async def show(
        self, peer: Peer, token: str, document_id: str, principal_id: str = SELF_ID
    ) -> bytes:
        """The PDF of a document of the session's person, or of whom they act for.

        Raises:
            Refusal: no session; NOT_ENTITLED, shut, or no mandate; NOT_FOUND, not their document.
        """
        session = await self.desk.require(peer, token, Scope.DOCUMENTS)
        principal = self._pseudonym(principal_id)
        now, scopes = self.desk.clock(), frozenset(session.scopes)
        try:
            key = await self.viewing.key_of(session.person, principal_id, scopes, now)
            data = await asyncio.to_thread(self.files.find, key, document_id)
        except Refusal as refusal:
            action = AuditAction.ACCOUNT_REFUSED
            raise await self.desk.refused(
                peer, refusal.problem, session.pseudonym, action, principal
            ) from refusal
        # The card may have been taken meanwhile.
        await self.desk.find(peer, token)
        await self.desk.record(peer, AuditAction.DOCUMENT_SHOWN, session, principal)
        return data

    def _pseudonym(self, principal_id: str) -> str | None:
        if principal_id == SELF_ID:
            return None
        return self.desk.audit.pseudonym("principal", principal_id)
