"""Drafts and answers come through their JSON unchanged; anything else is refused by its member."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kiosk_app.account import submissions as codec
from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.model import Channel, FreeTime, Submission, SubmissionKind

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MESSAGE = codec.MessageDraft("transport", "Lampa", "Nesvítí.\nDěkuji.", "m-1", "c-2")
DEFECT = codec.DefectDraft("lamp", "Nesvítí", codec.Place(50.76, 15), b"\xff\xd8", "a@example.cz")


def test_message_draft_there_and_back() -> None:
    assert codec.decode_message(codec.encode_message(MESSAGE)) == MESSAGE
    bare = codec.MessageDraft("transport", "Lampa", "Nesvítí.")
    assert codec.decode_message(codec.encode_message(bare)) == bare


def test_appointment_draft_there_and_back() -> None:
    draft = codec.AppointmentDraft("passports", "20261124T0930Z")
    assert codec.decode_appointment(codec.encode_appointment(draft)) == draft


def test_choices_there_and_back() -> None:
    request = codec.CodeRequest(Channel.EMAIL, "a@example.cz")
    assert codec.decode_code_request(codec.encode_code_request(request)) == request
    confirmation = codec.Confirmation(Channel.SMS, "012345")
    assert codec.decode_confirmation(codec.encode_confirmation(confirmation)) == confirmation
    topics = codec.TopicChoices({"news": (Channel.EMAIL, Channel.SMS), "other": ()})
    assert codec.decode_topics(codec.encode_topics(topics)) == topics


def test_defect_draft_there_and_back() -> None:
    photo = b64encode(DEFECT.photo or b"").decode()
    assert codec.decode_defect(codec.encode_defect(DEFECT, photo)) == DEFECT
    bare = codec.DefectDraft("lamp", "Nesvítí", codec.Place(50.76, 15))
    assert codec.decode_defect(codec.encode_defect(bare)) == bare


def test_answers_there_and_back() -> None:
    submission = Submission("OM-2026-000123", SubmissionKind.MESSAGE, AT)
    assert codec.decode_submission(codec.encode_submission(submission)) == submission
    sent = codec.CodeSent(Channel.EMAIL, "j•••@e•••.cz", AT)
    assert codec.decode_code_sent(codec.encode_code_sent(sent)) == sent
    times = (FreeTime("20261124T0930Z", AT, AT + timedelta(minutes=20)),)
    assert codec.decode_free_times(codec.encode_free_times(times)) == times


def test_code_sent_without_a_time_zone_is_refused() -> None:
    sent = codec.CodeSent(Channel.EMAIL, "j•••@e•••.cz", AT.replace(tzinfo=None))
    with pytest.raises(AccountFormatError, match="no time zone"):
        codec.decode_code_sent(codec.encode_code_sent(sent))


def test_drafts_keep_persons_out_of_their_repr() -> None:
    shown = repr((MESSAGE, DEFECT, codec.CodeRequest(Channel.EMAIL, "a@example.cz")))
    assert "Lampa" not in shown
    assert "example.cz" not in shown


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("department", None),
        ("department", 7),
        ("subject", ""),
        ("subject", "   "),
        ("subject", "x" * 121),
        ("subject", "Lampa\nBcc: everybody@example.cz"),
        ("subject", "Lampa\tx"),
        ("text", "x" * 4001),
        ("text", "bell\x07"),
        ("text", "carriage\r\nreturn"),
        ("text", "turned \u202e about"),
        ("text", "isolated \u2066 words"),
        ("text", "hidden\u200b words"),
        ("text", "tag \U000e0041"),
        ("text", "half \ud800"),
        ("answers", "two\nlines"),
        ("case_id", "x" * 201),
        ("more", "x"),
    ],
)
def test_message_with_a_wrong_member_is_refused(member: str, value: object) -> None:
    raw = json.loads(codec.encode_message(MESSAGE)) | {member: value}
    with pytest.raises(AccountFormatError):
        codec.decode_message(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("place", None),
        ("place", {"latitude": 50.7}),
        ("place", {"latitude": 50.7, "longitude": 15, "altitude": 3}),
        ("place", {"latitude": True, "longitude": 15}),
        ("place", {"latitude": "50.7", "longitude": 15}),
        ("place", {"latitude": 91, "longitude": 15}),
        ("place", {"latitude": 10**400, "longitude": 15}),
        ("place", {"latitude": 50.7, "longitude": -180.5}),
        ("photo", 5),
        ("photo", "no base64!"),
        ("photo", b64encode(b"\x00" * (codec.MAX_PHOTO + 1)).decode()),
        ("contact", "a@example.cz\r\nBcc: x@example.cz"),
        ("category", []),
    ],
)
def test_defect_with_a_wrong_member_is_refused(member: str, value: object) -> None:
    raw = json.loads(codec.encode_defect(DEFECT)) | {member: value}
    with pytest.raises(AccountFormatError):
        codec.decode_defect(json.dumps(raw).encode())


def test_number_that_is_none_is_no_place() -> None:
    text = codec.encode_defect(DEFECT).replace(b"50.76", b"NaN")
    with pytest.raises(AccountFormatError):
        codec.decode_defect(text)
    with pytest.raises(AccountFormatError):
        codec.decode_defect(text.replace(b"NaN", b"1e999"))


@pytest.mark.parametrize(
    ("decode", "data"),
    [
        (codec.decode_message, b"[]"),
        (codec.decode_message, b"{}"),
        (codec.decode_message, b"\xff"),
        (codec.decode_message, b" " * (codec.MAX_DRAFT + 1)),
        (codec.decode_defect, b" " * (codec.MAX_DEFECT + 1)),
        (codec.decode_appointment, b'{"bookable": "x"}'),
        (codec.decode_code_request, b'{"channel": "pigeon", "address": "x"}'),
        (codec.decode_code_request, b'{"channel": 5, "address": "x"}'),
        (codec.decode_code_request, b'{"channel": "email"}'),
        (codec.decode_confirmation, b'{"channel": "email", "code": 123456}'),
        (codec.decode_confirmation, b'{"channel": "email", "code": "12345"}'),
        (codec.decode_confirmation, '{"channel": "email", "code": "١٢٣٤٥٦"}'.encode()),
        (codec.decode_topics, b'{"topics": {}}'),
        (codec.decode_topics, b'{"topics": []}'),
        (codec.decode_topics, b'{"topics": {"x": "email"}}'),
        (codec.decode_topics, b'{"topics": {"x": ["email", "sms", "sms"]}}'),
        (codec.decode_topics, b'{"topics": {"": []}}'),
        (codec.decode_topics, b'{"topics": {"x": [["email"]]}}'),
    ],
)
def test_what_is_no_draft_is_refused(decode: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(AccountFormatError):
        decode(data)
