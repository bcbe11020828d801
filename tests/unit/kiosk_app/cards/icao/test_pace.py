"""PACE refusals that a chip can cause, step by step."""

import pytest

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.icao import curves, pace
from kiosk_app.cards.icao.security_infos import Cipher, PaceInfo

CURVE = curves.CURVES[0]
INFO = PaceInfo(bytes.fromhex("04007F00070202040202"), Cipher.AES_128, None)
POINT = curves.public_point(CURVE, 9)


def run(*answers: Response | bytes) -> object:
    script = iter(answers)

    def send(_command: Command) -> Response:
        answer = next(script)
        return answer if isinstance(answer, Response) else Response(answer, 0x9000)

    secrets = pace.PaceSecrets(5, 7)
    return pace.establish(send, INFO, CURVE, b"123456", secrets, name_parameters=True)


def do(tag: int, value: bytes) -> bytes:
    return tlv.encode(0x7C, tlv.encode(tag, value))


GOOD = (b"", do(0x80, bytes(16)), do(0x82, POINT), do(0x84, POINT))


def test_a_chip_that_refuses_pace() -> None:
    with pytest.raises(pace.PaceError, match="refuses PACE"):
        run(Response(b"", 0x6A80))


def test_a_warning_about_tries_left_is_no_refusal() -> None:
    with pytest.raises(pace.PaceError, match="status 6300"):
        run(Response(b"", 0x63C1), Response(b"", 0x6300))


def test_a_nonce_of_wrong_length() -> None:
    with pytest.raises(pace.PaceError, match="nonce"):
        run(b"", do(0x80, bytes(15)))


def test_an_answer_without_its_data_object() -> None:
    with pytest.raises(tlv.TlvError):
        run(b"", do(0x81, bytes(16)))


@pytest.mark.parametrize("sw", [0x6300, 0x63C2, 0x6982])
def test_a_refused_token_is_a_wrong_password(sw: int) -> None:
    with pytest.raises(pace.WrongPasswordError, match="refuses"):
        run(*GOOD, Response(b"", sw))


def test_a_blocked_chip_is_no_wrong_password() -> None:
    with pytest.raises(pace.PaceError, match="6983"):
        run(*GOOD, Response(b"", 0x6983))


def test_a_wrong_token_of_the_chip() -> None:
    with pytest.raises(pace.WrongPasswordError, match="token is wrong"):
        run(*GOOD, do(0x86, bytes(8)))


def test_the_terminals_own_key_sent_back() -> None:
    echo: list[bytes] = []

    def send(command: Command) -> Response:
        echo.append(command.data)
        scripted = (b"", do(0x80, bytes(16)), do(0x82, POINT), b"")[len(echo) - 1]
        if not scripted and len(echo) == 4:
            return Response(do(0x84, tlv.value_of(command.data, 0x7C, 0x83)), 0x9000)
        return Response(scripted, 0x9000)

    with pytest.raises(pace.PaceError, match="own key"):
        pace.establish(send, INFO, CURVE, b"123456", pace.PaceSecrets(5, 7), name_parameters=False)
