"""What a kiosk hands in for a person, and the city hall's word on it, as values and JSON.

It checks form only: lengths, characters, ranges. What exists, what is free and whose it is, the
gateway decides. A line has no line break; a text may have some.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from kiosk_app.account.codec import AccountFormatError, decode_item, parse_json
from kiosk_app.account.members import (
    Members,
    member_base64,
    member_object,
    refuse_others,
)
from kiosk_app.account.model import Channel, FreeTime, Submission

MAX_SUBJECT = 120
MAX_TEXT = 4000
MAX_ID = 200
MAX_ADDRESS = 254
"""The longest e-mail address (RFC 5321 section 4.5.3.1.3, less its brackets)."""
MAX_TOPICS = 50
MAX_PHOTO = 1_500_000
"""The longest photo, in bytes."""
MAX_DRAFT = 1 << 16
"""The longest body of a draft without a photo, in bytes."""
MAX_DEFECT = 1 << 21
"""The longest body of a report with a photo in base64, in bytes."""
_MAX_ANSWER = 1 << 20

# Controls, line and paragraph separators, marks that turn or hide what is beside them, halves.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
_REFUSED_IN_TEXT = re.compile(f"[{_UNSEEN}]")
_REFUSED_IN_LINE = re.compile(f"[\t\n{_UNSEEN}]")
_CODE = re.compile("[0-9]{6}")


@dataclass(frozen=True)
class MessageDraft:
    """A message to a department; `answers` is a message, `case_id` a case of the person's."""

    department: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    answers: str | None = field(default=None, repr=False)
    case_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class AppointmentDraft:
    """The wish for one free time of one bookable service."""

    bookable: str
    time: str


@dataclass(frozen=True)
class CodeRequest:
    """The wish to be told at an address, which a code sent there has to confirm."""

    channel: Channel
    address: str = field(repr=False)


@dataclass(frozen=True)
class CodeSent:
    """A code is on its way to that masked address; `expires_at` is aware."""

    channel: Channel
    masked: str
    expires_at: datetime


@dataclass(frozen=True)
class Confirmation:
    """The code that arrived at an address."""

    channel: Channel
    code: str = field(repr=False)


@dataclass(frozen=True)
class TopicChoices:
    """By which channels the person wants to be told of each topic; others stay as they are."""

    topics: Mapping[str, tuple[Channel, ...]]


@dataclass(frozen=True)
class Place:
    """A point in degrees (WGS 84): north and east are positive."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class DefectDraft:
    """Something broken in the city, without a session; `photo` is a JPEG or PNG file."""

    category: str
    text: str
    place: Place
    photo: bytes | None = field(default=None, repr=False)
    contact: str | None = field(default=None, repr=False)


def decode_message(data: bytes) -> MessageDraft:
    """The body of `POST /v1/messages`.

    Raises:
        AccountFormatError: it is none; the sentence names the member.
    """
    raw = _read(data, MAX_DRAFT, {"department", "subject", "text", "answers", "case_id"})
    return MessageDraft(
        department=_line(raw, "department", MAX_ID),
        subject=_line(raw, "subject", MAX_SUBJECT),
        text=_text(raw, "text", MAX_TEXT),
        answers=_optional_line(raw, "answers", MAX_ID),
        case_id=_optional_line(raw, "case_id", MAX_ID),
    )


def encode_message(draft: MessageDraft) -> bytes:
    """The body of `POST /v1/messages`."""
    return _json(
        {
            "department": draft.department,
            "subject": draft.subject,
            "text": draft.text,
            "answers": draft.answers,
            "case_id": draft.case_id,
        }
    )


def decode_appointment(data: bytes) -> AppointmentDraft:
    """The body of `POST /v1/appointments`; raises `AccountFormatError`."""
    raw = _read(data, MAX_DRAFT, {"bookable", "time"})
    return AppointmentDraft(_line(raw, "bookable", MAX_ID), _line(raw, "time", MAX_ID))


def encode_appointment(draft: AppointmentDraft) -> bytes:
    """The body of `POST /v1/appointments`."""
    return _json({"bookable": draft.bookable, "time": draft.time})


def decode_code_request(data: bytes) -> CodeRequest:
    """The body of `POST /v1/choices/codes`; raises `AccountFormatError`."""
    raw = _read(data, MAX_DRAFT, {"channel", "address"})
    return CodeRequest(_channel(raw.get("channel")), _line(raw, "address", MAX_ADDRESS))


def encode_code_request(request: CodeRequest) -> bytes:
    """The body of `POST /v1/choices/codes`."""
    return _json({"channel": request.channel, "address": request.address})


def decode_confirmation(data: bytes) -> Confirmation:
    """The body of `POST /v1/choices/addresses`; raises `AccountFormatError`."""
    raw = _read(data, MAX_DRAFT, {"channel", "code"})
    code = raw.get("code")
    if not isinstance(code, str) or _CODE.fullmatch(code) is None:
        raise AccountFormatError("code: is not six digits")
    return Confirmation(_channel(raw.get("channel")), code)


def encode_confirmation(confirmation: Confirmation) -> bytes:
    """The body of `POST /v1/choices/addresses`."""
    return _json({"channel": confirmation.channel, "code": confirmation.code})


def decode_topics(data: bytes) -> TopicChoices:
    """The body of `PUT /v1/choices/topics`; raises `AccountFormatError`."""
    topics = member_object(_read(data, MAX_DRAFT, {"topics"}), "topics")
    if not 0 < len(topics) <= MAX_TOPICS:
        raise AccountFormatError(f"topics: are not 1 to {MAX_TOPICS}")
    return TopicChoices({_topic(name): _channels(value) for name, value in topics.items()})


def encode_topics(choices: TopicChoices) -> bytes:
    """The body of `PUT /v1/choices/topics`."""
    return _json({"topics": {name: list(ways) for name, ways in choices.topics.items()}})


def decode_defect(data: bytes) -> DefectDraft:
    """The body of `POST /v1/defects`; raises `AccountFormatError`."""
    raw = _read(data, MAX_DEFECT, {"category", "text", "place", "photo", "contact"})
    place = member_object(raw, "place")
    refuse_others(place, {"latitude", "longitude"})
    photo = None if raw.get("photo") is None else member_base64(raw, "photo")
    if photo is not None and len(photo) > MAX_PHOTO:
        raise AccountFormatError(f"photo: is longer than {MAX_PHOTO} bytes")
    return DefectDraft(
        category=_line(raw, "category", MAX_ID),
        text=_text(raw, "text", MAX_TEXT),
        place=Place(_degrees(place, "latitude", 90), _degrees(place, "longitude", 180)),
        photo=photo,
        contact=_optional_line(raw, "contact", MAX_ADDRESS),
    )


def encode_defect(draft: DefectDraft, photo_base64: str | None = None) -> bytes:
    """The body of `POST /v1/defects`; the photo comes as the text it travels as."""
    return _json(
        {
            "category": draft.category,
            "text": draft.text,
            "place": {"latitude": draft.place.latitude, "longitude": draft.place.longitude},
            "photo": photo_base64,
            "contact": draft.contact,
        }
    )


def encode_submission(submission: Submission) -> bytes:
    """The answer to what was handed in."""
    return _json(
        {
            "number": submission.number,
            "kind": submission.kind,
            "received": submission.received.isoformat(),
        }
    )


def decode_submission(data: bytes) -> Submission:
    """The city hall's word that it has something; raises `AccountFormatError`."""
    return decode_item(Submission, parse_json(data, _MAX_ANSWER), "submission")


def encode_code_sent(sent: CodeSent) -> bytes:
    """The answer to `POST /v1/choices/codes`."""
    expires = sent.expires_at.isoformat()
    return _json({"channel": sent.channel, "masked": sent.masked, "expires_at": expires})


def decode_code_sent(data: bytes) -> CodeSent:
    """Where a code is on its way to; raises `AccountFormatError`."""
    sent = decode_item(CodeSent, parse_json(data, _MAX_ANSWER), "code")
    if sent.expires_at.tzinfo is None:
        raise AccountFormatError("code.expires_at: has no time zone")
    return sent


def encode_free_times(times: tuple[FreeTime, ...]) -> bytes:
    """The answer to `GET /v1/appointments/free`."""
    raw = [
        {"id": time.id, "starts": time.starts.isoformat(), "ends": time.ends.isoformat()}
        for time in times
    ]
    return _json({"times": raw})


@dataclass(frozen=True)
class _FreeTimes:
    times: tuple[FreeTime, ...]


def decode_free_times(data: bytes) -> tuple[FreeTime, ...]:
    """The times that can be booked; raises `AccountFormatError`."""
    return decode_item(_FreeTimes, parse_json(data, _MAX_ANSWER), "free").times


def _read(data: bytes, limit: int, known: set[str]) -> Members:
    raw = parse_json(data, limit)
    if not isinstance(raw, dict):
        raise AccountFormatError("the request: is not an object")
    refuse_others(raw, known)
    return raw


def _json(raw: object) -> bytes:
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()


def _optional_line(raw: Members, name: str, most: int) -> str | None:
    return None if raw.get(name) is None else _line(raw, name, most)


def _line(raw: Members, name: str, most: int) -> str:
    return _clean(raw.get(name), name, most, _REFUSED_IN_LINE)


def _text(raw: Members, name: str, most: int) -> str:
    return _clean(raw.get(name), name, most, _REFUSED_IN_TEXT)


def _clean(value: object, name: str, most: int, refused: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise AccountFormatError(f"{name}: is not a text of 1 to {most} characters")
    if refused.search(value) is not None:
        raise AccountFormatError(f"{name}: holds a character that cannot be seen")
    return value.strip()


def _degrees(raw: Members, name: str, most: int) -> float:
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AccountFormatError(f"place.{name}: is not a number")
    # Compared before it is made a float: an endless whole number would not fit into one.
    if not -most <= value <= most or not isfinite(value):
        raise AccountFormatError(f"place.{name}: is not -{most} to {most} degrees")
    return float(value)


def _channel(value: object) -> Channel:
    if isinstance(value, str) and value in {*Channel}:
        return Channel(value)
    raise AccountFormatError(f"channel: is none of {', '.join(Channel)}")


def _topic(name: str) -> str:
    return _clean(name, "topics", MAX_ID, _REFUSED_IN_LINE)


def _channels(value: object) -> tuple[Channel, ...]:
    if not isinstance(value, list) or len(value) > len(Channel):
        raise AccountFormatError("topics: a topic's channels are not a short list")
    ways = {_channel(item) for item in value}
    return tuple(channel for channel in Channel if channel in ways)
