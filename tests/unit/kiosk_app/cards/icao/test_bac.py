"""Basic access refusals that a chip can cause."""

import pytest

from kiosk_app.cards.apdu import Command, Response
from kiosk_app.cards.icao import bac
from kiosk_app.cards.icao.ciphers import code_of, encrypt
from kiosk_app.cards.icao.passwords import MrzKey
from kiosk_app.cards.icao.security_infos import Cipher

KEY = MrzKey("L898902C", "690806", "940623")
KEYS = bac.document_keys(KEY)
CHALLENGE = Response(bytes(8), 0x9000)
CHANCE = bytes(range(24))


def run(*answers: Response, chance: bytes = CHANCE) -> object:
    script = iter(answers)

    def send(_command: Command) -> Response:
        return next(script)

    return bac.establish(send, KEY, chance)


def signed(plain: bytes) -> Response:
    hidden = encrypt(Cipher.TRIPLE_DES, KEYS.encryption, bytes(8), plain)
    return Response(hidden + code_of(Cipher.TRIPLE_DES, KEYS.mac, hidden), 0x9000)


def test_too_little_chance() -> None:
    with pytest.raises(bac.BacError, match="24 random bytes"):
        run(chance=bytes(23))


@pytest.mark.parametrize("answer", [Response(b"", 0x6D00), Response(bytes(7), 0x9000)])
def test_no_challenge(answer: Response) -> None:
    with pytest.raises(bac.BacError, match="no challenge"):
        run(answer)


@pytest.mark.parametrize("sw", [0x6300, 0x6301, 0x6982, 0x6988])
def test_another_documents_key(sw: int) -> None:
    with pytest.raises(bac.WrongKeyError):
        run(CHALLENGE, Response(b"", sw))


def test_a_chip_that_refuses() -> None:
    with pytest.raises(bac.BacError, match="6F00"):
        run(CHALLENGE, Response(b"", 0x6F00))


def test_an_answer_of_another_length() -> None:
    with pytest.raises(bac.BacError, match="40 bytes"):
        run(CHALLENGE, Response(bytes(39), 0x9000))


def test_an_answer_that_was_changed() -> None:
    with pytest.raises(bac.BacError, match="code"):
        run(CHALLENGE, Response(bytes(40), 0x9000))


@pytest.mark.parametrize("plain", [bytes(32), bytes(8) + bytes(range(1, 9)) + bytes(16)])
def test_an_answer_to_another_challenge(plain: bytes) -> None:
    with pytest.raises(bac.BacError, match="another challenge"):
        run(CHALLENGE, signed(plain))


def test_keys_are_not_in_the_representation() -> None:
    shown = repr(bac.BacRun(KEYS, bytes(8), bytes(8), b"key material ofs"))
    assert "key material" not in shown
    assert "L898902C" not in repr(KEY)
