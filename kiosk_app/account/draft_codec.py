"""What a kiosk hands in for a person, as JSON.

It checks form only: lengths, characters, ranges. What exists, what is free and whose it is, the
gateway decides. A line has no line break; a text may have some.
"""

import json
import re
from math import isfinite

from kiosk_app.account.codec import AccountFormatError, parse_json
from kiosk_app.account.drafts import (
    MAX_ADDRESS,
    MAX_DEFECT,
    MAX_DRAFT,
    MAX_ID,
    MAX_PHOTO,
    MAX_SUBJECT,
    MAX_TEXT,
    MAX_TOPICS,
    AppointmentDraft,
    CodeRequest,
    Confirmation,
    DefectDraft,
    MessageDraft,
    Place,
    TopicChoices,
)
from kiosk_app.account.members import (
    Members,
    member_base64,
    member_object,
    refuse_others,
)
from kiosk_app.account.model import SELF_ID, Channel

# Controls, line and paragraph separators, marks that turn or hide what is beside them, halves.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
_REFUSED_IN_TEXT = re.compile(f"[{_UNSEEN}]")
_REFUSED_IN_LINE = re.compile(f"[\t\n{_UNSEEN}]")
_CODE = re.compile("[0-9]{6}")


def decode_message(data: bytes) -> MessageDraft:
    """The body of `POST /v1/messages`.

    Raises:
        AccountFormatError: it is none; the sentence names the member.
    """
    raw = _read(
        data, MAX_DRAFT, {"department", "subject", "text", "answers", "case_id", "principal_id"}
    )
    return MessageDraft(
        department=_line(raw, "department", MAX_ID),
        subject=_line(raw, "subject", MAX_SUBJECT),
        text=_text(raw, "text", MAX_TEXT),
        answers=_optional_line(raw, "answers", MAX_ID),
        case_id=_optional_line(raw, "case_id", MAX_ID),
        principal_id=_optional_line(raw, "principal_id", MAX_ID) or SELF_ID,
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
            "principal_id": draft.principal_id,
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
