"""PACE refusals that a chip can cause, step by step."""

from dataclasses import replace

import pytest

from kiosk_app.cards import tlv
from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.icao import curves, pace, pace_steps
from kiosk_app.cards.icao.access import PaceVariant
from kiosk_app.cards.icao.passwords import Can
from kiosk_app.cards.icao.security_infos import Cipher, Mapping, PaceInfo

CURVE = curves.CURVES[0]
INFO = PaceInfo(bytes.fromhex("04007F00070202040202"), Mapping.GENERIC, Cipher.AES_128, 12)
VARIANT = PaceVariant(INFO, CURVE, named=True)
SECRETS = pace_steps.PaceSecrets(5, bytes(16), 7)
CAN = Can("123456")
POINT = curves.public_point(CURVE, 9)


def run(*answers: Response | bytes, variant: PaceVariant = VARIANT) -> object:
    script = iter(answers)

    def send(_command: Command) -> Response:
        answer = next(script)
        return answer if isinstance(answer, Response) else Response(answer, 0x9000)

    return pace.establish(send, variant, CAN, SECRETS)


def do(tag: int, value: bytes) -> bytes:
    return tlv.encode(0x7C, tlv.encode(tag, value))


GOOD = (b"", do(0x80, bytes(16)), do(0x82, POINT), do(0x84, POINT))


def test_a_chip_that_refuses_pace() -> None:
    with pytest.raises(pace_steps.PaceError, match="refuses PACE"):
        run(Response(b"", 0x6A80))


def test_a_warning_about_tries_left_is_no_refusal() -> None:
    with pytest.raises(pace_steps.PaceError, match="status 6300"):
        run(Response(b"", 0x63C1), Response(b"", 0x6300))


def test_a_password_that_is_blocked_has_no_tries_left() -> None:
    with pytest.raises(pace_steps.WrongPasswordError) as caught:
        run(Response(b"", 0x6983))
    assert caught.value.tries_left == 0


def test_a_nonce_of_wrong_length() -> None:
    with pytest.raises(pace_steps.PaceError, match="nonce"):
        run(b"", do(0x80, bytes(15)))


def test_an_answer_without_its_data_object() -> None:
    with pytest.raises(tlv.TlvError):
        run(b"", do(0x81, bytes(16)))


@pytest.mark.parametrize(("sw", "tries"), [(0x6300, None), (0x63C2, 2), (0x6982, None)])
def test_a_refused_token_is_a_wrong_password(sw: int, tries: int | None) -> None:
    with pytest.raises(pace_steps.WrongPasswordError, match="refuses") as caught:
        run(*GOOD, Response(b"", sw))
    assert caught.value.tries_left == tries


def test_a_blocked_chip_is_no_wrong_password() -> None:
    with pytest.raises(pace_steps.PaceError, match="6983"):
        run(*GOOD, Response(b"", 0x6983))


def test_a_wrong_token_of_the_chip() -> None:
    with pytest.raises(pace_steps.WrongPasswordError, match="token is wrong"):
        run(*GOOD, do(0x86, bytes(8)))


def test_the_terminals_own_key_sent_back() -> None:
    echo: list[bytes] = []

    def send(command: Command) -> Response:
        echo.append(command.data)
        scripted = (b"", do(0x80, bytes(16)), do(0x82, POINT), b"")[len(echo) - 1]
        if not scripted and len(echo) == 4:
            return Response(do(0x84, tlv.value_of(command.data, 0x7C, 0x83)), 0x9000)
        return Response(scripted, 0x9000)

    with pytest.raises(pace_steps.PaceError, match="own key"):
        pace.establish(send, VARIANT, CAN, SECRETS)


def test_a_proof_that_is_missing() -> None:
    info = replace(INFO, mapping=Mapping.CHIP_AUTHENTICATION)
    variant = replace(VARIANT, info=info)
    mapped, _command = pace.begin(variant, bytes(16), SECRETS)
    agreed, _command = mapped.answered(Response(do(0x82, POINT), 0x9000))
    confirming, _command = agreed.answered(Response(do(0x84, POINT), 0x9000))
    with pytest.raises(tlv.TlvError, match="8A is missing"):
        confirming.answered(Response(do(0x86, confirming.expected), 0x9000))


def test_integrated_mapping_that_the_chip_refuses() -> None:
    info = replace(INFO, mapping=Mapping.INTEGRATED)
    with pytest.raises(pace_steps.PaceError, match="6A80"):
        run(*GOOD[:2], Response(b"", 0x6A80), variant=replace(VARIANT, info=info))


def test_integrated_mapping_with_a_nonce_of_another_cipher() -> None:
    info = replace(INFO, mapping=Mapping.INTEGRATED)
    with pytest.raises(curves.CurveError, match="nonce"):
        run(b"", do(0x80, bytes(32)), b"", variant=replace(VARIANT, info=info))


def test_secrets_are_drawn_from_enough_chance() -> None:
    size = pace.chance_size(VARIANT)
    secrets = pace.secrets_from(VARIANT, bytes(range(size)))
    assert (len(secrets.nonce), secrets.mapping != secrets.agreement) == (16, True)
    with pytest.raises(curves.CurveError, match="too few"):
        pace.secrets_from(VARIANT, bytes(size - 1))


def test_secrets_are_not_in_the_representation() -> None:
    assert "5" not in repr(SECRETS)
    assert "7" not in repr(SECRETS)
    assert "123456" not in repr(CAN)
