"""The line that carries a channel on."""

import pytest

from kiosk_app.cards.apdu import Command
from kiosk_app.cards.icao.protected_line import LongAnswerError, ProtectedLine
from kiosk_app.cards.icao.secure_messaging import SecureChannel, SecureMessagingError
from kiosk_app.cards.icao.security_infos import Cipher
from kiosk_app.cards.icao.session_keys import derive_session_keys


def line() -> ProtectedLine:
    channel = SecureChannel(derive_session_keys(b"secret", Cipher.AES_128))
    return ProtectedLine(lambda _command: b"\x67\x00", channel)


def test_an_unprotected_answer_is_told_apart_after_a_long_command() -> None:
    with pytest.raises(LongAnswerError):
        line().send(Command(0, 0xB0, 0, 0, le=1000))
    with pytest.raises(SecureMessagingError) as caught:
        line().send(Command(0, 0xB0, 0, 0, le=100))
    assert not isinstance(caught.value, LongAnswerError)
