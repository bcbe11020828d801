"""Drafts and answers come through their JSON unchanged; anything else is refused by its member."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kiosk_app.account import draft_codec, drafts, submissions
from kiosk_app.account.codec import AccountFormatError
from kiosk_app.account.model import Channel, FreeTime, Submission, SubmissionKind

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MESSAGE = drafts.MessageDraft("transport", "Lampa", "Nesvítí.\nDěkuji.", "m-1", "c-2")
DEFECT = drafts.DefectDraft("lamp", "Nesvítí", drafts.Place(50.76, 15), b"\xff\xd8", "a@example.cz")


def test_message_draft_there_and_back() -> None:
    assert draft_codec.decode_message(draft_codec.encode_message(MESSAGE)) == MESSAGE
    bare = drafts.MessageDraft("transport", "Lampa", "Nesvítí.")
    assert draft_codec.decode_message(draft_codec.encode_message(bare)) == bare


def test_appointment_draft_there_and_back() -> None:
    draft = drafts.AppointmentDraft("passports", "20261124T0930Z")
    assert draft_codec.decode_appointment(draft_codec.encode_appointment(draft)) == draft


def test_choices_there_and_back() -> None:
    request = drafts.CodeRequest(Channel.EMAIL, "a@example.cz")
    assert draft_codec.decode_code_request(draft_codec.encode_code_request(request)) == request
    confirmation = drafts.Confirmation(Channel.SMS, "012345")
    assert (
        draft_codec.decode_confirmation(draft_codec.encode_confirmation(confirmation))
        == confirmation
    )
    topics = drafts.TopicChoices({"news": (Channel.EMAIL, Channel.SMS), "other": ()})
    assert draft_codec.decode_topics(draft_codec.encode_topics(topics)) == topics


def test_defect_draft_there_and_back() -> None:
    photo = b64encode(DEFECT.photo or b"").decode()
    assert draft_codec.decode_defect(draft_codec.encode_defect(DEFECT, photo)) == DEFECT
    bare = drafts.DefectDraft("lamp", "Nesvítí", drafts.Place(50.76, 15))
    assert draft_codec.decode_defect(draft_codec.encode_defect(bare)) == bare


def test_answers_there_and_back() -> None:
    submission = Submission("OM-2026-000123", SubmissionKind.MESSAGE, AT)
    assert submissions.decode_submission(submissions.encode_submission(submission)) == submission
    sent = submissions.CodeSent(Channel.EMAIL, "j•••@e•••.cz", AT)
    assert submissions.decode_code_sent(submissions.encode_code_sent(sent)) == sent
    times = (FreeTime("20261124T0930Z", AT, AT + timedelta(minutes=20)),)
    assert submissions.decode_free_times(submissions.encode_free_times(times)) == times


def test_code_sent_without_a_time_zone_is_refused() -> None:
    sent = submissions.CodeSent(Channel.EMAIL, "j•••@e•••.cz", AT.replace(tzinfo=None))
    with pytest.raises(AccountFormatError, match="no time zone"):
        submissions.decode_code_sent(submissions.encode_code_sent(sent))


def test_drafts_keep_persons_out_of_their_repr() -> None:
    shown = repr((MESSAGE, DEFECT, drafts.CodeRequest(Channel.EMAIL, "a@example.cz")))
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
    raw = json.loads(draft_codec.encode_message(MESSAGE)) | {member: value}
    with pytest.raises(AccountFormatError):
        draft_codec.decode_message(json.dumps(raw).encode())


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
        ("photo", b64encode(b"\x00" * (drafts.MAX_PHOTO + 1)).decode()),
        ("contact", "a@example.cz\r\nBcc: x@example.cz"),
        ("category", []),
    ],
)
def test_defect_with_a_wrong_member_is_refused(member: str, value: object) -> None:
    raw = json.loads(draft_codec.encode_defect(DEFECT)) | {member: value}
    with pytest.raises(AccountFormatError):
        draft_codec.decode_defect(json.dumps(raw).encode())


def test_number_that_is_none_is_no_place() -> None:
    text = draft_codec.encode_defect(DEFECT).replace(b"50.76", b"NaN")
    with pytest.raises(AccountFormatError):
        draft_codec.decode_defect(text)
    with pytest.raises(AccountFormatError):
        draft_codec.decode_defect(text.replace(b"NaN", b"1e999"))


@pytest.mark.parametrize(
    ("decode", "data"),
    [
        (draft_codec.decode_message, b"[]"),
        (draft_codec.decode_message, b"{}"),
        (draft_codec.decode_message, b"\xff"),
        (draft_codec.decode_message, b" " * (drafts.MAX_DRAFT + 1)),
        (draft_codec.decode_defect, b" " * (drafts.MAX_DEFECT + 1)),
        (draft_codec.decode_appointment, b'{"bookable": "x"}'),
        (draft_codec.decode_code_request, b'{"channel": "pigeon", "address": "x"}'),
        (draft_codec.decode_code_request, b'{"channel": 5, "address": "x"}'),
        (draft_codec.decode_code_request, b'{"channel": "email"}'),
        (draft_codec.decode_confirmation, b'{"channel": "email", "code": 123456}'),
        (draft_codec.decode_confirmation, b'{"channel": "email", "code": "12345"}'),
        (draft_codec.decode_confirmation, '{"channel": "email", "code": "١٢٣٤٥٦"}'.encode()),
        (draft_codec.decode_topics, b'{"topics": {}}'),
        (draft_codec.decode_topics, b'{"topics": []}'),
        (draft_codec.decode_topics, b'{"topics": {"x": "email"}}'),
        (draft_codec.decode_topics, b'{"topics": {"x": ["email", "sms", "sms"]}}'),
        (draft_codec.decode_topics, b'{"topics": {"": []}}'),
        (draft_codec.decode_topics, b'{"topics": {"x": [["email"]]}}'),
    ],
)
def test_what_is_no_draft_is_refused(decode: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(AccountFormatError):
        decode(data)
