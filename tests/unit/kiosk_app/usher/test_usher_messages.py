"""Lines between usher and windows: each message survives the trip, anything else is refused."""

from datetime import UTC, datetime

import pytest

from device_agent.wire import WireError
from device_agent.wire.local import Alerts, Connection
from kiosk_app.session.causes import EndReason
from kiosk_app.usher_messages import (
    AlertSeen,
    Cleared,
    FromWindow,
    Front,
    Painted,
    Raised,
    SessionOver,
    Showing,
    ToWindow,
    decode_from_window,
    decode_to_window,
    encode_from_window,
    encode_to_window,
)


@pytest.mark.parametrize("message", [Front(), Alerts(()), Connection(online=False)])
def test_to_a_window(message: ToWindow) -> None:
    assert decode_to_window(encode_to_window(message).rstrip(b"\n")) == message


@pytest.mark.parametrize(
    "message",
    [
        Painted(),
        Raised(),
        Showing("home", painting=True, problems=("reader: no card reader is there",)),
        SessionOver(EndReason.CARD_TAKEN),
        Cleared(),
        AlertSeen("A-1", datetime(2026, 11, 24, tzinfo=UTC)),
    ],
)
def test_from_a_window(message: FromWindow) -> None:
    assert decode_from_window(encode_from_window(message).rstrip(b"\n")) == message


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"type":"hello"}',
        b'{"type":"painted","account":"x"}',
        b'{"type":"session_over","reason":"bored"}',
        b'{"type":"showing","screen":"' + b"x" * 65 + b'","painting":true,"problems":[]}',
    ],
)
def test_a_hostile_line_is_refused(line: bytes) -> None:
    with pytest.raises(WireError):
        decode_from_window(line)
