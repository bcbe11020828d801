"""Opening a chip that is at odds with the standard before anything is open."""

import pytest

from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.icao.access import AccessError
from kiosk_app.cards.icao.opening import open_chip
from kiosk_app.cards.icao.passwords import Can, MrzKey, Password

CAN = Can("123456")
MRZ = MrzKey("999009812", "840517", "340101")
REFUSED = Response(b"", 0x6A82)


def opening(password: Password, *answers: Response) -> None:
    script = iter(answers)

    def send(_command: Command) -> Response:
        return next(script)

    open_chip(lambda _raw: b"", send, password, 0xDF, lambda size: bytes(size))


def test_card_access_that_cannot_be_read_is_no_reason_for_basic_access() -> None:
    with pytest.raises(AccessError, match="cannot be read"):
        opening(MRZ, Response(b"", 0x9000), Response(b"", 0x6982))


def test_no_card_access_and_only_a_can() -> None:
    with pytest.raises(AccessError, match="machine readable zone would open it"):
        opening(CAN, REFUSED)


def test_no_card_access_and_no_travel_document() -> None:
    with pytest.raises(AccessError, match="no travel document"):
        opening(MRZ, REFUSED, REFUSED)
