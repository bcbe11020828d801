"""What open sessions hand in, as far as their assurance lets them; each step in the audit.

How it is kept, `submissions` knows; a defect is reported without a session.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.account.draft_codec import (
    decode_appointment,
    decode_code_request,
    decode_confirmation,
    decode_defect,
    decode_message,
    decode_topics,
)
from kiosk_app.account.drafts import MessageDraft
from kiosk_app.account.model import SELF_ID, Channel, FreeTime, Scope
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.agenda.kinds import ItemKind, Question
from kiosk_app.gateway.audit import AuditAction
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.sessions import Session
from kiosk_app.gateway.submissions.desk import Author, SubmissionDesk
from kiosk_app.gateway.submissions.messages import Theirs
from kiosk_app.gateway.submissions.registering import Writing
from kiosk_app.gateway.viewing import Viewing

_STRANGER = ""


@dataclass(frozen=True)
class Request:
    """Who wants to write: the connection, the session's token, the `Idempotency-Key`, the body."""

    peer: Peer
    token: str
    key: str
    body: bytes = b""


@dataclass(frozen=True)
class WritingDesk:
    """Takes what sessions hand in. Every method may raise `Refusal` or `AccountFormatError`."""

    desk: SessionDesk
    viewing: Viewing
    submissions: SubmissionDesk

    async def send_message(self, request: Request) -> bytes:
        """Hand a message in to a department, for the person or for whom they act today."""
        draft, session = decode_message(request.body), await self._session(request)
        principal = self._pseudonym(draft.principal_id)
        key = await self._key_of(request, session, draft.principal_id)
        theirs = await self._theirs(key, draft)
        return await self._write(
            request,
            session,
            "POST /v1/messages",
            lambda author, writing: self.submissions.send_message(author, writing, draft, theirs),
            principal,
        )

    async def free_times(self, peer: Peer, token: str, bookable: str) -> tuple[FreeTime, ...]:
        """The times of a service that can be booked."""
        await self.desk.require(peer, token, Scope.APPOINTMENTS)
        return await asyncio.to_thread(self.submissions.free_times, bookable)

    async def book(self, request: Request) -> bytes:
        """Book an appointment."""
        draft, session = decode_appointment(request.body), await self._session(request)
        return await self._write(
            request,
            session,
            "POST /v1/appointments",
            lambda author, writing: self.submissions.book(author, writing, draft),
        )

    async def cancel(self, request: Request, appointment_id: str) -> bytes:
        """Cancel an appointment."""
        session = await self._session(request)
        return await self._write(
            request,
            session,
            f"DELETE /v1/appointments/{appointment_id}",
            lambda author, writing: self.submissions.cancel(author, writing, appointment_id),
        )

    async def send_code(self, request: Request) -> bytes:
        """Send a code to an address."""
        wish, session = decode_code_request(request.body), await self._session(request)
        return await self._write(
            request,
            session,
            "POST /v1/choices/codes",
            lambda author, writing: self.submissions.send_code(author, writing, wish),
        )

    async def confirm_address(self, request: Request) -> bytes:
        """Take the code that arrived at an address."""
        typed, session = decode_confirmation(request.body), await self._session(request)
        return await self._write(
            request,
            session,
            "POST /v1/choices/addresses",
            lambda author, writing: self.submissions.confirm_address(author, writing, typed),
        )

    async def forget_address(self, request: Request, channel: Channel) -> bytes:
        """Tell the person nothing more by that channel."""
        session = await self._session(request)
        return await self._write(
            request,
            session,
            f"DELETE /v1/choices/addresses/{channel}",
            lambda author, writing: self.submissions.forget_address(author, writing, channel),
        )

    async def choose_topics(self, request: Request) -> bytes:
        """Keep what the person wants to be told of."""
        chosen, session = decode_topics(request.body), await self._session(request)
        return await self._write(
            request,
            session,
            "PUT /v1/choices/topics",
            lambda author, writing: self.submissions.choose_topics(author, writing, chosen),
        )

    async def report_defect(self, peer: Peer, key: str, body: bytes) -> bytes:
        """Take a report from anybody at that kiosk."""
        draft = await asyncio.to_thread(decode_defect, body)
        return await self._write(
            Request(peer, "", key, body),
            None,
            "POST /v1/defects",
            lambda author, writing: self.submissions.report_defect(author.kiosk, writing, draft),
        )

    async def _session(self, request: Request) -> Session:
        return await self.desk.require(request.peer, request.token, Scope.SUBMISSIONS)

    async def _write(
        self,
        request: Request,
        session: Session | None,
        route: str,
        write: Callable[[Author, Writing], bytes],
        principal: str | None = None,
    ) -> bytes:
        peer = request.peer
        author = Author(peer.kiosk, _STRANGER if session is None else session.person.key)
        writing = self.submissions.writing(author, route, request.key, request.body)
        try:
            answer = await asyncio.to_thread(write, author, writing)
        except Refusal as refusal:
            pseudonym = None if session is None else session.pseudonym
            action, problem = AuditAction.WRITING_REFUSED, refusal.problem
            await self.desk.refused(peer, problem, pseudonym, action, principal)
            raise
        await self.desk.record(peer, AuditAction.WRITTEN, session, principal)
        return answer

    async def _key_of(self, request: Request, session: Session, principal_id: str) -> str:
        """The key of whom they act for, whose mandate counts now; a refusal is in the audit."""
        now, scopes = self.desk.clock(), frozenset(session.scopes)
        try:
            return await self.viewing.key_of(session.person, principal_id, scopes, now)
        except Refusal as refusal:
            action, principal = AuditAction.WRITING_REFUSED, self._pseudonym(principal_id)
            raise await self.desk.refused(
                request.peer, refusal.problem, session.pseudonym, action, principal
            ) from refusal

    def _pseudonym(self, principal_id: str) -> str | None:
        if principal_id == SELF_ID:
            return None
        return self.desk.audit.pseudonym("principal", principal_id)

    async def _theirs(self, key: str, draft: MessageDraft) -> Theirs:
        """Whose message it is, and what is theirs of the kinds that it points at."""
        kinds = frozenset(
            kind
            for kind, item_id in (
                (ItemKind.MESSAGES, draft.answers),
                (ItemKind.CASES, draft.case_id),
            )
            if item_id is not None
        )
        if not kinds:
            return Theirs(key)
        return await self._gathered(key, kinds, self.desk.clock(), draft)

    async def _gathered(
        self, key: str, kinds: frozenset[ItemKind], now: datetime, draft: MessageDraft
    ) -> Theirs:
        question = Question(key, now, kinds)
        found = await self.viewing.gathering.gather(question)
        theirs = Theirs(
            key=key,
            messages=frozenset(
                message.id
                for items in found.items
                for message in items.messages
                if message.may_answer
            ),
            cases=frozenset(case.id for items in found.items for case in items.cases),
        )
        known = {draft.answers, None} - {None} <= theirs.messages
        known = known and {draft.case_id, None} - {None} <= theirs.cases
        if found.missing and not known:
            raise Refusal(ProblemType.UNAVAILABLE)
        return theirs
