"""Handing in from a kiosk: each thing with a key of its own, asked for again when no answer came.

It shares the connection of the client of accounts, and keeps nothing.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import quote, urlencode
from uuid import uuid4

from kiosk_app.account.causes import AccountCause, AccountProblem
from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.connection import Answer, GatewayConnection, broken
from kiosk_app.account.draft_codec import (
    encode_appointment,
    encode_code_request,
    encode_confirmation,
    encode_defect,
    encode_message,
    encode_topics,
)
from kiosk_app.account.drafts import (
    AppointmentDraft,
    CodeRequest,
    Confirmation,
    DefectDraft,
    MessageDraft,
    TopicChoices,
)
from kiosk_app.account.login import AccountToken
from kiosk_app.account.model import SELF_ID, Channel, FreeTime, Submission
from kiosk_app.account.submissions import (
    CodeSent,
    decode_code_sent,
    decode_free_times,
    decode_submission,
)

_T = TypeVar("_T")
_TRIES: Final = 3
MAX_DOCUMENT: Final = 10_000_000
"""A longer document is refused."""


def new_key() -> str:
    """A fresh `Idempotency-Key`: one for each thing a person hands in, however often it is sent."""
    return str(uuid4())


class SubmissionClient:
    """Hands in over one connection, for one thread. Every method raises `AccountProblem`.

    A lost answer is asked for again with the same key: the gateway writes once. With the key the
    caller may do so later too.
    """

    def __init__(self, connection: GatewayConnection) -> None:
        self._connection = connection

    def send_message(
        self, token: AccountToken, draft: MessageDraft, key: str | None = None
    ) -> Submission:
        """Hand a message in to a department."""
        return self._submit("POST", "/v1/messages", encode_message(draft), token, key)

    def free_times(self, token: AccountToken, bookable: str) -> tuple[FreeTime, ...]:
        """The times of a service that can be booked."""
        path = f"/v1/appointments/free?{urlencode({'bookable': bookable})}"
        return _read(decode_free_times, self._connection.ask("GET", path, token=token))

    def book(
        self, token: AccountToken, draft: AppointmentDraft, key: str | None = None
    ) -> Submission:
        """Book a free time."""
        return self._submit("POST", "/v1/appointments", encode_appointment(draft), token, key)

    def cancel(
        self, token: AccountToken, appointment_id: str, key: str | None = None
    ) -> Submission:
        """Cancel an appointment."""
        path = f"/v1/appointments/{quote(appointment_id, safe='')}"
        return self._submit("DELETE", path, None, token, key)

    def send_code(
        self, token: AccountToken, request: CodeRequest, key: str | None = None
    ) -> CodeSent:
        """Have a code sent to an address."""
        body = encode_code_request(request)
        answer = self._write("POST", "/v1/choices/codes", body, token, key)
        return _read(decode_code_sent, answer)

    def confirm_address(
        self, token: AccountToken, confirmation: Confirmation, key: str | None = None
    ) -> Submission:
        """Type the code that arrived."""
        body = encode_confirmation(confirmation)
        return self._submit("POST", "/v1/choices/addresses", body, token, key)

    def forget_address(
        self, token: AccountToken, channel: Channel, key: str | None = None
    ) -> Submission:
        """Be told nothing more by that channel."""
        return self._submit("DELETE", f"/v1/choices/addresses/{channel}", None, token, key)

    def choose_topics(
        self, token: AccountToken, choices: TopicChoices, key: str | None = None
    ) -> Submission:
        """Choose what to be told of."""
        return self._submit("PUT", "/v1/choices/topics", encode_topics(choices), token, key)

    def document(self, token: AccountToken, document_id: str, principal_id: str = SELF_ID) -> bytes:
        """The PDF of a document of that principal's account, of at most `MAX_DOCUMENT` bytes."""
        query = urlencode({"principal": principal_id})
        path = f"/v1/documents/{quote(document_id, safe='')}?{query}"
        data = self._connection.ask("GET", path, token=token, most=MAX_DOCUMENT).body
        if not data.startswith(b"%PDF-"):
            raise broken("the document: is no PDF")
        return data

    def report_defect(self, draft: DefectDraft, key: str | None = None) -> Submission:
        """Report something broken; nobody has to be signed in."""
        photo = None if draft.photo is None else b64encode(draft.photo).decode()
        return self._submit("POST", "/v1/defects", encode_defect(draft, photo), None, key)

    def _submit(
        self,
        method: str,
        path: str,
        body: bytes | None,
        token: AccountToken | None,
        key: str | None,
    ) -> Submission:
        return _read(decode_submission, self._write(method, path, body, token, key))

    def _write(
        self,
        method: str,
        path: str,
        body: bytes | None,
        token: AccountToken | None,
        key: str | None,
    ) -> Answer:
        headers = {"Idempotency-Key": key or new_key()}
        for tried in range(1, _TRIES + 1):
            try:
                return self._connection.ask(method, path, body, token, headers)
            except AccountProblem as problem:
                if problem.cause is not AccountCause.UNREACHABLE or tried == _TRIES:
                    raise
        raise AssertionError


def _read(decode: Callable[[bytes], _T], answer: Answer) -> _T:
    try:
        return decode(answer.body)
    except AccountFormatError as error:
        raise broken(str(error)) from error
