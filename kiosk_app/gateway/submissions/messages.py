"""Messages of citizens to the departments, in the store; whose a case is, others say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from sqlalchemy import Connection, text

from kiosk_app.account.drafts import MessageDraft
from kiosk_app.account.model import (
    Channel,
    Direction,
    LocalizedText,
    Message,
    Submission,
    SubmissionKind,
)
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.submission_settings import Department
from kiosk_app.gateway.submissions.outbox import Letter, put
from kiosk_app.gateway.submissions.registering import Entry, register
from kiosk_app.gateway.submissions.tables import from_moment, to_moment

OFFICE_LIFETIME: Final = timedelta(days=30)
"""How long a letter to an office is tried."""
_SHOWN: Final = 50
_SHOWN_TEXT: Final = 100_000
"""Characters of all messages shown together: an account has a limited length."""


@dataclass(frozen=True)
class Theirs:
    """In whose name a message is, and what is theirs: messages that take an answer, and cases.

    The key is the agendas'; whether the writer may act for them, others have asked.
    """

    key: str = field(repr=False)
    messages: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()


def write_message(
    connection: Connection,
    person: str,
    draft: MessageDraft,
    theirs: Theirs,
    departments: Mapping[str, Department],
    now: datetime,
) -> Submission:
    """Register a message, and let a letter to its department wait.

    Raises:
        Refusal: NOT_OFFERED, no such department; NOT_FOUND, what it answers is not the person's.
    """
    department = departments.get(draft.department)
    if department is None:
        raise Refusal(ProblemType.NOT_OFFERED)
    _require_theirs(draft, theirs)
    content = {"department": draft.department, "subject": draft.subject, "for": theirs.key}
    submission = register(connection, Entry(SubmissionKind.MESSAGE, person, content), now)
    own = theirs.key == person
    # The writer sees it in their own account, where a case of somebody else's is not.
    kept = draft if own else replace(draft, answers=None, case_id=None)
    _insert(connection, person, kept, submission)
    if department.email is not None:
        put(connection, _letter(department.email, person, theirs.key, draft, submission), now)
    return submission


def _require_theirs(draft: MessageDraft, theirs: Theirs) -> None:
    strange_message = draft.answers is not None and draft.answers not in theirs.messages
    strange_case = draft.case_id is not None and draft.case_id not in theirs.cases
    if strange_message or strange_case:
        raise Refusal(ProblemType.NOT_FOUND)


def _insert(
    connection: Connection, person: str, draft: MessageDraft, submission: Submission
) -> None:
    connection.execute(
        text(
            "INSERT INTO sent_message (number, person, department, subject, body, answers,"
            " case_id, sent) VALUES (:number, :person, :department, :subject, :body, :answers,"
            " :case_id, :sent)"
        ),
        {
            "number": submission.number,
            "person": person,
            "department": draft.department,
            "subject": draft.subject,
            "body": draft.text,
            "answers": draft.answers,
            "case_id": draft.case_id,
            "sent": to_moment(submission.received),
        },
    )


def _letter(
    address: str, person: str, key: str, draft: MessageDraft, submission: Submission
) -> Letter:
    whose = person if key == person else f"{key}\nZastoupena osobou v evidenci: {person}"
    about = "".join(
        f"{label}: {value}\n"
        for label, value in (("Odpověď na", draft.answers), ("Řízení", draft.case_id))
        if value is not None
    )
    return Letter(
        kind="message",
        channel=Channel.EMAIL,
        address=address,
        subject=f"{submission.number} {draft.subject}",
        text=(
            f"Podání {submission.number} z infoboxu\nOsoba v evidenci: {whose}\n{about}\n"
            f"{draft.subject}\n\n{draft.text}\n"
        ),
        expires=submission.received + OFFICE_LIFETIME,
    )


def sent_messages(
    connection: Connection, person: str, departments: Mapping[str, Department], zone: tzinfo
) -> tuple[Message, ...]:
    """The newest messages that person wrote, in whosever name, as the account shows them."""
    rows = connection.execute(
        text(
            "SELECT number, department, subject, body, case_id, sent FROM sent_message"
            " WHERE person = :person ORDER BY sent DESC, number DESC LIMIT :most"
        ),
        {"person": person, "most": _SHOWN},
    )
    shown: list[Message] = []
    room = _SHOWN_TEXT
    for row in rows:
        room -= len(row.body)
        if room < 0:
            break
        known = departments.get(row.department)
        name = LocalizedText(row.department, row.department) if known is None else known.name
        shown.append(
            Message(
                id=f"sent:{row.number}",
                subject=LocalizedText(row.subject, row.subject),
                body=LocalizedText(row.body, row.body),
                department=name,
                received=from_moment(row.sent).astimezone(zone).date(),
                read=True,
                direction=Direction.SENT,
                number=row.number,
                case_id=row.case_id,
            )
        )
    return tuple(shown)
