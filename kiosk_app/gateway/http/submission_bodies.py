"""The bodies of what is handed in, as FastAPI declares them; what is sent is read by the codecs."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from kiosk_app.account.drafts import (
    MAX_ADDRESS,
    MAX_DEFECT,
    MAX_ID,
    MAX_SUBJECT,
    MAX_TEXT,
    MAX_TOPICS,
)
from kiosk_app.account.model import Channel, FreeTime
from kiosk_app.gateway.http.bodies import RequestBody

Id = Annotated[str, Field(min_length=1, max_length=MAX_ID)]
Subject = Annotated[str, Field(min_length=1, max_length=MAX_SUBJECT)]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
Address = Annotated[str, Field(min_length=1, max_length=MAX_ADDRESS)]
Photo = Annotated[str, Field(max_length=MAX_DEFECT, json_schema_extra={"format": "byte"})]
Code = Annotated[str, Field(pattern="^[0-9]{6}$")]


class MessageBody(RequestBody):
    """A message in that principal's name; `answers` and `case_id` are of that account."""

    department: Id
    subject: Subject
    text: Text
    answers: Id | None = None
    case_id: Id | None = None
    principal_id: Id | None = None


class AppointmentBody(RequestBody):
    """The wish for one free time of a service."""

    bookable: Id
    time: Id


class FreeTimesBody(BaseModel):
    """The times of a service that can be booked."""

    times: list[FreeTime]


class CodeRequestBody(RequestBody):
    """Where a code is to be sent: an e-mail address, or a telephone number."""

    channel: Channel
    address: Address


class CodeSentBody(BaseModel):
    """A code is on its way to that masked address."""

    channel: Channel
    masked: str
    expires_at: datetime


class ConfirmationBody(RequestBody):
    """The code that arrived."""

    channel: Channel
    code: Code


class TopicsBody(RequestBody):
    """By which channels the person wants to be told of each topic."""

    topics: Annotated[dict[str, list[Channel]], Field(min_length=1, max_length=MAX_TOPICS)]


class PlaceBody(RequestBody):
    """Degrees (WGS 84)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class DefectBody(RequestBody):
    """Something broken in the city; the photo is a JPEG or PNG file in base64."""

    category: Id
    text: Text
    place: PlaceBody
    photo: Photo | None = None
    contact: Address | None = None
