"""Reports of what is broken in the city, in the store; anybody may make one."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, text

from kiosk_app.account.drafts import DefectDraft
from kiosk_app.account.model import Channel, Submission, SubmissionKind
from kiosk_app.account.problem import ProblemType
from kiosk_app.gateway.proving import Refusal
from kiosk_app.gateway.submission_settings import SubmissionSettings
from kiosk_app.gateway.submissions.messages import OFFICE_LIFETIME
from kiosk_app.gateway.submissions.outbox import Attachment, Letter, put
from kiosk_app.gateway.submissions.photo import PhotoRefused, bare_photo
from kiosk_app.gateway.submissions.registering import Entry, register

_DIGITS: Final = 6
"""Of a degree: a tenth of a metre."""


def bare_attachment(draft: DefectDraft) -> Attachment | None:
    """The report's photo without what tells of its maker; raises `Refusal` (PHOTO_REFUSED)."""
    if draft.photo is None:
        return None
    try:
        return Attachment(*bare_photo(draft.photo))
    except PhotoRefused as error:
        raise Refusal(ProblemType.PHOTO_REFUSED) from error


def write_defect(
    connection: Connection,
    draft: DefectDraft,
    photo: Attachment | None,
    settings: SubmissionSettings,
    now: datetime,
) -> Submission:
    """Register a report, and let a letter to the department that mends it wait.

    Raises:
        Refusal: NOT_OFFERED, no such category, or not in the city.
    """
    category = settings.categories.get(draft.category)
    latitude = round(draft.place.latitude, _DIGITS)
    longitude = round(draft.place.longitude, _DIGITS)
    if category is None or settings.box is None or not settings.box.holds(latitude, longitude):
        raise Refusal(ProblemType.NOT_OFFERED)
    content = {"category": draft.category}
    submission = register(connection, Entry(SubmissionKind.DEFECT, None, content), now)
    connection.execute(
        text(
            "INSERT INTO defect (number, category, body, latitude, longitude, contact, photo,"
            " photo_type) VALUES (:number, :category, :body, :latitude, :longitude, :contact,"
            " :photo, :photo_type)"
        ),
        {
            "number": submission.number,
            "category": draft.category,
            "body": draft.text,
            "latitude": latitude,
            "longitude": longitude,
            "contact": draft.contact,
            "photo": None if photo is None else photo.data,
            "photo_type": None if photo is None else photo.media_type,
        },
    )
    email = settings.departments[category.department].email
    if email is not None:
        subject = f"{submission.number} {category.name.cs}"
        words = (
            f"Hlášení závady {submission.number}\n{category.name.cs}\n"
            f"Místo (WGS 84): {latitude:.6f}, {longitude:.6f}\n"
            f"Kontakt: {draft.contact or 'neuveden'}\n\n{draft.text}\n"
        )
        expires = now + OFFICE_LIFETIME
        letter = Letter("defect", Channel.EMAIL, email, subject, words, expires, photo)
        put(connection, letter, now)
    return submission
