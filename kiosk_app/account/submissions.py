"""The city hall's word on what was handed in, as JSON, and what it offers to be handed in."""

import json
from dataclasses import dataclass
from datetime import datetime

from kiosk_app.account.codec import AccountFormatError, decode_item, parse_json
from kiosk_app.account.model import Channel, FreeTime, Submission

_MAX_ANSWER = 1 << 20


@dataclass(frozen=True)
class CodeSent:
    """A code is on its way to that masked address; `expires_at` is aware."""

    channel: Channel
    masked: str
    expires_at: datetime


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


def _json(raw: object) -> bytes:
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()
